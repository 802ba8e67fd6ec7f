from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from amity.journal.models import Import
from amity.moments.models import Moment
from amity.people.models import Person
from amity.sources import child
from amity.sources.actions import upload_folder
from amity.sources.uploads import receive
from browsing import Browser, words_of
from cast import day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]
CARDS = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Byron\r\nEMAIL:ada@looms.example\r\nEND:VCARD\r\n"
MAIL = b"""From: Ada Byron <ada@looms.example>\r
To: somebody@else.example\r
Date: Mon, 04 May 2026 09:00:00 +0000\r
Message-ID: <1@looms.example>\r
Subject: Looms\r
\r
Come and see them.\r
"""


def a_file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def dropped(browser: Browser, *files: SimpleUploadedFile):
    return browser.post("/import/begin", {"files": list(files)}, follow=True)


def test_a_file_is_looked_into_before_anything_happens(browser_of_maya):
    answer = dropped(browser_of_maya, a_file("friends.vcf", CARDS))

    assert "One new person would come into your book." in words_of(answer)
    assert "friends.vcf What it is: contact cards" in words_of(answer).replace(
        "contact cards one", "contact cards one"
    ) or ("friends.vcf contact cards one entry" in words_of(answer))
    assert Person.objects.of(Import.objects.get().owner).count() == 0


def test_yes_brings_them_in_and_the_files_are_gone(browser_of_maya):
    dropped(browser_of_maya, a_file("friends.vcf", CARDS))
    run = Import.objects.get()

    answer = browser_of_maya.post(f"/import/{run.uid}/go", {"words": "direct"}, follow=True)

    assert "One new person came into your book." in words_of(answer)
    assert Person.objects.get().name == "Ada Byron"
    assert not upload_folder(run).exists()


def test_no_leaves_nothing_behind(browser_of_maya):
    dropped(browser_of_maya, a_file("friends.vcf", CARDS))
    folder = upload_folder(Import.objects.get())

    answer = browser_of_maya.post(f"/import/{Import.objects.get().uid}/leave", follow=True)

    assert "Nothing yet. The same file twice changes nothing" in words_of(answer)
    assert (Import.objects.count(), folder.exists()) == (0, False)


def test_taking_it_back_takes_what_it_brought(browser_of_maya):
    dropped(browser_of_maya, a_file("friends.vcf", CARDS))
    run = Import.objects.get()
    browser_of_maya.post(f"/import/{run.uid}/go", {"words": "direct"})

    answer = browser_of_maya.post(f"/import/{run.uid}/undo", follow=True)

    assert "Taken back" in words_of(answer)
    assert Person.objects.count() == 0
    assert "taken back" in browser_of_maya.reads("/import")


def test_no_file_at_all_is_said_beside_the_form(browser_of_maya):
    answer = browser_of_maya.post("/import/begin")

    assert answer.status_code == 422
    assert "Say which files to bring in." in words_of(answer)


def test_what_cannot_be_read_says_why_and_offers_another_try(browser_of_maya):
    answer = dropped(browser_of_maya, a_file("holiday.pages", b"\x00\x01 nothing anybody knows"))

    text = words_of(answer)
    assert "Nothing here could be read." in text
    assert "Try another file" in text
    assert "could not be read" in browser_of_maya.reads("/import")


def test_mail_asks_which_address_is_ones_own_and_reads_once_more(browser_of_maya, maya):
    asked = dropped(browser_of_maya, a_file("looms.eml", MAIL))
    run = Import.objects.get()

    answer = browser_of_maya.post(
        f"/import/{run.uid}/again", {"address": "somebody@else.example"}, follow=True
    )
    browser_of_maya.post(f"/import/{run.uid}/go", {"words": "none"})

    assert "Which e-mail address is yours?" in words_of(asked)
    assert "One new person and one moment would come into your book." in words_of(answer)
    assert Moment.objects.values_list("day", "direction", "text").get() == (day("2026-05-04"), "in", "")


def test_a_chat_asks_which_name_is_ones_own_and_reads_once_more(browser_of_maya):
    asked = dropped(
        browser_of_maya,
        a_file("chat.txt", b"13/02/2023, 09:15 - Lark: Open?\n13/02/2023, 09:16 - Ilse: Yes\n"),
    )
    run = Import.objects.get()

    answer = browser_of_maya.post(f"/import/{run.uid}/again", {"own_name": "Lark"}, follow=True)
    browser_of_maya.post(f"/import/{run.uid}/go", {"words": "direct"})

    assert "What is your name in the chat?" in words_of(asked)
    assert "One new person and two moments would come into your book." in words_of(answer)
    assert [person.name for person in Person.objects.all()] == ["Ilse"]


def test_an_address_that_is_none_is_said_beside_its_field(browser_of_maya):
    dropped(browser_of_maya, a_file("looms.eml", MAIL))

    answer = browser_of_maya.post(f"/import/{Import.objects.get().uid}/again", {"address": "nobody"})

    assert answer.status_code == 422
    assert "'nobody' does not look like an email" in words_of(answer)


def test_two_files_may_be_called_alike_and_no_name_leaves_its_folder(maya):
    run = receive(maya, [a_file("a.vcf", CARDS), a_file("a.vcf", CARDS), a_file("..\\..\\evil\n.vcf", CARDS)])

    folder = upload_folder(run)
    assert [str(Path(path).relative_to(folder)) for path in run.paths] == ["1/a.vcf", "2/a.vcf", "3/evil.vcf"]
    assert {Path(path).stat().st_mode & 0o777 for path in run.paths} == {0o600}


def test_a_large_file_is_moved_and_never_read_into_memory(maya):
    large = TemporaryUploadedFile("large.mbox", "application/mbox", 5, None)
    large.write(b"From ")
    large.flush()

    run = receive(maya, [large])

    assert Path(run.paths[0]).read_bytes() == b"From "
    assert not Path(large.temporary_file_path()).exists()
    assert Path(large.temporary_file_path()).parent == settings.AMITY_HOME / "uploads"


def test_progress_says_how_far_it_is_and_can_be_left(browser_of_maya, maya):
    run = Import.objects.create(owner=maya, paths=["/a.zip"], state="reading", preview=True, done=1500)

    page, part = browser_of_maya.reads(f"/import/{run.uid}/progress"), Browser(maya, htmx=True)

    assert "Reading: 1,500 entries so far" in page
    assert "You can leave this page" in page
    assert 'hx-trigger="load delay:400ms"' in part.get(f"/import/{run.uid}/progress").content.decode()


def test_progress_goes_on_by_itself_once_it_is_finished(script_of_maya, maya):
    run = Import.objects.create(owner=maya, paths=["/a.zip"], state="arrived")

    answer = script_of_maya.get(f"/import/{run.uid}/progress")

    assert answer.headers["HX-Redirect"] == f"/import/{run.uid}"


def test_it_goes_on_only_when_the_day_is_planned_too(script_of_maya, maya, monkeypatch):
    run = Import.objects.create(owner=maya, paths=["/a.zip"], state="arrived")
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as work:
        monkeypatch.setitem(child._children, run.uid, work)
        meanwhile = script_of_maya.get(f"/import/{run.uid}/progress")
        work.communicate(b"\n")
    afterwards = script_of_maya.get(f"/import/{run.uid}/progress")

    assert "Everybody is in; looking who is here twice, and planning your day" in words_of(meanwhile)
    assert afterwards.headers["HX-Redirect"] == f"/import/{run.uid}"


def test_a_preview_that_still_counts_does_not_wait_for_a_yes(browser_of_maya, maya):
    run = Import.objects.create(owner=maya, paths=["/a.zip"], state="ready", preview=True)

    answer = browser_of_maya.post(f"/import/{run.uid}/go")

    assert "That import is not waiting for a yes." in words_of(answer)
    assert "Comparing with the people you have" in browser_of_maya.reads(f"/import/{run.uid}/progress")


def test_dropping_files_ends_the_first_two_minutes(maya):
    maya.welcomed = False
    maya.save()

    dropped(Browser(maya), a_file("friends.vcf", CARDS))

    maya.refresh_from_db()
    assert maya.welcomed


def test_a_zip_of_another_kind_is_refused_in_a_sentence(browser_of_maya):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("readme.txt", "nothing")

    text = words_of(dropped(browser_of_maya, a_file("odd.zip", archive.getvalue())))

    assert "odd.zip" in text
    assert "Nothing here could be read." in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_history_asks_no_more_questions(maya, count, django_assert_max_num_queries):
    for number in range(count):
        Import.objects.create(owner=maya, paths=[f"/{number}.zip"], state="arrived")
    browser = Browser(maya)

    with django_assert_max_num_queries(4):
        browser.get("/import")
