"""A name in one normal form: order, titles, scripts, nicknames, and how it sounds."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from anyascii import anyascii

from amity.formats.identities import GENERATIONS, generation_among
from amity.formats.salutations import IN_FULL, TITLES

_LETTERS_AFTER = frozenset([
    "phd", "md", "mba", "msc", "bsc", "esq", "cpa", "pmp", "mp", "obe", "frs", "llm", "dds", "rn",
])  # fmt: skip
_AFTER = _LETTERS_AFTER | frozenset(GENERATIONS)
_PARTICLES = frozenset([
    "van", "von", "der", "den", "de", "da", "di", "du", "del", "della", "la", "le", "al", "el",
    "bin", "ibn", "ten", "ter", "dos", "das", "zu", "st",
])  # fmt: skip
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_APOSTROPHES = re.compile("['\u2019\u02bc`\u00b4]")
_WORDS = re.compile(r"[^\w]+|_")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_KANA = re.compile("[\u3040-\u30ff]")
_ARABIC = re.compile("[\u0590-\u06ff]")  # and Hebrew: written without most vowels
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_TWO_SIGNS = frozenset([
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒", "东方", "東方", "皇甫", "尉迟",
    "公孙", "夏侯",
])  # fmt: skip
# How the commonest Korean surnames are written in Latin, where that is not how they are read.
_KOREAN = {
    "gim": "kim", "i": "lee", "bak": "park", "choe": "choi", "jeong": "jung", "gang": "kang", "jo": "cho",
    "yun": "yoon", "im": "lim", "o": "oh", "seo": "suh", "sin": "shin", "gwon": "kwon", "u": "woo",
    "no": "roh", "mun": "moon", "bae": "bae", "gu": "koo", "yu": "yoo", "ju": "joo",
}  # fmt: skip
# The commonest Japanese surnames: kanji do not say how they are read.
_JAPANESE = dict(pair.split(":") for pair in [
    "佐藤:sato", "鈴木:suzuki", "高橋:takahashi", "田中:tanaka", "渡辺:watanabe", "伊藤:ito",
    "中村:nakamura", "小林:kobayashi", "山本:yamamoto", "加藤:kato", "吉田:yoshida",
    "山田:yamada", "佐々木:sasaki", "山口:yamaguchi", "松本:matsumoto", "井上:inoue",
    "木村:kimura", "斎藤:saito", "清水:shimizu", "山崎:yamazaki", "阿部:abe", "森:mori",
    "池田:ikeda", "橋本:hashimoto", "山下:yamashita", "石川:ishikawa", "中島:nakajima",
    "前田:maeda", "藤田:fujita", "後藤:goto", "小川:ogawa", "岡田:okada", "村上:murakami",
    "長谷川:hasegawa", "近藤:kondo", "石井:ishii", "斉藤:saito", "坂本:sakamoto", "遠藤:endo",
    "藤井:fujii", "青木:aoki", "福田:fukuda", "三浦:miura", "西村:nishimura", "藤原:fujiwara",
    "太田:ota", "松田:matsuda", "原田:harada", "岡本:okamoto", "中野:nakano",
])  # fmt: skip
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("shch|sch|sh|tch|tsch|zh|cz|ch", "S"), ("ph|v|w", "f"), ("x", "ks"), ("ck|q|c", "k"), ("th|dt", "t"),
        ("ts|tz|z", "s"), ("dj|dzh|j|y|ie|ey|ee", "i"), ("kh|gh|h", ""), ("ou|oo|oe|ue", "u"), ("ae|e", "e"),
    )
]  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aeiou]")


_HANDLE = re.compile(r"[a-z0-9]+|\S*[0-9_.@]\S*|[a-z0-9]\S*-\S*|[A-Za-z]*[a-z][A-Z][A-Za-z]*")
_CAMEL = re.compile("(Mc|Mac|De|Di|La|Le|Van|Von)[A-Z][a-z]+")  # McCarthy is a name


class Name(NamedTuple):
    """A name taken apart: `given` and `family` in plain letters, `script` of the spelling it came in."""

    given: str
    family: str
    middle: str = ""
    generation: str = ""
    script: str = "latin"


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """Give letters a to z and digits: ``Zoë O'Hára`` -> ``zoe ohara``."""
    spelt = text if text.isascii() else anyascii(text)
    return " ".join(_WORDS.sub(" ", _APOSTROPHES.sub("", spelt)).lower().split())


_BEFORE = frozenset(map(plain, IN_FULL | TITLES))


def taken_apart(name: str) -> Name:
    """Take a whole name apart: *Byron, Ada*, *Dr. Ada K. Byron jr.*, *王小明*."""
    name = _IN_BRACKETS.sub(" ", name).strip()
    script = script_of(name)
    if script in {"han", "hangul"}:
        return _east_asian(name, script)
    last, comma, first = name.partition(",")
    tail = set(plain(first).split())
    if comma and tail and not tail <= {*GENERATIONS, *_LETTERS_AFTER}:
        surname = plain(last).split()
        return _from_words([*plain(first).split(), *surname], len(surname), script)
    return _from_words(plain(name).split(), 0, script)


def is_handle(name: str) -> bool:
    """Tell whether one word is what somebody goes by online rather than a name: *loom-smith42*, *adaB*."""
    one = name.strip()
    if not one.isascii() or not _HANDLE.fullmatch(one) or _CAMEL.fullmatch(one):
        return False
    return not is_given_name(one)


def of_parts(given: str, family: str) -> Name:
    """Take a name that comes in two fields; either may be empty."""
    script = script_of(given + family)
    if script in {"han", "hangul"}:
        return _east_asian(f"{family} {given}".strip(), script) if given and family else _half(given, family)
    first = [word for word in plain(given).split() if word not in _BEFORE]
    last, generation = _without_letters(plain(family).split())
    return Name(first[0] if first else "", "".join(last), " ".join(first[1:]), generation, script)


def _half(given: str, family: str) -> Name:
    one = plain(given or family).replace(" ", "")
    return Name(one if given else "", one if family else "", script="han")


def script_of(text: str) -> str:
    """Say in which script a name is written: latin, han, hangul, arabic (and Hebrew), or other."""
    if text.isascii() or (_LATIN.search(text) and not _HAN.search(text)):
        return "latin"
    if _HAN.search(text) or _KANA.search(text):
        return "han"
    if _HANGUL.search(text):
        return "hangul"
    return "arabic" if _ARABIC.search(text) else "other"


def _from_words(words: list[str], of_family: int, script: str) -> Name:
    words, generation = _without_letters([word for word in words if word not in _BEFORE])
    if len(words) < 2:  # noqa: PLR2004  (a given name alone)
        return Name(words[0] if words else "", "", "", generation, script)
    start = len(words) - (of_family or 1)
    start = max(1, min(start, len(words) - 1))
    while not of_family and start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return Name(words[0], "".join(words[start:]), " ".join(words[1:start]), generation, script)


def _without_letters(words: list[str]) -> tuple[list[str], str]:
    if _AFTER.isdisjoint(words):
        return words, ""
    generation = generation_among(words)
    kept = [words[0]] if words else []
    kept += [word for word in words[1:] if word not in GENERATIONS and word not in _LETTERS_AFTER]
    return kept, generation


def _east_asian(name: str, script: str) -> Name:
    signs = _WORDS.sub("", name)
    for size in (3, 2, 1):
        if family := _JAPANESE.get(signs[:size]):
            return Name(plain(signs[size:]).replace(" ", ""), family, script="kanji")
    parts = name.split()
    if len(parts) > 1:
        family, given = parts[0], "".join(parts[1:])
    else:
        size = 2 if signs[:2] in _TWO_SIGNS else 1
        family, given = signs[:size], signs[size:]
    if _KANA.search(name):
        script = "kanji"
    spelt = plain(family).replace(" ", "")
    return Name(
        plain(given).replace(" ", ""),
        _KOREAN.get(spelt, spelt) if script == "hangul" else spelt,
        script=script,
    )


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """Give how a word in plain letters sounds, whatever it was transliterated from: *Yuliya*, *Julia*."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return _DOUBLE.sub(r"\1", word)


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """Give a word's consonants, which is all that Arabic and Hebrew write: *Muhammad* -> ``mhmd``."""
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", word.replace("y", "").replace("w", "")))


@lru_cache(maxsize=1)
def _short_for() -> dict[str, frozenset[str]]:
    lines = files(__package__).joinpath("nicknames.txt").read_text(encoding="utf-8").splitlines()
    longer: dict[str, set[str]] = {}
    for formal, *short in (line.split() for line in lines if not line.startswith("#")):
        longer.setdefault(formal, set()).add(formal)
        for one in short:
            longer.setdefault(one, {one}).add(formal)
    return {name: frozenset(roots) for name, roots in longer.items()}


def roots(given: str) -> frozenset[str]:
    """Give the names a given name may be short for, itself among them: *bob* -> *bob*, *robert*."""
    return _short_for().get(given) or frozenset([given])


def is_given_name(word: str) -> bool:
    """Tell whether many bear this given name, so that a letter more or less means another person."""
    return word in _short_for()


def short_for(one: str, other: str) -> bool:
    """Tell whether one given name is short for the other, or both for one: *bob*, *robert*, *rob*."""
    return one != other and bool(roots(one) & roots(other))
