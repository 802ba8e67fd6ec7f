from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from amity.card import codes
from amity.card.queries import CardShown, FieldShown

URL = "https://amity.example.org/@maya"
LINK = "https://amity.example.org/@~Zr8kQ2mVtY0aB1-_"


def picture(code, side: int = 400) -> Image.Image:
    out = io.BytesIO()
    code.save(out, kind="png", scale=8, border=codes.MARGIN)
    return Image.open(out).convert("L").resize((side, side), Image.Resampling.LANCZOS)


def read(image: Image.Image) -> str:
    return "".join(found.text for found in zxingcpp.read_barcodes(image))


@pytest.mark.parametrize("url", [URL, LINK])
@pytest.mark.parametrize("angle", [0, 7, 30, 90, 180, 213])
def test_a_code_of_100_pixels_is_read_from_any_side(url, angle):
    image = picture(codes.url_code(url), 100).rotate(
        angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC
    )

    assert read(image) == url


@pytest.mark.parametrize("url", [URL, LINK])
@pytest.mark.parametrize("radius", [0.5, 0.8, 1.0])
def test_a_blurred_code_of_100_pixels_is_read(url, radius):
    assert read(picture(codes.url_code(url), 100).filter(ImageFilter.GaussianBlur(radius))) == url


def test_a_code_is_of_level_m_and_small():
    assert codes.url_code(URL).designator == "3-M"


def test_a_code_without_a_network_says_name_and_ways():
    fields = (
        FieldShown("email", "zoe@loom.example", "", ""),
        FieldShown("phone", "+49301234567", "", ""),
        FieldShown("url", "https://loom.example/zoe", "", ""),
        FieldShown("handle", "@zoe", "", ""),
    )
    card = CardShown("", "u", "Zoë Ångström; Lind", "Weaver", "", "", fields, withheld=False, has_photo=False)

    assert read(picture(codes.mecard_code(card))) == (
        "MECARD:N:Zoë Ångström\\; Lind;TEL:+49301234567;EMAIL:zoe@loom.example;"
        "URL:https\\://loom.example/zoe;MEMO:Weaver;;"
    )


def test_a_drawn_code_holds_no_text_and_no_style():
    drawn = codes.as_svg(codes.url_code(URL))

    assert drawn.startswith("<svg viewBox=")
    assert "amity" not in drawn
    assert "style" not in drawn
