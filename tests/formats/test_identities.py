from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.formats.identities import is_role, normal_email, normal_phone, normal_url, region_of

SIGNS = "ab.B+@/:?#%[]-_ 1ßİ\u212a\\"
PARTS = [
    "http://",
    "www.",
    "x.org",
    "linkedin.com",
    "uk.",
    "/",
    "%2F",
    "%25",
    "%3F",
    "a",
    "É",
    "%C3%89",
    "%ff",
    " ",
]
ODD_URLS = st.text(st.sampled_from(SIGNS)) | st.text() | st.lists(st.sampled_from(PARTS)).map("".join)
ODD_ADDRESSES = st.text(st.sampled_from(SIGNS)) | st.emails() | st.from_regex(r"[a.+]+@(gmail|x)\.com")


@pytest.mark.parametrize(
    "spelling",
    [
        "ada.byron@gmail.com",
        "Ada.Byron@Gmail.com",
        "adabyron@googlemail.com",
        "ada.byron+dinner@gmail.com",
        " <ada.byron@gmail.com> ",
        "MAILTO:ada.byron@gmail.com",
    ],
)
def test_spellings_of_one_gmail_address_are_one(spelling):
    assert normal_email(spelling) == "adabyron@gmail.com"


def test_dots_mean_something_anywhere_but_at_gmail():
    assert normal_email("ada.byron+tag@weavers.example") == "ada.byron@weavers.example"


@pytest.mark.parametrize("text", ["", "ada", "ada@", "@x.org", "ada@home", "a b@x.org", "Ada <ada@x.org>"])
def test_what_is_no_address_is_no_identity(text):
    assert normal_email(text) == ""


@pytest.mark.parametrize(
    ("address", "desk"), [("info@x.org", True), ("Sales+eu@x.org", True), ("ada@x.org", False)]
)
def test_a_desk_is_told_from_a_person(address, desk):
    assert is_role(address) is desk


@pytest.mark.parametrize(
    "spelling",
    [
        "https://www.linkedin.com/in/ada-byron/",
        "http://uk.linkedin.com/in/Ada-Byron?trk=x#top",
        "linkedin.com/in/ada-byron",
        "//www.linkedin.com//in/ada%2Dbyron",
        "HTTPS://LinkedIn.com:443/in/ada-byron",
    ],
)
def test_spellings_of_one_profile_are_one(spelling):
    assert normal_url(spelling) == "linkedin.com/in/ada-byron"


def test_a_name_with_an_accent_is_one_however_it_is_quoted():
    assert normal_url("https://linkedin.com/in/Ren%C3%89e") == normal_url("linkedin.com/in/renée")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "//[",
        "http://[::1",
        "https://[::1]/ada",
        "ada",
        "http://",
        "mailto:ada@x.org",
        "http://a\u2100b.org/x",
        "a b.org/x",
    ],
)
def test_what_is_no_profile_is_no_identity(text):
    assert normal_url(text) == ""


@pytest.mark.parametrize(
    ("number", "region", "normal"),
    [
        ("020 7946 0018", "GB", "+442079460018"),
        ("+44 (0)20 7946 0018", "DE", "+442079460018"),
        ("030 901820", "DE", "+4930901820"),
        ("tel:+4930901820", "", "+4930901820"),
        ("030 901820", "", ""),
        ("555 0143", "US", ""),
        ("110", "DE", ""),
        ("call me", "DE", ""),
        ("9" * 300, "DE", ""),
    ],
)
def test_a_number_is_read_as_the_owners_country_writes_it(number, region, normal):
    assert normal_phone(number, region) == normal


@pytest.mark.parametrize(
    ("zone", "region"), [("Europe/Berlin", "DE"), ("Asia/Tokyo", "JP"), ("UTC", ""), ("Mars/Base", "")]
)
def test_a_time_zone_tells_the_country(zone, region):
    assert region_of(zone) == region


@given(ODD_ADDRESSES)
def test_normalising_an_address_again_changes_nothing(text):
    once = normal_email(text)

    assert normal_email(once) == once


@given(ODD_URLS)
def test_normalising_a_profile_again_changes_nothing(text):
    once = normal_url(text)

    assert normal_url(once) == once


@given(st.integers(10**5, 10**12).map(str) | st.text(), st.sampled_from(["", "GB", "DE", "US", "IT"]))
def test_normalising_a_number_again_changes_nothing(text, region):
    once = normal_phone(text, region)

    assert normal_phone(once, region) == once
