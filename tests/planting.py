"""A book in which everything that has a page holds one word, so that its leaking or its staying shows."""

from __future__ import annotations

import re

from amity.journal.models import Deed, Import
from amity.letter.actions import draft
from amity.letter.models import Subscriber
from amity.moments.actions import Told, give, promise, record
from amity.nudges.actions import plan
from amity.owner.models import Owner
from amity.people.actions import add_fact, add_hope, add_way, rest, set_date
from amity.people.links import know
from amity.urls import urlpatterns
from cast import a_gathering, a_person, day

TODAY = day("2026-05-10")


def plant(maya: Owner, word: str) -> dict[str, str]:
    """Plant a word in everything that has a page; give the uid that each kind of address needs."""
    ada = a_person(f"{word} Byron").kept(on="2026-05-01").person
    made = {
        "nudges": plan(maya, TODAY).nudges.get(),
        "promises": promise(ada, word, day=TODAY),
        "hopes": add_hope(ada, word, day=TODAY),
        "facts": add_fact(ada, word, sensitive=True),
        "days": set_date(ada, word, "--12-10"),
        "ways": add_way(ada, "handle", word),
        "links": know(ada, f"{word} Lovelace", "friend"),
        "seasons": rest(ada, starts=TODAY, ends=TODAY, why=word),
        "moments": record(maya, [ada], day=TODAY, told=Told(text=word)),
        "import": Import.objects.create(owner=maya, paths=[f"/{word}.zip"], state="arrived"),
        "gatherings": (fair := a_gathering(word, "2026-05-12", "Otto Moreau")),
        "guests": fair.attendances.get(),
        "gifts": give(ada, "idea", day=TODAY, received=True, text=word),
        "people": ada,
        "letter/desk": draft(maya, word, word),
        "letter/readers": Subscriber.objects.create(owner=maya, address=f"{word}@x.example", digest=word),
        "undo": Deed.objects.of(maya).latest("id"),
    }
    return {kind: row.uid for kind, row in made.items()}


def addresses(planted: dict[str, str]) -> dict[str, str]:
    """Give every address of the site by name, pointing at what is planted where it needs a uid."""
    found = {}
    for one in urlpatterns:
        before = str(one.pattern).partition("/<")[0]
        kind = before if before in planted else before.partition("/")[0]
        found[one.name] = "/" + re.sub("<[^>]+>", planted.get(kind, "nothing"), str(one.pattern))
    return found
