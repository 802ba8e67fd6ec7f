"""Are two records the same person? Plain functions of records; numpy and no Django.

``names`` brings a name into one normal form; ``record`` brings a book's records into columns of numbers.
"""
