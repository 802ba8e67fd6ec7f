from __future__ import annotations

import os
from pathlib import Path

import pytest

from amity.formats import maildir
from amity.formats.records import Message, Refused, Skipped
from formats.mail_sample import a_mail
from formats_golden import assert_golden

GOLDEN = Path(__file__).parent / "maildir"


@pytest.fixture
def folder(tmp_path):
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


def read(folder):
    return list(maildir.read(folder))


def test_a_maildir_becomes_its_golden_records():
    assert_golden(GOLDEN / "weavers", maildir.read)


def test_a_maildir_is_recognised_by_its_folders(folder, tmp_path_factory):
    assert maildir.recognise_folder(folder) is True
    assert maildir.recognise_folder(tmp_path_factory.mktemp("other")) is False


def test_another_folder_is_refused(tmp_path):
    with pytest.raises(Refused, match="A Maildir was expected"):
        read(tmp_path)


def test_an_empty_maildir_has_no_messages(folder):
    assert read(folder) == []


def test_messages_come_in_the_order_of_their_names_cur_before_new(folder):
    for name in ("new/1", "cur/20:2,S", "cur/10:2,", "new/0", "tmp/5", "cur/.hidden"):
        (folder / name).write_bytes(a_mail())

    assert [record.where for record in read(folder)] == ["cur/10:2,", "cur/20:2,S", "new/0", "new/1"]


@pytest.mark.parametrize(
    ("name", "automatic"),
    [
        ("1:2,", ""),
        ("1:2,FRS", ""),
        ("1:2,ST", "spam"),
        ("1:2,DS", "draft"),
        ("1!2,T", "spam"),
        ("1;2,T", "spam"),
        ("DT", ""),
    ],
)
def test_the_flags_of_a_name_tell_drafts_and_trash(folder, name, automatic):
    (folder / "cur" / name).write_bytes(a_mail())

    (message,) = read(folder)

    assert message.automatic == automatic


@pytest.mark.parametrize(
    ("name", "sent", "automatic"),
    [
        (".Sent", True, ""),
        (".INBOX.Sent", True, ""),
        ("Archive/2025/Sent", True, ""),
        (".Gesendet", True, ""),
        (".Junk", None, "spam"),
        (".Drafts", None, "draft"),
        (".Archive.2025", None, ""),
    ],
)
def test_a_subfolder_may_tell_what_its_messages_are(folder, name, sent, automatic):
    (folder / name / "cur").mkdir(parents=True)
    (folder / name / "new").mkdir()
    (folder / name / "cur" / "1:2,S").write_bytes(a_mail())

    (message,) = read(folder)

    assert (message.where, message.sent_by_owner, message.automatic) == (f"{name}/cur/1:2,S", sent, automatic)


def test_what_is_no_message_is_reported_and_the_rest_arrives(folder):
    (folder / "cur" / "1").write_bytes(b"\0\xff" * 500)
    (folder / "cur" / "2").write_bytes(b"")
    (folder / "cur" / "3").mkdir()
    (folder / "cur" / "4").symlink_to(folder / "cur" / "1")
    (folder / "cur" / "5").write_bytes(a_mail())

    *reported, message = read(folder)

    assert [(skipped.where, skipped.why) for skipped in reported] == [
        ("cur/1", "It has no mail header."),
        ("cur/2", "It has no mail header."),
        ("cur/3", "It is not a file."),
        ("cur/4", "It is not a file."),
    ]
    assert message.key == "one@loom.example"


def test_a_name_that_is_no_text_can_still_be_told(folder):
    (folder / "cur" / os.fsdecode(b"\xff\xfe")).write_bytes(a_mail())

    (message,) = read(folder)

    assert message.where.encode().startswith(b"cur/")


def test_a_message_that_cannot_be_opened_is_reported(folder, monkeypatch):
    (folder / "cur" / "1").write_bytes(a_mail())
    (folder / "cur" / "2").write_bytes(a_mail())
    opened = Path.open

    def locked(path, *how):
        if path.name == "1":
            raise PermissionError(13, "Permission denied")
        return opened(path, *how)

    monkeypatch.setattr(Path, "open", locked)

    skipped, message = read(folder)

    assert skipped == Skipped("cur/1", "It cannot be opened: Permission denied.")
    assert isinstance(message, Message)
