"""What the doctor says of an address: what works from where, what would break, and the one thing to do."""

from __future__ import annotations

import pytest

from amity.book.whence import whence
from amity.owner.address import public_url, reach_of
from amity.settings import proxy_from_env

HERE, NEAR, ANYWHERE = "this machine only", "its own network", "from anywhere"
NO_PHONE, IN_THE_CLEAR = "the phone itself", "service worker"
IN_THE_NETWORK, EVERYWHERE = "once it trusts the certificate", "opens it from anywhere"
NOT_THEM, THEM = "Instead", "in one click"
TO_HTTPS, NAME_PROXY, NOTHING = "Caddy", "AMITY_PROXY", "nothing"
TABLE = [
    ("http://127.0.0.1:8000", "", HERE, NO_PHONE, NOT_THEM, NOTHING, True),
    ("http://localhost:8000", "", HERE, NO_PHONE, NOT_THEM, NOTHING, True),
    ("https://[::1]:8443", "127.0.0.1", HERE, NO_PHONE, NOT_THEM, NOTHING, True),
    ("http://192.168.1.5:8000", "", NEAR, IN_THE_CLEAR, NOT_THEM, TO_HTTPS, False),
    ("http://attic:8000", "", NEAR, IN_THE_CLEAR, NOT_THEM, TO_HTTPS, False),
    ("https://attic.local", "", NEAR, IN_THE_NETWORK, NOT_THEM, NAME_PROXY, False),
    ("https://attic.local", "127.0.0.1", NEAR, IN_THE_NETWORK, NOT_THEM, NOTHING, True),
    ("https://attic.tail1234.ts.net", "127.0.0.1", NEAR, IN_THE_NETWORK, NOT_THEM, NOTHING, True),
    ("https://100.101.102.103", "127.0.0.1", NEAR, IN_THE_NETWORK, NOT_THEM, NOTHING, True),
    ("http://amity.example.org", "127.0.0.1", ANYWHERE, IN_THE_CLEAR, NOT_THEM, TO_HTTPS, False),
    ("https://amity.example.org", "", ANYWHERE, EVERYWHERE, THEM, NAME_PROXY, False),
    ("https://amity.example.org", "127.0.0.1", ANYWHERE, EVERYWHERE, THEM, NOTHING, True),
]


@pytest.mark.parametrize(("url", "proxy", "address", "phone", "strangers", "step", "well"), TABLE)
def test_an_address_says_what_works_from_where_and_the_one_thing_to_do(
    url, proxy, address, phone, strangers, step, well
):
    said = whence(reach_of(url), proxy)

    assert (address in said.address, phone in said.phone, strangers in said.strangers) == (True, True, True)
    assert (step in said.step, said.well) == (True, well)


@pytest.mark.parametrize(
    ("url", "public", "phone"),
    [
        ("https://amity.example", "https://amity.example", "https://amity.example/you/phone"),
        ("http://amity.example", "", "http://amity.example/you/phone"),
        ("https://attic.local", "", "https://attic.local/you/phone"),
        ("http://127.0.0.1:8000", "", ""),
        ("https://localhost", "", ""),
        ("https://127.0.0.1:8443", "", ""),
    ],
)
def test_only_an_https_address_others_can_reach_is_public_and_a_phone_link_leads_off_this_machine(
    settings, url, public, phone
):
    settings.AMITY_URL = url

    assert (public_url(), reach_of(url).phone_link) == (public, phone)


def test_a_proxy_is_named_by_its_address_and_nothing_else_is_believed(monkeypatch):
    said = []
    for word in ("", "*", "127.0.0.1", "::1", "yes"):
        monkeypatch.setenv("AMITY_PROXY", word)
        try:
            said.append(proxy_from_env("AMITY_PROXY"))
        except Exception as wrong:  # noqa: BLE001  (Django's own; only its sentence matters)
            said.append(str(wrong))

    sentence = "AMITY_PROXY is the address of the proxy, such as 127.0.0.1, not 'yes'."
    assert said == ["", "*", "127.0.0.1", "::1", sentence]
