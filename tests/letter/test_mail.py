"""A letter as it arrives: headers, two parts, both themes, a signature over what matters."""

from __future__ import annotations

import subprocess
from pathlib import Path

import dkim
import pytest
from django.utils import timezone

from amity.letter import actions, dress, pictures
from amity.letter.doctor import examine, public_key
from amity.owner.actions import NotPossible
from letter_cast import a_reader, ines_letter, send_all
from nameserver import a_name_server
from sink import parsed

pytestmark = pytest.mark.django_db
WORDS = "# One\n\nHello *you*, [a link](https://a.example/?a=1&b=2).\n\n- a list\n"


def a_sent_letter(head, words=WORDS):
    a_reader(head)
    actions.send(actions.draft(head.owner, "Two weeks", words), now=timezone.now())
    send_all(head)


def test_a_letter_has_every_header_of_a_list_and_reads_in_both_parts(sink):
    head = ines_letter()

    a_sent_letter(head)

    mail = parsed(sink.mails[0][2])
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert {
        name: mail[name] for name in ("From", "To", "Subject", "List-Id", "List-Help", "List-Archive")
    } == {
        "From": "Ines Lund <ines@letters.example>",
        "To": "Ada <ada@a.example>",
        "Subject": "Two weeks",
        "List-Id": "Small tables <small-tables.ines.example>",
        "List-Help": "<https://ines.example/letters/small-tables>",
        "List-Archive": "<https://ines.example/letters/small-tables>",
    }
    assert "Hello you, a link (https://a.example/?a=1&b=2)." in text
    assert "[[" not in text + html
    assert "\n\n\n" not in text


def test_the_html_is_one_column_with_both_themes_and_reports_to_nobody():
    head = ines_letter()

    html = dress.edition(head, actions.draft(head.owner, "Two weeks", WORDS)).html

    assert '<html lang="en"' in html
    assert "max-width:600px" in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert 'name="color-scheme" content="light dark"' in html
    assert "<img" not in html
    assert 'href="https://a.example/?a=1&amp;b=2"' in html
    assert len(html.encode()) < 10_000


def test_a_letter_above_100_kb_is_refused():
    head = ines_letter()
    a_reader(head)

    with pytest.raises(NotPossible, match="above 100 KB"):
        actions.send(actions.draft(head.owner, "Long", "word " * 30_000), now=timezone.now())


@pytest.fixture
def key(tmp_path, settings):
    """Make a key and let letters be signed with it; give the record that is published."""
    path = tmp_path / "dkim.pem"
    subprocess.run(
        ["openssl", "genrsa", "-traditional", "-out", path, "2048"], check=True, capture_output=True
    )
    settings.AMITY_DKIM = f"amity:{path}"
    return f"v=DKIM1; k=rsa; p={public_key(path.read_bytes())}".encode()


def test_a_signature_covers_both_unsubscribe_headers(sink, key):
    head = ines_letter()

    a_sent_letter(head)

    raw = sink.mails[0][2]
    asked = []

    def dns(name, timeout=5):
        asked.append(name)
        return key

    assert dkim.verify(raw, dnsfunc=dns)
    assert asked == [b"amity._domainkey.letters.example."]
    for name in (b"List-Unsubscribe: <", b"List-Unsubscribe-Post: List", b"Subject: Two", b"Hello"):
        assert not dkim.verify(raw.replace(name, name + b"x", 1), dnsfunc=dns), name


def test_the_public_half_of_a_key_is_what_openssl_says(key, settings):
    path = settings.AMITY_DKIM.partition(":")[2]
    said = subprocess.run(
        ["openssl", "rsa", "-in", path, "-pubout"], check=True, capture_output=True
    ).stdout.decode()

    assert public_key(Path(path).read_bytes()) == "".join(said.splitlines()[1:-1])


def test_the_doctor_says_what_is_missing(settings):
    settings.AMITY_SMTP = ""
    owner = ines_letter().owner

    (found,) = examine(owner, now=timezone.now())

    assert (found.well, "Set AMITY_SMTP" in found.says or "AMITY_FROM" in found.says) == (False, True)


def test_the_doctor_tells_what_to_publish_where_dns_does_not_answer(sink, key, monkeypatch):
    import dns.exception
    import dns.resolver

    def silent(*_args, **_more):
        raise dns.exception.Timeout

    monkeypatch.setattr(dns.resolver, "resolve", silent)

    found = {one.what: one for one in examine(ines_letter().owner, now=timezone.now())}

    assert found["mail server"].well
    assert found["DKIM"].publish == f'amity._domainkey.letters.example. TXT "{key.decode()}"'
    assert found["SPF"].publish.startswith('letters.example. TXT "v=spf1')
    assert found["DMARC"].publish.startswith('_dmarc.letters.example. TXT "v=DMARC1')


def findings(records):
    """Give what the doctor says of each record of Ines's domain, with a name server that has these."""
    import dns.resolver

    with pytest.MonkeyPatch.context() as here, a_name_server(records) as resolver:
        here.setattr(dns.resolver, "default_resolver", resolver)
        found = examine(ines_letter().owner, now=timezone.now())
    return {
        one.what: (one.well, one.says, one.publish) for one in found if one.what in {"SPF", "DKIM", "DMARC"}
    }


SPF, DMARC = "v=spf1 mx ~all", "v=DMARC1; p=quarantine"
KEY, POLICY = "amity._domainkey.letters.example", "_dmarc.letters.example"


def test_the_doctor_reads_what_dns_answers(sink, key):
    record = key.decode()
    in_pieces = f'"{record[:200]}" "{record[200:]}"'

    said = findings({"letters.example": ['"site=1"', f'"{SPF}"'], KEY: [in_pieces], POLICY: [f'"{DMARC}"']})

    assert said == {
        "SPF": (True, f"letters.example is published: {SPF}", ""),
        "DKIM": (True, f"{KEY} is published: {record[:200]}", ""),
        "DMARC": (True, f"{POLICY} is published: {DMARC}", ""),
    }


def test_the_doctor_says_what_to_publish_for_what_dns_lacks_or_has_wrong(sink, key):
    record = key.decode()
    another = record[:-20] + "A" * 12 + record[-8:]

    lacking = findings({"letters.example": []})
    wrong = findings(
        {
            "letters.example": [f'"{SPF}"', '"v=spf1 -all"'],
            KEY: [f'"{another[:200]}" "{another[200:]}"'],
            POLICY: ['"hello"'],
        }
    )

    publish = {
        "SPF": 'letters.example. TXT "v=spf1 mx ~all"  (with your mail server in it)',
        "DKIM": f'{KEY}. TXT "{record}"',
        "DMARC": f'{POLICY}. TXT "v=DMARC1; p=none; rua=mailto:ines@letters.example"',
    }
    names = {"SPF": "letters.example", "DKIM": KEY, "DMARC": POLICY}
    assert lacking == {
        what: (False, f"{name} has no such record yet.", publish[what]) for what, name in names.items()
    }
    assert wrong == {
        "SPF": (False, "letters.example has more than one, and then none counts. Keep one.", ""),
        "DKIM": (False, f"{KEY} has another key than yours.", publish["DKIM"]),
        "DMARC": (False, f"{POLICY} has no such record yet.", publish["DMARC"]),
    }


def a_picture(width, height, kind="PNG"):
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (width, height), "olive").save(out, kind)
    return out.getvalue()


def test_a_picture_becomes_small_and_is_served_without_asking_who():
    kept = pictures.add(ines_letter().owner, a_picture(3000, 1500))

    assert (kept.width, kept.height) == (1200, 600)


@pytest.mark.parametrize(
    "raw", [b"x" * (20 * 1024 * 1024), b"no picture", b""], ids=["20 MB", "text", "nothing"]
)
def test_what_is_too_large_or_no_picture_is_refused(raw):
    with pytest.raises(NotPossible):
        pictures.add(ines_letter().owner, raw)


@pytest.mark.once
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_opened():
    with pytest.raises(NotPossible, match="pixels"):
        pictures.add(ines_letter().owner, a_picture(9000, 9000))
