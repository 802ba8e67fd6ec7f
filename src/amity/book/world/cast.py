"""Who is in the sample world: forty friends of many rhythms, new sparks, old ties, and many passing faces."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from amity.book.world.draw import Draw
from amity.book.world.words import Name, Story, phrases, stories

PEOPLE = 400
ROLES = ("friend", "new", "dormant", "remembered", "resting")
YEARS = timedelta(days=3 * 365)
TOLD = YEARS.days - 30  # days since the earliest friends were met
SHELVED = 120

# Natural rhythm in days, and the present silence in rhythms, of each friend: fast ones first, a fifth of
# them overdue. A silence of 0 means that they were at yesterday's supper.
FRIENDS = (
    (7, 0.4), (10, 1.7), (14, 0.6), (14, 4.6), (14, 0.3), (21, 0.7), (21, 1.9), (21, 0.4), (21, 0),
    (28, 0.9), (28, 2.9), (30, 0.5), (30, 1.8), (30, 0.2), (35, 0.7), (35, 2.2), (35, 0.5), (42, 0),
    (42, 1.6), (45, 0.4), (35, 0.3), (60, 0.6), (60, 3.2), (60, 0.3), (75, 0.8), (75, 1.9), (50, 0.6),
    (90, 0.5), (90, 0.9), (90, 2.1), (90, 0.3), (120, 0.7), (120, 1.4), (150, 0.5), (180, 0.8),
    (180, 1.5), (180, 0.3), (240, 0.6), (365, 0.5), (365, 0.8),
)  # fmt: skip
GROWING = (4, 13, 22)  # friends who have lately been in touch twice as often
OLD_TIES = ((30, 230), (45, 400), (60, 560), (25, 310), (35, 700))  # rhythm once, days of silence
NEW_FOR = (2, 5, 9, 13, 18, 24, 31, 38)  # days since each new spark was kept
CARES = ("warm", "light", "close", "warm", "light")
LATE_CARES = ("warm", "light", "light", "light", "light")  # those who are overdue are seldom the closest
NEW_CARES = ("warm", "light", "light", "close")


@dataclass
class Beat:
    """One day on which the owner and a person did something; ``gathering`` names the event it belongs to."""

    day: date
    way: str
    text: str = ""
    gathering: str = ""


@dataclass
class Life:
    """One person as the sample world knows them; a later file fills in the beats."""

    name: Name
    role: str
    story: Story | None = None
    rhythm: int = 0
    silence: int = 0
    span: int = 0
    growing: bool = False
    care: str = ""
    kept_on: date | None = None
    place: str = "new"
    title: str = ""
    organisation: str = ""
    how_met: str = ""
    introduced_by: str = ""
    conference: str = ""
    birthday: str = ""
    beats: list[Beat] = field(default_factory=list)

    @property
    def last(self) -> date | None:
        """The newest day on which the two were in touch."""
        return max((beat.day for beat in self.beats), default=None)

    @property
    def met_on(self) -> date | None:
        """The day they met."""
        return min((beat.day for beat in self.beats), default=None)


def cast(draw: Draw, today: date) -> list[Life]:
    """Give all four hundred, those with a story first, without their days."""
    told = {role: [story for story in stories() if story.role == role] for role in ROLES}
    lives = _friends(draw, told["friend"]) + _new(told["new"], today) + _old_ties(told["dormant"])
    lives += [Life(_NOBODY, "remembered", story, 40, 430, 900, care="close") for story in told["remembered"]]
    lives += [Life(_NOBODY, "resting", story, 40, 50, 600, care="warm") for story in told["resting"]]
    once = range(len(phrases()["sparks"]))
    lives += [Life(_NOBODY, "kept once", care="light", silence=60 + 70 * row) for row in once]
    lives += [Life(_NOBODY, "passing") for _ in range(PEOPLE - len(lives))]
    for life, name in zip(lives, draw.names(PEOPLE), strict=True):
        life.name = name
    _settle(draw, lives, today)
    return lives


_NOBODY = Name("", "")


def _friends(draw: Draw, tales: list[Story]) -> list[Life]:
    tales = draw.sample(tales, len(tales))
    return [
        Life(
            _NOBODY,
            "friend",
            story,
            rhythm,
            silence=max(1, round(rhythm * ratio)),
            span=min(TOLD, max(260, rhythm * draw.randint(12, 40))),
            growing=row in GROWING,
            care=(LATE_CARES if ratio > 1 else CARES)[row % len(CARES)],
        )
        for row, (story, (rhythm, ratio)) in enumerate(zip(tales, FRIENDS, strict=True))
    ]


def _new(tales: list[Story], today: date) -> list[Life]:
    return [
        Life(
            _NOBODY,
            "new",
            story,
            12,
            days,
            care=NEW_CARES[row % len(NEW_CARES)],
            kept_on=today - timedelta(days=days),
        )
        for row, (story, days) in enumerate(zip(tales, NEW_FOR, strict=True))
    ]


def _old_ties(tales: list[Story]) -> list[Life]:
    return [
        Life(_NOBODY, "dormant", story, rhythm, silence, min(TOLD, silence + rhythm * 11), care="warm")
        for story, (rhythm, silence) in zip(tales, OLD_TIES, strict=True)
    ]


def _settle(draw: Draw, lives: list[Life], today: date) -> None:
    """Say what each of them does, who is kept, and when they were born."""
    passing = [life for life in lives if life.role == "passing"]
    for life in lives:
        life.title = life.story.title if life.story else draw.line("titles")
        life.organisation = life.story.organisation if life.story else draw.line("organisations")
        life.place = "new" if life.role == "passing" else "kept"
    for life in draw.sample(passing, SHELVED):
        life.place = "shelf"
    kept = [life for life in lives if life.place == "kept" and life.role != "remembered"]
    for life in draw.sample(kept, len(kept) // 2):
        life.birthday = _birthday(draw, today)
    steady = [life for life in lives if life.role == "friend" and 1 < life.silence < life.rhythm]
    for life, days in zip(draw.sample(steady, 3), (0, 4, 11), strict=True):
        life.birthday = f"--{today + timedelta(days=days):%m-%d}"


def _birthday(draw: Draw, today: date) -> str:
    """Draw a day that is not within the coming fortnight; half of them with the year."""
    day = today + timedelta(days=draw.randint(20, 340))
    year = f"{draw.randint(1962, 2001)}" if draw.maybe(0.5) and f"{day:%m-%d}" != "02-29" else "-"
    return f"{year}-{day:%m-%d}"
