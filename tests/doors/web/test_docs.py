from __future__ import annotations

import re
from pathlib import Path

from amity.urls import urlpatterns

DOCS = Path(__file__).parents[3] / "docs"


def test_every_address_is_documented_and_no_other():
    said = re.findall(r"^\| `(/\S*)` \|", (DOCS / "web.md").read_text(encoding="utf-8"), re.MULTILINE)

    there = {  # some have a second name, which allauth asks for
        "/" + re.sub(r"<\w+:(\w+)>", lambda found: found[1].upper(), str(one.pattern)) for one in urlpatterns
    }

    assert sorted(said) == sorted(there)
