"""Whatever is written into whichever field of whichever form: it is kept, or comes back with one sentence."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator

import pytest
from django.db import connection, transaction

from amity.moments.models import Promise
from browsing import Browser, words_of
from cast import a_person
from forms import Form, forms_of
from planting import addresses, plant

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LONG = "Long name " * 1000
SCRIPT = "<script>alert(1)</script>"
ODD = f"</textarea>{SCRIPT} שלום עולם \N{WOMAN}\N{ZERO WIDTH JOINER}\N{ROCKET}"
WORDS = {"text", "search", "textarea"}
# What somebody has to press for a field to be read at all.
PRESSED = {"/people/many": {"do": "join"}}
CLASH, BROKEN = 409, 500


def forms(browser: Browser, pages: dict[str, str]) -> Iterator[tuple[str, Form]]:
    """Give every form of every page once, with where it goes."""
    seen = set()
    for address in (at for at in pages.values() if "nothing" not in at):
        answer = browser.get(address)
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            for form in forms_of(answer.content.decode()):
                known = form.method, form.action or address, tuple(form.written)
                if known not in seen:
                    seen.add(known)
                    yield form.action or address, form


def send(browser: Browser, where: str, form: Form, names: Iterable[str], text: str) -> tuple[int, str, str]:
    """Say something in these fields and take it back; give status, page, and what was written down."""
    kept: list[str] = []
    cookies = browser.cookies.copy()

    def listen(execute, sql, values, many, context):
        if sql.startswith(("INSERT", "UPDATE")):
            kept.extend(map(str, values))
        return execute(sql, values, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(listen):
            ask = browser.get if form.method == "get" else browser.post
            answer = ask(where, form.filled(**PRESSED.get(where, {}), **dict.fromkeys(names, text)))
        leads = answer.headers.get("Location")
        page = browser.get(leads) if leads and text == ODD else answer
        transaction.set_rollback(True)
    browser.cookies = cookies
    return answer.status_code, page.content.decode(), "\n".join(kept)


def wrong_with(form: Form, names: Iterable[str], text: str, status: int, page: str, kept: str) -> str:
    """Say what is wrong with an answer, '' where nothing is."""
    if status >= 500 or SCRIPT in page:
        return f"{status}, {'not ' if SCRIPT in page else ''}escaped"
    asked = [name for name in names if form.written[name] != "password" and name != "code"]  # secrets
    if form.method == "get" or not asked:
        return ""
    back, sentences = html.unescape(page).count(text.strip()), page.count('class="error"')
    if status < 400:
        in_json = json.dumps(text.strip())[1:-1]
        return "" if text.strip() in kept or in_json in kept or (status == 200 and back) else f"{status} lost"
    if back >= len(asked) and 1 <= sentences <= len(asked):
        return ""
    return f"{status}, {back} times back, {sentences} sentences"


@pytest.mark.parametrize("text", [LONG, ODD], ids=["long", "odd"])
def test_no_field_of_any_form_breaks_a_page_or_loses_a_word(maya, text):
    browser = Browser(maya)
    browser.raise_request_exception = False
    pages = addresses(plant(maya, "Zenon"))

    wrong, fields = {}, 0
    for where, form in list(forms(browser, pages)):
        words = [name for name, kind in form.written.items() if kind in WORDS]
        together = [words] if text == ODD and words else []
        for names in [*together, *([name] for name in form.written if name not in words or text == LONG)]:
            fields += len(names)
            if trouble := wrong_with(form, names, text, *send(browser, where, form, names, text)):
                wrong[f"{form.method} {where} {', '.join(names)}"] = trouble

    assert wrong == {}
    assert fields > 80


def test_a_form_sent_as_it_was_drawn_breaks_nothing_and_clashes_with_nothing(maya):
    browser = Browser(maya)
    browser.raise_request_exception = False
    drawn = list(forms(browser, addresses(plant(maya, "Zenon"))))

    sent = [(where, "seen" in form.filled(), send(browser, where, form, (), "")[0]) for where, form in drawn]

    assert [where for where, _, status in sent if status >= BROKEN] == []
    assert [where for where, is_of_words, status in sent if is_of_words and status == CLASH] == []
    assert sum(is_of_words for _, is_of_words, _ in sent) > 5


def test_a_promise_due_in_the_year_9999_comes_back_with_one_sentence_and_all_that_was_typed(maya):
    ada = a_person("Ada").person

    answer = Browser(maya).post(f"/people/{ada.uid}/promises", {"text": "the paper", "due": "9999-01-01"})

    page = answer.content.decode()
    assert (answer.status_code, Promise.objects.count()) == (422, 0)
    assert "Days lie between the years 1800 and 2100 here." in words_of(answer)
    assert ('value="the paper"' in page, 'value="9999-01-01"' in page) == (True, True)
