"""The phone with the network cut: read, write, come back, disagree, and leave nothing behind."""

import time

import pytest
from playwright.sync_api import expect

from servers import chromium
from visiting import CHROMIUM_WORDS, PHONE, House, in_the_house, sign_in, tab_to

pytestmark = pytest.mark.browser
SENSITIVE, MESSAGE = "Zebulon illness", "Quaxly words of a message"

# Everything a browser holds for this address, as far as a thief with its disk could read it.
HELD = """async () => {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => {
      indexedDB.open(name).onsuccess = (e) => done(e.target.result);
    });
    for (const store of database.objectStoreNames) {
      const rows = await new Promise((done) => {
        database.transaction(store).objectStore(store).getAll().onsuccess = (e) => done(e.target.result);
      });
      for (const row of rows) {
        found.push(row.sealed ? new TextDecoder("latin1").decode(row.sealed) : `${row.extractable}`);
      }
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const one of await cache.keys()) found.push(one.url, await (await cache.match(one)).text());
  }
  return [(await navigator.serviceWorker.getRegistrations()).length, found.join("\\n")];
}"""
OUTBOX = """async () => {
  const shell = [...document.scripts].find((one) => one.src.includes("/phone/shell"));
  const [path] = (await (await fetch(shell.src)).text()).match(/[.][/]store[^"']*/);
  return (await import(new URL(path, shell.src))).entries();
}"""
KEPT = """async () => {
  const shell = [...document.scripts].find((one) => one.src.includes("/phone/shell"));
  const [path] = (await (await fetch(shell.src)).text()).match(/[.][/]store[^"']*/);
  return JSON.stringify(await (await import(new URL(path, shell.src))).kept("book"));
}"""
AHEAD = """
import datetime, django
django.setup()
from amity.gatherings.actions import add as gather
from amity.gatherings.models import Attendance
from amity.nudges.actions import plan
from amity.owner.actions import local_owner
from amity.people.queries import get
me, today = local_owner(), datetime.date.today()
walk = gather(me, "Weaving walk", day=today + datetime.timedelta(days=1))
Attendance.objects.create(owner=me, gathering=walk, person=get(me, "Ada Byron"))
print(plan(me, today).nudges.get().why)
"""
PLANT = f"""
import datetime, django, sys
django.setup()
from amity.gatherings.actions import add as gather
from amity.gatherings.models import Attendance
from amity.moments.actions import Told, record
from amity.owner.actions import local_owner, set_welcomed
from amity.people.actions import add, add_fact, add_hope, keep
me, today = local_owner(), datetime.date.today()
set_welcomed(me)
ada = keep(add(me, "Ada Byron"), day=today, sparks={{"curious": "her looms"}})
add_hope(ada, "weave a map", day=today)
add_fact(ada, "{SENSITIVE}", sensitive=True)
record(me, [ada], day=today, told=Told(kind="message", direction="in", text="{MESSAGE}"))
dinner = gather(me, "Supper", day=today - datetime.timedelta(days=1))
for name in ("Ada Byron", "Kofi Novak", "Rosa Keita"):
    Attendance.objects.create(owner=me, gathering=dinner, name=name, person=ada if name[0] == "A" else None)
"""
ASK = """
import django
django.setup()
from amity.models import *
print({})
"""


def told_of(house: House, what: str) -> str:
    return in_the_house(house, ASK.format(what))


def keep_a_copy(page, house: House, *, planted: bool = False) -> None:
    if not planted:
        in_the_house(house, PLANT)
    sign_in(page, house)
    page.goto(f"{house.address}/you/phone")
    page.get_by_role("button", name="Keep a copy here").click()
    page.get_by_text("This browser keeps a copy").wait_for()


def write(page, house: House, line: str) -> None:
    page.goto(f"{house.address}/capture")
    page.get_by_label("What happened?").fill(line)
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Written down on this phone").wait_for()


def all_sent(page, house: House) -> None:
    page.goto(f"{house.address}/phone")
    expect(page.get_by_text("Everything you wrote here has been sent")).to_be_visible(timeout=60_000)


# The supper of yesterday becomes a moment by the clock, sooner or later.
MOMENTS = "sorted(Moment.objects.filter(kind='met').exclude(text='Supper').values_list('text', flat=True))"


def test_what_is_kept_is_read_and_written_without_a_connection_and_sent_once(page, house):
    in_the_house(house, PLANT)
    why = in_the_house(house, AHEAD)
    keep_a_copy(page, house, planted=True)
    network = page.context

    network.set_offline(True)
    page.goto(f"{house.address}/")
    expect(page.get_by_role("main")).to_contain_text(why)
    kept = page.evaluate(KEPT)
    page.goto(f"{house.address}/meet")
    page.get_by_role("link", name="Weaving walk").click()
    page.get_by_text("weave a map").wait_for()
    brief = page.get_by_role("main").inner_text()
    page.goto(f"{house.address}/people")
    page.get_by_label("Find somebody").fill("ada")
    page.get_by_role("link", name="Ada Byron").click()
    page.get_by_text("her looms").wait_for()
    read = page.get_by_role("main").inner_text()
    write(page, house, "Met Ada Byron, spoke of looms")
    before = told_of(house, MOMENTS)
    network.set_offline(False)
    all_sent(page, house)
    all_sent(page, house)

    assert ("her looms" in read, "weave a map" in read, "Ada Byron" in brief) == (True, True, True)
    assert ("weave a map" in kept, SENSITIVE in kept, MESSAGE in kept) == (True, False, False)
    assert (before, told_of(house, MOMENTS)) == ("[]", "['spoke of looms']")


def test_by_keyboard_alone_a_person_is_read_a_moment_written_and_a_nudge_answered(page, house):
    in_the_house(house, PLANT)
    in_the_house(house, AHEAD)
    keep_a_copy(page, house, planted=True)
    page.context.set_offline(True)
    page.goto(f"{house.address}/")
    written = page.get_by_text("Written down on this phone")

    tab_to(page, "People")
    page.keyboard.press("Enter")
    page.get_by_label("Find somebody").wait_for()
    tab_to(page, "Ada Byron")
    page.keyboard.press("Enter")
    page.get_by_text("her looms").wait_for()
    tab_to(page, "Write")
    page.keyboard.press("Enter")
    page.get_by_label("What happened?").wait_for()
    tab_to(page, "")
    page.keyboard.type("Met Ada Byron, spoke of looms")
    tab_to(page, "Write it down")
    page.keyboard.press("Enter")
    expect(written).to_be_focused()
    tab_to(page, "Today")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Not today").wait_for()
    tab_to(page, "Not today")
    page.keyboard.press("Enter")
    expect(written).to_be_focused()

    page.context.set_offline(False)
    all_sent(page, house)
    assert told_of(house, MOMENTS) == "['spoke of looms']"
    assert told_of(house, "Nudge.objects.get().state") == "not today"


def test_nothing_is_lost_when_the_browser_is_killed_and_nothing_private_lies_on_its_disk(
    house, tmp_path, browser
):
    # The whole one: what it leaves on a disk is what an owner's own browser leaves.
    with_profile = {"executable_path": chromium(), "args": CHROMIUM_WORDS, "viewport": PHONE}
    opened = browser.browser_type.launch_persistent_context(tmp_path / "profile", **with_profile)
    page = opened.pages[0]
    keep_a_copy(page, house)
    workers, held = page.evaluate(HELD)
    opened.set_offline(True)
    write(page, house, "Met Kofi Novak, he laughed")
    opened.close()

    again = browser.browser_type.launch_persistent_context(tmp_path / "profile", **with_profile)
    all_sent(again.pages[0], house)
    again.close()

    assert told_of(house, MOMENTS) == "['he laughed']"
    assert (workers, "false" in held.splitlines(), "Ada" in held) == (1, True, False)
    assert (SENSITIVE in held, MESSAGE in held) == (False, False)


def test_two_who_say_different_things_are_shown_both_and_the_choice_is_kept(page, house):
    keep_a_copy(page, house)
    page.context.set_offline(True)
    page.goto(f"{house.address}/people")
    page.get_by_role("link", name="Ada Byron").click()
    page.get_by_text("weave a map").click()
    page.get_by_label("A hope").first.fill("weave an atlas")
    page.locator("form[data-write=hope] button").click()
    page.get_by_text("Written down on this phone").wait_for()
    told_of(house, "Hope.objects.update(text='weave a globe')")

    page.context.set_offline(False)
    page.goto(f"{house.address}/phone")
    both = page.locator("article dd")
    expect(both).to_have_text(["weave a globe", "weave an atlas"])
    page.get_by_role("button", name="Take this phone").click()
    expect(page.get_by_text("Everything you wrote here has been sent")).to_be_visible()

    assert told_of(house, "Hope.objects.get().text") == "weave an atlas"


def test_a_supper_is_looked_back_on_offline_in_six_taps_and_a_no_looks_like_silence(browser, house):
    opened = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    opened.set_default_timeout(30_000)
    page, taps = opened.new_page(), 0
    keep_a_copy(page, house)
    opened.set_offline(True)
    page.goto(f"{house.address}/meet")

    for part in (
        page.get_by_role("link", name="Look back"),
        page.locator("fieldset", has_text="Ada Byron").get_by_text("yes", exact=True),
        page.locator("fieldset", has_text="Ada Byron").get_by_text("admire", exact=True),
        page.locator("fieldset", has_text="Kofi Novak").get_by_text("not really", exact=True),
        page.get_by_text("gave energy", exact=True),
        page.get_by_role("button", name="That is all"),
    ):
        part.tap()
        taps += 1
    page.get_by_text("Written down on this phone").wait_for()
    kept = page.evaluate(OUTBOX)
    opened.set_offline(False)
    all_sent(page, house)
    after = page.evaluate(OUTBOX)
    opened.close()

    (written,) = kept
    answers = sorted(written["fields"]["answers"].values())
    assert (taps, answers, after) == (6, ["didn't talk", "yes"], [])
    there = told_of(
        house, "list(Attendance.objects.order_by('name').values_list('there', 'moment__felt', 'name'))"
    )
    assert (
        there
        == "[(True, 'gave energy', 'Ada Byron'), (True, None, 'Kofi Novak'), (False, None, 'Rosa Keita')]"
    )


def still_held(page):
    """Give what the phone holds when it has had time to forget: it does so once the page is there."""
    until = time.monotonic() + 10
    while (held := page.evaluate(HELD)) != [0, ""] and time.monotonic() < until:
        time.sleep(0.1)
    return held


def test_signing_out_and_being_forgotten_leave_nothing_behind(page, house):
    keep_a_copy(page, house)
    page.goto(f"{house.address}/you")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    signed_out = still_held(page)

    link = in_the_house(
        house,
        "import django\ndjango.setup()\nfrom amity.owner.actions import *\nprint(new_link(local_owner()))",
    )
    page.goto(f"{house.address}/sign-in/{link}")
    page.get_by_role("button", name="Open it").click()
    page.goto(f"{house.address}/you/phone")
    page.get_by_role("button", name="Keep a copy here").click()
    page.get_by_text("This browser keeps a copy").wait_for()
    told_of(house, "Device.objects.all().delete()")
    page.goto(f"{house.address}/people")
    page.wait_for_url("**/sign-in")

    assert signed_out == [0, ""]
    assert still_held(page) == [0, ""]
    assert page.evaluate("localStorage.length") == 0
