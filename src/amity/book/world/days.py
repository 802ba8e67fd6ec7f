"""The days of each life: when the owner and a person were in touch, how, and what was written down."""

from __future__ import annotations

from datetime import date, timedelta

from amity.book.world.cast import Beat, Life
from amity.book.world.draw import Draw
from amity.book.world.events import Event, fill
from amity.book.world.words import Line, Story, phrases

FRAMES = {"they": "letters", "mail": "letters", "begin": "they begin"}
HABITS = {
    "video": ("video", "video", "they", "call", "mail", "begin", "online"),
    "office": ("office", "call", "coffee", "they", "begin", "bar"),
    "near": ("coffee", "coffee", "they", "begin", "out", "other", "call"),
}
LATELY = 3  # of the newest days something is always written down
FRIDAY = 4
PASSING, PASSING_SHARES = ("nothing", "list", "talk", "stranger", "begin"), (12, 33, 30, 13, 12)
INTRODUCERS = 8
AT_CONFERENCES = ("breakout", "crowd")
HOW_MET = {
    "dinner": "At a supper of friends",
    "office": "At work",
    "bar": "In a hotel bar, away from the noise",
    "out": "Outdoors, by chance",
    "other": "In the neighbourhood",
    "breakout": "In a workshop",
    "crowd": "In a crowded room, by the coats",
    "coffee": "Over coffee",
}


def live(draw: Draw, lives: list[Life], halls: list[Event], today: date) -> None:
    """Give every life its days; ``halls`` are the conferences at which people may meet."""
    for life in lives:
        if life.role in {"friend", "dormant", "resting", "remembered"}:
            _grow(draw, life, halls, today)
        elif life.role == "new":
            _begin(life, halls, today)
        elif life.role == "kept once":
            _once(draw, life, halls, today)
        else:
            _pass_by(draw, life, halls)
    _introduce(lives)


def _grow(draw: Draw, life: Life, halls: list[Event], today: date) -> None:
    """Days from the first to the newest, a rhythm apart; the story's lines spread over them."""
    last, first = today - timedelta(days=life.silence), today - timedelta(days=life.span)
    first = _meet(life, halls, first)
    days, day = [last], last
    while (day := day - timedelta(days=_gap(draw, life, day, today))) > first:
        days.append(day)
    life.beats = [Beat(day, "") for day in [first, *reversed(days)]]
    life.kept_on = life.kept_on or min(first + timedelta(days=life.rhythm), last)
    _tell(life)
    _vary(draw, life)
    if life.conference:
        life.beats[0].gathering = life.conference


def _gap(draw: Draw, life: Life, day: date, today: date) -> int:
    recent = life.growing and (today - day).days < 3 * life.rhythm
    return draw.gap(life.rhythm / 3 if recent else life.rhythm)


def _meet(life: Life, halls: list[Event], day: date) -> date:
    """Let them meet at the conference nearest to a day, if that is how their story begins."""
    way = _story(life).lines[0].way
    life.how_met = HOW_MET.get(way, "")
    if way not in AT_CONFERENCES:
        return day
    hall = min(halls, key=lambda one: abs((one.day - day).days))
    life.conference, life.how_met = hall.key, f"At {hall.title}"
    return hall.day


def _story(life: Life) -> Story:
    if life.story is None:
        raise AssertionError("only people with a story grow")
    return life.story


def _tell(life: Life) -> None:
    """Put the story's lines on the first day, the newest, and evenly between."""
    lines, beats = list(_story(life).lines), life.beats
    if len(lines) > len(beats):
        lines = [lines[0], *lines[1 - len(beats) :]]
    step = (len(beats) - 1) / max(1, len(lines) - 1)
    for row, line in enumerate(lines):
        _say(beats[round(row * step)], line)


def _say(beat: Beat, line: Line) -> None:
    beat.way, beat.text = line.way, line.text


def _vary(draw: Draw, life: Life) -> None:
    """Fill the other days with the habits of the two, most of them in a line or two."""
    ways = [line.way for line in _story(life).lines]
    habit = HABITS["video" if "video" in ways else "office" if "office" in ways else "near"]
    told: set[str] = {beat.text for beat in life.beats}
    for row, beat in enumerate(life.beats):
        if not beat.way:
            beat.way = draw.choice(habit)
            if row >= len(life.beats) - LATELY or draw.maybe(0.55):
                beat.text = _fresh_line(draw, life, beat.way, told)
        if beat.way == "office" and beat.day.weekday() > FRIDAY and row:
            beat.way = "call"


def _fresh_line(draw: Draw, life: Life, way: str, told: set[str]) -> str:
    topics = _story(life).words("topic") or list(phrases()["topics"])
    for _ in range(6):
        text = fill(draw.line(FRAMES.get(way, way)), draw.choice(topics))
        if text not in told:
            told.add(text)
            return text
    return ""


def _begin(life: Life, halls: list[Event], today: date) -> None:
    """A new spark: met on the day they were kept, perhaps in touch once more since."""
    first = today - timedelta(days=life.silence)
    hall = next((hall for hall in halls if hall.day == first), None)
    life.how_met = f"At {hall.title}" if hall else HOW_MET.get(_story(life).lines[0].way, "")
    for row, line in enumerate(_story(life).lines):
        life.beats.append(Beat(first + timedelta(days=row * life.silence // 2), line.way, line.text))
    if hall:
        life.conference = life.beats[0].gathering = hall.key


def _once(draw: Draw, life: Life, halls: list[Event], today: date) -> None:
    hall = min(halls, key=lambda one: abs((one.day - today).days + life.silence))
    life.beats = [Beat(hall.day, hall.way, draw.line("strangers"), hall.key)]
    life.conference, life.how_met = hall.key, f"At {hall.title}"
    life.kept_on = hall.day + timedelta(days=1)


def _pass_by(draw: Draw, life: Life, halls: list[Event]) -> None:
    """Somebody on a list, a short talk, a message or two; or only a connection."""
    hall, what = draw.choice(halls), draw.choices(PASSING, PASSING_SHARES)[0]
    if what == "nothing":
        return
    life.conference, life.how_met = hall.key, f"At {hall.title}"
    if what == "talk":
        life.beats.append(Beat(hall.day, hall.way, draw.line("strangers"), hall.key))
    elif what != "list":
        text = draw.line("strangers write").replace("{gathering}", hall.title)
        life.beats.append(Beat(hall.last_day, what, text))


def _introduce(lives: list[Life]) -> None:
    """Let the earliest friends have brought the owner together with the latest, where no conference did."""
    friends = sorted((life for life in lives if life.role == "friend"), key=lambda life: life.beats[0].day)
    later = [life for life in friends[INTRODUCERS:] if not life.conference]
    for earlier, friend in zip(friends[:INTRODUCERS], reversed(later), strict=False):
        friend.introduced_by, friend.how_met = earlier.name.full, f"Through {earlier.name.full}"
