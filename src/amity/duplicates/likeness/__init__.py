"""Are two records the same person? Plain functions of records; numpy and no Django.

``alike`` answers for a whole book. ``names`` brings a name into one normal form, ``record`` a book's
records into columns of numbers. ``blocking`` finds the pairs worth a look; ``comparing`` (with
``spelling``) says how alike they are, field by field; ``weights`` learns from the book what that is
worth; ``deciding`` gives the answer.
"""

from amity.duplicates.likeness.deciding import EVIDENCE, Pair
from amity.duplicates.likeness.matching import alike
from amity.duplicates.likeness.record import Record

__all__ = ["EVIDENCE", "Pair", "Record", "alike"]
