"""A labelled set of invented people with what public sets lack, drawn anew from a seed.

Phones, nicknames, a changed surname, a family's mailbox, mailboxes of desks, father and son with one
name, twins, names in Chinese, Japanese, Korean and Cyrillic spelling, addresses of code hosts that
nobody reads, a switchboard, namesakes, and an address that is none. Each row's *kind* says which story
it is from.
"""
# ruff: noqa: E501, ISC004  (each script's names on a line of their own)

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from benchmarks.likeness.reading import Labelled, Row, of_rows

NICK = [
    "Robert:Bob", "Robert:Rob", "William:Bill", "Elizabeth:Liz", "Margaret:Peggy", "Katherine:Kate",
    "Thomas:Tom", "Michael:Mike", "Jennifer:Jenny", "Alexander:Alex", "Susan:Sue", "Edward:Ted",
    "James:Jim", "Richard:Dick", "Rebecca:Becky", "Samuel:Sam", "Nicholas:Nick", "Patricia:Patty",
    "Theodore:Theo", "Victoria:Vicky", "Benjamin:Ben", "Daniel:Dan", "Abigail:Abby", "Andrew:Drew",
]  # fmt: skip
GIVEN = [
    "Ada", "Jonas", "Maya", "Ines", "Clara", "Otto", "Lena", "Hugo", "Greta", "Emil", "Ida", "Karl",
    "Nora", "Felix", "Rosa", "Anton", "Frida", "Oskar", "Selma", "Viktor", "Priya", "Arjun",
    "Fatima", "Yusuf", "Chiara", "Matteo", "Lucia", "Diego", "Ingrid", "Sven", "Aoife", "Declan",
    "Zsofia", "Bence", "Agnieszka", "Tomasz",
]  # fmt: skip
FIRST = [
    "Bran", "Lind", "Kor", "Wes", "Hal", "Vos", "Mar", "Thorn", "Fen", "Ash", "Grim", "Sol", "Dun",
    "Kess", "Rav", "Ost", "Pell", "Quin", "Strand", "Wick",
]  # fmt: skip
LAST = [
    "berg", "holm", "ov", "sen", "wood", "ley", "ström", "er", "mann", "ton", "ini", "escu", "ford",
    "bridge", "ski", "well", "vik", "oja", "field", "by",
]  # fmt: skip
STREETS = [
    "Weaver", "Mill", "Harbour", "Orchard", "Station", "Chapel", "Garden", "Bridge", "Castle",
    "Meadow",
]  # fmt: skip
TOWNS = ["Loomstead", "Ravensholm", "Oakmere", "Saltby", "Kirkvale", "Thornwick", "Elmbridge", "Foxley"]
FIRMS = [
    "Loom Ltd",
    "Byron Analytics",
    "Harbour & Sons",
    "Northwind GmbH",
    "Kestrel Labs",
    "Saltworks",
    "Meridian Partners",
]
HOSTS = [
    "loom.example", "kestrel.example", "saltworks.example", "byron.example", "post.example",
    "letters.example",
]  # fmt: skip
# Of each script: family names, then given names, each in its own script and in two Latin spellings.
SPELT: tuple[tuple[str, str], ...] = (
    ("王:Wang:Wang 李:Li:Lee 张:Zhang:Chang 刘:Liu:Liu 陈:Chen:Chen 欧阳:Ouyang:Ouyang 赵:Zhao:Chao 黄:Huang:Huang",
     "小明:Xiaoming:Xiao-Ming 丽华:Lihua:Li-Hua 伟强:Weiqiang:Wei-Qiang 文博:Wenbo:Wen-Bo 秀英:Xiuying:Xiu-Ying"),
    ("田中:Tanaka:Tanaka 鈴木:Suzuki:Suzuki 佐藤:Sato:Satoh 山本:Yamamoto:Yamamoto 渡辺:Watanabe:Watanabe",
     "花子:Hanako:Hanako 一郎:Ichiro:Ichirō 健太:Kenta:Kenta 陽子:Yoko:Yōko 直樹:Naoki:Naoki 美咲:Misaki:Misaki"),
    ("김:Kim:Kim 박:Park:Pak 이:Lee:Yi 최:Choi:Choe 정:Jung:Jeong 강:Kang:Gang",
     "민수:Minsu:Min-soo 지영:Jiyoung:Ji-young 서연:Seoyeon:Seo-yeon 현우:Hyunwoo:Hyun-woo 은지:Eunji:Eun-ji"),
    ("Щербаков:Shcherbakov:Schtscherbakow Иванов:Ivanov:Iwanow Жуков:Zhukov:Schukow Чехов:Chekhov:Tschechow "
     "Воробьёв:Vorobyov:Worobjow Цветков:Tsvetkov:Zwetkow Юдин:Yudin:Judin Гусев:Gusev:Gussew",
     "Дмитрий:Dmitry:Dmitri Александр:Alexander:Aleksandr Сергей:Sergey:Sergei Юрий:Yuri:Jurij Алексей:Alexey:Aleksej"),
    ("حسن:Hassan:Hasan خليل:Khalil:Khaleel منصور:Mansour:Mansur سالم:Salem:Salim", "محمد:Muhammad:Mohamed أحمد:Ahmed:Ahmad كريم:Karim:Kareem"),
    ("Παππάς:Pappas:Pappas Νικολάου:Nikolaou:Nicolaou Γεωργίου:Georgiou:Georgiou", "Γιώργος:Giorgos:Yiorgos Ελένη:Eleni:Helene Δημήτρης:Dimitris:Demetris"),
)  # fmt: skip
FAMILY_FIRST = 3  # of the scripts above


class World:
    """Draws people; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.many = 0
        self.taken: set[str] = set()

    def one(self, values: list[str] | tuple[str, ...]) -> str:
        """Draw one of some values."""
        return self.draw.choice(values)

    def who(self) -> str:
        """Number a new person."""
        self.many += 1
        return f"p{self.many}"

    def family(self) -> str:
        """Draw a surname out of 400."""
        return self.one(FIRST) + self.one(LAST)

    def phone(self) -> str:
        """Draw a number that is nobody's."""
        return f"+4420{self.draw.randrange(10**7, 10**8)}"

    def day(self, first: int = 1950, last: int = 2000) -> str:
        """Draw a birthday."""
        draw = self.draw
        return f"{draw.randint(first, last)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"

    def home(self) -> Row:
        """Draw a postal address."""
        number, street = self.draw.randint(1, 180), self.one(STREETS)
        code = f"{self.one('LRK')}{self.draw.randint(1, 20)} {self.draw.randint(1, 9)}AB"
        return {"street": [f"{number} {street} Street"], "town": [self.one(TOWNS)], "postcode": [code]}

    def mail(self, given: str, family: str) -> str:
        """Draw a mailbox that says its bearer's name, one way or another."""
        number = self.draw.randint(2, 999)
        shapes = (
            f"{given}.{family}",
            f"{given[0]}{family}",
            f"{given}{number}",
            f"{family}{number}",
            f"{given}_{family}",
        )
        return self.own(lambda: self.one(shapes)) or self.mail(given, f"{family}{number}")

    def own(self, draw: Callable[[], str]) -> str:
        """Draw a mailbox that nobody else has, or none."""
        for _ in range(9):
            box = f"{draw()}@{self.one(HOSTS)}".lower().replace("ö", "o")
            if box not in self.taken:
                self.taken.add(box)
                return box
        return ""

    def slip(self, word: str) -> str:
        """Write a word wrongly once."""
        at = self.draw.randrange(1, max(len(word) - 1, 2))
        return self.one(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            )
        )

    def person(self) -> Row:
        """Draw somebody with all there is to know."""
        given, family = self.one(GIVEN), self.family()
        return {
            "identity": [self.who()], "given": [given], "family": [family], "email": [self.mail(given, family)],
            "phone": [self.phone()], "employer": [self.one(FIRMS)], "born": [self.day()], **self.home(),
        }  # fmt: skip


def some(row: Row, *kinds: str, **other: str) -> Row:
    """Give a record that says only some of what there is, and some of it otherwise."""
    return {
        **{kind: row[kind] for kind in ("identity", *kinds) if kind in row},
        **{kind: [value] for kind, value in other.items()},
    }


def whole(row: Row) -> str:
    """Write a name in one field."""
    return f"{row['given'][0]} {row['family'][0]}"


def plain(world: World) -> Iterator[Row]:
    """Somebody in three places, each saying something else, one with a slip."""
    them = world.person()
    yield some(them, "given", "family", "email", "phone", "employer")
    yield some(them, "email", "born", name=f"{them['family'][0]}, {them['given'][0]}")
    yield some(
        them, "given", "phone", "street", "town", "postcode", "born", family=world.slip(them["family"][0])
    )
    if world.draw.random() < 0.3:
        yield some(them, "employer", name=whole(them))


def alone(world: World) -> Iterator[Row]:
    """Somebody who is written down once."""
    them = world.person()
    yield some(them, "given", "family", *world.draw.sample(["email", "phone", "employer", "born", "town"], 2))


def nickname(world: World) -> Iterator[Row]:
    """Somebody called for short, known by phone or by mailbox."""
    them = world.person()
    long, short = world.one(NICK).split(":")
    yield some(them, "family", "email", "phone", given=long)
    yield some(them, "family", world.one(("email", "phone")), "employer", given=short)


def changed(world: World) -> Iterator[Row]:
    """Somebody who married and took another name."""
    them = world.person()
    yield some(them, "given", "family", "email", "phone", "born")
    yield some(
        them,
        "given",
        *world.one(("email phone", "phone born", "email", "phone")).split(),
        family=world.family(),
    )


def household(world: World) -> Iterator[Row]:
    """Two of one name at one mailbox, each with a number of their own."""
    one, family = world.person(), world.family()
    box = world.own(lambda: family) or world.own(lambda: f"{family}{world.draw.randrange(10**4)}")
    for given in world.draw.sample(GIVEN, 2):
        them = {**world.person(), "street": one["street"], "town": one["town"], "postcode": one["postcode"]}
        yield some(them, "street", "town", "postcode", given=given, family=family, email=box)
        yield some(them, "phone", "born", given=given, family=family, email=box)
        yield some(them, "phone", name=f"{given} {family}")


def desk(world: World) -> Iterator[Row]:
    """Two colleagues, and a namesake elsewhere, who write from info@."""
    host, name = world.one(HOSTS), whole(world.person())
    box = f"{world.one(('info', 'sales', 'office', 'hello', 'support'))}@{host}"
    for _ in range(2):
        them = world.person()
        yield some(them, "given", "family", email=box, employer=host.split(".")[0])
        yield some(them, "given", "family", "phone", email=box)
    for _ in range(2):
        yield some(world.person(), "phone", name=name, email=box)


def father(world: World) -> Iterator[Row]:
    """A father and a son of one name in one house, at one telephone, with or without junior."""
    name, home, phone = whole(world.person()), world.home(), world.phone()
    mark, days = world.draw.random() < 0.6, (world.day(1940, 1955), world.day(1975, 1990))
    for number, born in enumerate(days):
        them = {"identity": [world.who()], **home, "phone": [phone], "born": [born]}
        said = f"{name} {('sr', 'jr')[number]}" if mark else name
        yield some(them, "phone", "street", "town", "postcode", *([] if mark else ["born"]), name=said)
        yield some(them, "phone", "born", name=said if mark else name)


def twins(world: World) -> Iterator[Row]:
    """Twins: one birthday, one house, one telephone, one mailbox."""
    one = world.person()
    for given in world.draw.sample(GIVEN, 2):
        them = {**one, "identity": [world.who()]}
        yield some(them, "family", "born", "phone", "email", "street", "town", "postcode", given=given)
        yield some(them, "family", "born", "phone", given=given)


def scripts(world: World) -> Iterator[Row]:
    """One name in its own script and in two Latin spellings; each pair shares a mailbox or a telephone."""
    them, kind = world.person(), world.draw.randrange(len(SPELT))
    family, given = (world.one(part.split()).split(":") for part in SPELT[kind])
    box = world.own(lambda: f"{world.one(LAST)}{world.draw.randrange(1000, 99999)}")
    own = family[0] + given[0] if kind < FAMILY_FIRST else f"{given[0]} {family[0]}"
    other = (
        f"{family[2]} {given[2]}"
        if kind < FAMILY_FIRST and world.draw.random() < 0.5
        else f"{given[2]} {family[2]}"
    )
    yield some(them, "phone", name=own, email=box)
    yield some(them, "employer", name=f"{given[1]} {family[1]}", email=box)
    yield some(them, "phone", "employer", name=other)


def hosted(world: World) -> Iterator[Row]:
    """Somebody's address at a code host, and the no-reply address that a service shows for everybody."""
    them = world.person()
    login = ""
    while not login or login in world.taken:  # a code host gives each name once
        box = world.own(lambda: f"{world.one(LAST)}{world.one(FIRST)}{world.draw.randint(10, 9999)}")
        login = box.partition("@")[0]
    world.taken.add(login)
    number = world.draw.randrange(10**6, 10**8)
    yield some(them, "given", "family", email=f"{number}+{login}@users.noreply.github.com")
    yield some(them, name=login, email=f"{number}+{login}@users.noreply.github.com")
    yield some(them, name=whole(them), email=box)
    yield some(world.person(), "given", "family", email="noreply@meetings.example")
    yield some(world.person(), "given", "family", email="notifications@loom.example")


def switchboard(world: World) -> Iterator[Row]:
    """Colleagues behind one number."""
    phone, firm = world.phone(), world.one(FIRMS)
    for _ in range(3):
        yield some(world.person(), "given", "family", "email", phone=phone, employer=firm)


def namesakes(world: World) -> Iterator[Row]:
    """Two of one name who have nothing else in common, and two at one firm."""
    name = whole(world.person())
    for _ in range(2):
        yield some(world.person(), "email", "phone", "born", "town", name=name)
    name = whole(world.person())
    for _ in range(2):
        yield some(world.person(), "phone", name=name, employer="Loom Ltd")


def nowhere(world: World) -> Iterator[Row]:
    """Two with one address that is none."""
    box = world.one(("none@none", "unknown@localhost", "root@laptop.local", "n/a@n.a", "me@192.168.1.4"))
    for _ in range(2):
        yield some(world.person(), "given", "family", email=box)


STORIES: dict[Callable[[World], Iterator[Row]], int] = {
    plain: 250, alone: 500, nickname: 100, changed: 60, household: 40, desk: 25, father: 40, twins: 40, scripts: 60,
    hosted: 40, switchboard: 20, namesakes: 40, nowhere: 20,
}  # fmt: skip


def rows(seed: int = 1969, times: float = 1) -> list[Row]:
    """Draw the set, each row with the story it is from, in no order."""
    world = World(seed)
    found = [
        {**row, "kind": [story.__name__]}
        for story, many in STORIES.items()
        for _ in range(round(many * times))
        for row in story(world)
    ]
    world.draw.shuffle(found)
    return found


def book(seed: int = 1969, times: float = 1) -> Labelled:
    """Give the set as labelled records."""
    drawn = rows(seed, times)
    kinds = [row.pop("kind")[0] for row in drawn]
    labelled = of_rows("invented people", drawn)
    labelled.kinds = kinds
    return labelled
