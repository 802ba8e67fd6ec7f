"""What hangs on each person of the sample world: ways, work, sparks, hopes, gifts, promises, seasons."""

from __future__ import annotations

from datetime import date, timedelta

from amity.book.world.cast import Life
from amity.book.world.rows import Rows
from amity.book.world.words import phrases
from amity.checkins.models import Checkin
from amity.moments.models import Gift, GiftKind, Promise, PromiseState
from amity.owner.models import OwnIdentity
from amity.people.identity import normal
from amity.people.models import (
    Affiliation,
    Circle,
    Fact,
    Hope,
    HopeState,
    Link,
    Membership,
    Organisation,
    OtherName,
    Person,
    PersonDate,
    Season,
    Spark,
    SparkKind,
    Way,
)
from amity.storage.folded import fold

OWN_EMAIL = "maya.lind@fernwick.example"
KEPT = ("friend", "new", "dormant", "remembered", "resting")
PHONES = 100  # 555-0100 to 555-0199 are kept free for fiction
DUE = (2, 9, None, 20)  # days until the open promises fall due
COLLEAGUES_AMONG = 80  # the kept ones and a few more
RESTS = ("A newborn at home", "Under water until the book is handed in")


class Pages:
    """Writes the pages of people; circles and organisations are made once."""

    def __init__(self, rows: Rows, today: date) -> None:
        self.rows = rows
        self.today = today
        self._circles: dict[str, Circle] = {}
        self._organisations: dict[str, Organisation] = {}
        self._phones = 0
        self._promises = 0

    def owner(self) -> None:
        """Write down who the owner is, so that she never becomes a person of her own book."""
        name = self.rows.owner.name
        self.rows.add(OwnIdentity, kind="name", value=name, normal=fold(name))
        self.rows.add(OwnIdentity, kind="email", value=OWN_EMAIL, normal=normal("email", OWN_EMAIL))

    def person(self, life: Life) -> None:
        """Write down a person with ways, work, birthday and circles."""
        circles = life.story.words("circle") if life.story else []
        email = self._email(life)
        said = (life.name.full, life.name.latin, email, life.title, life.organisation, *circles)
        folded = fold(" ".join(dict.fromkeys(said)))
        person = self.rows.add(
            Person, name=life.name.full, folded=folded, place=life.place, care=life.care,
            kept_on=life.kept_on, how_met=life.how_met, met_on=life.met_on,
            remembered=life.role == "remembered",
        )  # fmt: skip
        self.rows.people[life.name.full] = person
        self._ways(life, person, email)
        if life.name.latin != life.name.full:
            self.rows.add(OtherName, person=person, name=life.name.latin)
        if life.birthday:
            self.rows.add(PersonDate, person=person, kind="birthday", value=life.birthday)
        work = self._organisation(life.organisation)
        self.rows.add(Affiliation, person=person, organisation=work, title=life.title)
        for name in circles:
            self.rows.add(Membership, person=person, circle=self._circle(name))

    def _email(self, life: Life) -> str:
        ascii_name = fold(life.name.latin).replace("'", "").replace(" ", ".")
        host = fold(life.organisation or "home").replace(" ", "-").replace("&", "and")
        return f"{ascii_name}@{host}.example"

    def _ways(self, life: Life, person: Person, email: str) -> None:
        draw, profile = self.rows.draw, f"https://profiles.example/{email.partition('@')[0]}"
        ways = [("email", email, "work"), ("url", profile, "profile")]
        if life.role in KEPT and self._phones < PHONES and draw.maybe(0.75):
            ways.append(("phone", f"+1 555 555 01{self._phones:02}", "mobile"))
            self._phones += 1
        if life.role == "passing" and draw.maybe(0.5):
            ways = ways[1:]
        for kind, value, label in ways:
            form = normal(kind, value)
            self.rows.add(Way, person=person, kind=kind, value=value, normal=form, label=label)

    def _circle(self, name: str) -> Circle:
        if name not in self._circles:
            self._circles[name] = self.rows.add(Circle, name=name, folded=fold(name))
        return self._circles[name]

    def _organisation(self, name: str) -> Organisation | None:
        if name and name not in self._organisations:
            self._organisations[name] = self.rows.add(Organisation, name=name, folded=fold(name))
        return self._organisations.get(name)

    def words(self, life: Life) -> None:
        """Write down what the owner knows of somebody: sparks, hopes, facts, gifts, a promise."""
        person = self.rows.people[life.name.full]
        if life.role == "kept once":
            kind, line = self.rows.draw.line("sparks").split(" | ")
            self.rows.add(Spark, person=person, kind=kind, line=line)
        if life.story is None or life.met_on is None or life.last is None:
            return
        for kind in SparkKind.values:
            for line in life.story.words(kind):
                self.rows.add(Spark, person=person, kind=kind, line=line)
        self._hopes(life, person)
        self._facts(life, person)
        self._gifts(life, person)
        for text in life.story.words("promise"):
            self._promise(life, person, text)

    def _day(self, life: Life, share: float) -> date:
        """Give a day on which the two were in touch, from the first (0) to the newest (1)."""
        return life.beats[round(share * (len(life.beats) - 1))].day

    def _hopes(self, life: Life, person: Person) -> None:
        said = life.story.words if life.story else (lambda _: [])
        newest, first, middle = self._day(life, 1), self._day(life, 0.3), self._day(life, 0.7)
        for text in said("hope"):
            self.rows.add(Hope, person=person, text=text, day=middle)
        for text in said("happened"):
            self.rows.add(
                Hope, person=person, text=text, day=first, state=HopeState.HAPPENED, ended_on=newest
            )
        for text in said("let go"):
            self.rows.add(Hope, person=person, text=text, day=first, state=HopeState.LET_GO, ended_on=middle)

    def _facts(self, life: Life, person: Person) -> None:
        for word in ("fact", "sensitive"):
            for line in life.story.words(word) if life.story else []:
                label, text = line.split(": ", 1)
                day = self._day(life, 0.5)
                sensitive = word == "sensitive"
                self.rows.add(
                    Fact, person=person, label=label, text=text, day=day, sensitive=sensitive, source="you"
                )

    def _gifts(self, life: Life, person: Person) -> None:
        for line in life.story.words("gift") if life.story else []:
            kind, text = line.split(": ", 1)
            self.rows.add(
                Gift, person=person, kind=GiftKind(kind), received=True, text=text, day=self._day(life, 0.6)
            )

    def _promise(self, life: Life, person: Person, text: str) -> None:
        """Nearly all are kept; four are open, and every eleventh was let go."""
        turn, self._promises = self._promises, self._promises + 1
        if turn < len(DUE):
            days = DUE[turn]
            due = None if days is None else self.today + timedelta(days=days)
            self.rows.add(Promise, person=person, text=text, day=self._day(life, 1), due=due)
            return
        state = PromiseState.LET_GO if turn % 11 == 0 else PromiseState.KEPT
        day, ended = self._day(life, 0.5), self._day(life, 0.9)
        self.rows.add(Promise, person=person, text=text, day=day, state=state, ended_on=ended)

    def gifts_back(self, lives: list[Life]) -> None:
        """Write down what the owner gave: gratitude goes both ways and is never balanced."""
        given = phrases()["gifts given"]
        for life, line in zip(lives[::4], given, strict=False):
            kind, text = line.split(" | ")
            person = self.rows.people[life.name.full]
            self.rows.add(Gift, person=person, kind=kind, received=False, text=text, day=self._day(life, 0.8))

    def seasons(self, lives: list[Life]) -> None:
        """Leave in peace who asked for it, and remember one peace that is over."""
        for life, why in zip([life for life in lives if life.role == "resting"], RESTS, strict=True):
            starts, ends = (life.last or self.today), self.today + timedelta(days=60)
            self.rows.add(Season, person=self.rows.people[life.name.full], starts=starts, ends=ends, why=why)
        mover = self.rows.people[lives[9].name.full]
        starts = self.today - timedelta(days=500)
        self.rows.add(
            Season, person=mover, starts=starts, ends=starts + timedelta(days=60), why="Moved house"
        )

    def links(self, lives: list[Life]) -> None:
        """Say who brought the owner together with whom, and who works together."""
        for life in lives:
            if life.introduced_by:
                self._link(life.name.full, life.introduced_by, "introduced by", str(life.met_on)[:7])
        by_work: dict[str, list[Life]] = {}
        for life in lives[:COLLEAGUES_AMONG]:
            by_work.setdefault(life.organisation, []).append(life)
        for organisation, (first, *others) in by_work.items():
            for other in others if organisation else []:
                self._link(first.name.full, other.name.full, "colleague", "")

    def _link(self, one: str, other: str, kind: str, since: str) -> None:
        people = self.rows.people
        self.rows.add(Link, a=people[one], b=people[other], kind=kind, since=since, source="you")

    def mentioned(self, lives: list[Life]) -> None:
        """Write down those who are known only through somebody: a name on a friend's page."""
        for life in lives:
            for said in life.story.words("mentioned") if life.story else []:
                kind, name = said.split()
                known = self.rows.add(Person, name=name, folded=fold(name), mentioned=True)
                self.rows.add(Link, a=self.rows.people[life.name.full], b=known, kind=kind, source="you")

    def checkins(self) -> None:
        """Write down how networking felt, from the first year to now."""
        lines = phrases()["networking is"]
        for row, line in enumerate(lines):
            word, felt, more = line.split(" | ")
            day = self.today - timedelta(days=(len(lines) - row) * 52 - 47)
            self.rows.add(Checkin, day=day, word=word, felt=felt, line=more)
