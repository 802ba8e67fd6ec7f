"""The thread on the page: what the drawing's positions say in days is what its words say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import cos, exp, radians, sin, sqrt
from pathlib import Path

import pytest

import amity
from amity.ties.words import every, so_long
from browsing import Browser, words_of
from cast import Somebody, a_person, day

pytestmark = pytest.mark.django_db
TODAY = day("2026-05-10")
STATIC = Path(amity.__file__).parent / "static"
KAPPA = 4.5  # docs/rhythm.md


@dataclass
class Drawn:
    """The drawing, its x turned back into days by its first and its last dot."""

    page: str
    words: str

    def __post_init__(self) -> None:
        found = re.findall(r'<use class="dot [^>]*x="([\d.]+)%"[^>]*><title>(\d+ \w+ \d+)', self.page)
        places = [(float(x), datetime.strptime(said, "%d %B %Y").date().toordinal()) for x, said in found]
        (self.x0, self.day0), (self.x1, self.day1) = places[0], places[-1]
        self.last = date.fromordinal(self.day1)

    @property
    def exact(self) -> float:
        """Give the days by which the rounding of x, to a hundredth of a per cent, may be off."""
        return 0.03 * (self.day1 - self.day0) / (self.x1 - self.x0)

    def after(self, x: float) -> float:
        """Give how many days after the last dot a place is."""
        return (x - self.x1) * (self.day1 - self.day0) / (self.x1 - self.x0)

    def number(self, pattern: str) -> list[float]:
        (found,) = re.findall(pattern, self.page)
        return [float(one) for one in ([found] if isinstance(found, str) else found)]

    @property
    def marks(self) -> tuple[float, float, float]:
        """Give low, rhythm and high, in days."""
        x, w = self.number(r'<rect class="natural" x="([\d.]+)%" y="24" width="([\d.]+)%"')
        (middle,) = self.number(r'<line class="middle" x1="([\d.]+)%"')
        return self.after(x), self.after(middle), self.after(x + w)

    @property
    def silence(self) -> float:
        x1, x2 = self.number(r'<line class="silence" x1="([\d.]+)%" x2="([\d.]+)%"')
        (now,) = self.number(r'<line class="now" x1="([\d.]+)%"')
        assert (x1, x2) == (self.x1, now)
        return self.after(x2)


def drawn(browser: Browser, somebody: Somebody) -> Drawn:
    answer = browser.get(f"/people/{somebody.person.uid}")
    page = answer.content.decode()
    words = re.search(r'id="thread-words"[^>]*>(.*?)</p>', page, re.DOTALL)[1]
    return Drawn(page.split("data-thread>")[1].split("</svg>")[0], words)


def days(gap: int, times: int, silence: int) -> list[str]:
    return [str(TODAY - timedelta(days=silence + gap * at)) for at in range(times)]


TIES = {
    "daily": (1, 90, 2),
    "weekly": (7, 60, 3),
    "fortnightly": (14, 30, 9),
    "monthly": (30, 20, 12),
    "quarterly": (91, 12, 60),
    "yearly": (371, 8, 40),
    "silent": (30, 10, 400),
    "young": (9, 3, 4),
}


@pytest.mark.parametrize("name", TIES)
def test_the_marks_are_the_rhythm_give_or_take_to_scale_and_said_with_the_same_numbers(browser_of_maya, name):
    gap, times, silence = TIES[name]
    somebody = a_person("Ada").kept(spark="like").met_on(*days(gap, times, silence))

    one = drawn(browser_of_maya, somebody)

    sure = exp(sqrt(1 / (times - 1 + KAPPA)))
    low, middle, high = one.marks
    assert one.last == TODAY - timedelta(days=silence)
    assert (low, middle, high) == pytest.approx((gap / sure, gap, gap * sure), abs=one.exact)
    assert one.silence == pytest.approx(silence, abs=one.exact)
    others = [other for other in (every(gap / sure), every(gap * sure)) if other != every(gap)]
    alternatives = f" (it may as well be {' or '.join(others)})" if others else ""
    assert f"Your rhythm is {every(gap)}{alternatives}." in one.words
    assert f"It has been quiet for {so_long(silence)}." in one.words


@pytest.mark.parametrize("name", ["fortnightly", "monthly", "quarterly", "yearly", "silent", "young"])
def test_the_days_in_the_words_are_the_days_in_the_drawing(browser_of_maya, name):
    somebody = a_person("Ada").kept(spark="like").met_on(*days(*TIES[name]))

    one = drawn(browser_of_maya, somebody)

    first, last = re.search(r"\((\d+ \w+(?: \d{4})?) to (\d+ \w+ \d{4})\)", one.words).groups()
    first = first if first[-4:].isdigit() else f"{first} {last[-4:]}"
    said = [(datetime.strptime(text, "%d %B %Y").date() - one.last).days for text in (first, last)]
    low, _middle, high = one.marks
    assert said == pytest.approx([low, high], abs=0.5 + one.exact)


def test_a_slow_tie_among_quick_ones_has_its_marks_about_its_own_rhythm(browser_of_maya):
    for at in range(8):
        a_person(f"Friend {at}").met_on(*days(7, 30, at))
    somebody = a_person("Ada").met_on(*days(371, 4, 100))

    _low, middle, _high = drawn(browser_of_maya, somebody).marks

    assert somebody.portrait(TODAY).natural < 100
    assert middle == pytest.approx(371, abs=1)


def test_the_legend_has_what_the_drawing_has(browser_of_maya):
    today = a_person("Ada").met_on(str(TODAY), setting="office")
    loud = a_person("Bo").met_on(*days(30, 4, 10), setting="office", felt="gave energy")

    said = [words_of(browser_of_maya.get(f"/people/{one.person.uid}")) for one in (today, loud)]

    legends = [words.split("Earlier Later")[1].split("Hopes")[0] for words in said]
    assert legends[0].startswith(" So far on one day, 10 May 2026. office today")
    assert "office gave energy next time by your rhythm, give or take quiet since today" in legends[1]


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Give the relative luminance (WCAG) of an OKLCH colour, by way of linear sRGB (Ottosson 2020)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return sum(
        share * min(max(part, 0), 1) for share, part in ((0.2126, red), (0.7152, green), (0.0722, blue))
    )


def colour(name: str, theme: int) -> float:
    """Give the luminance of one of the sheet's colours, in light (0) or dark (1)."""
    sheet = (STATIC / "css" / "1-tokens.css").read_text()
    (line,) = re.findall(rf"--{name}: light-dark\((.*)\);", sheet)
    lightness, chroma, hue = re.findall(r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", line)[theme]
    return luminance(float(lightness) / 100, float(chroma), float(hue))


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("part", ["natural", "middle", "silence", "now"])
def test_each_line_of_the_drawing_stands_out_from_the_paper(part, theme):
    rooms = (STATIC / "css" / "4-rooms.css").read_text().split(".thread {")[1]
    stroke = re.search(rf"& \.{part} {{[^}}]*stroke: var\(--([\w-]+)\)", rooms)[1]

    dim, bright = sorted((colour(stroke, theme), colour("paper", theme)))

    assert (bright + 0.05) / (dim + 0.05) >= 3
