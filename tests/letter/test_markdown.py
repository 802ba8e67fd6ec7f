"""What the owner writes becomes clean HTML and plain text, and nothing of a stranger's runs or reports."""

from __future__ import annotations

import pytest

from amity.letter.markdown import to_html, to_text

WORDS = """# Two weeks

I *liked* the [talk](https://talks.example/loom).

- one
- two

> Take your time.
"""


def test_markdown_becomes_html():
    assert to_html(WORDS) == (
        "<h1>Two weeks</h1>\n"
        '<p>I <em>liked</em> the <a href="https://talks.example/loom">talk</a>.</p>\n'
        "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
        "<blockquote>\n<p>Take your time.</p>\n</blockquote>"
    )


def test_and_text_that_reads_well():
    assert to_text(WORDS) == (
        "Two weeks\n\nI liked the talk (https://talks.example/loom).\n\n- one\n\n- two\n\n> Take your time."
    )


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "<img src=https://spy.example/pixel.gif>",
        "![x](https://spy.example/pixel.gif)",
        "![x](//spy.example/p)",
        "![x](data:image/png;base64,AAAA)",
        "[x](javascript:alert(1))",
        "<style>p{background:url(https://spy.example)}</style>",
        '<p onclick="alert(1)" style="background:url(https://spy.example)">x</p>',
    ],
)
def test_nothing_of_a_strangers_is_loaded_or_run(words):
    html = to_html(words)

    assert "<img" not in html
    assert "<script" not in html
    assert "<style" not in html
    assert "<p on" not in html
    assert 'href="javascript' not in html


def test_a_picture_of_the_owners_own_is_shown_and_in_mail_by_its_whole_address():
    words = "![Our table](/letters/pictures/0123456789ab.jpg)"

    assert to_html(words) == '<p><img src="/letters/pictures/0123456789ab.jpg" alt="Our table"></p>'
    assert 'src="https://ines.example/letters/pictures/0123456789ab.jpg"' in to_html(
        words, base="https://ines.example"
    )
    assert to_text(words) == "Our table"
