"""A letter's words: Markdown in, clean HTML and plain text out. Plain.

Raw HTML is text. Pictures are shown only where they are the owner's own; anything else becomes a link,
so that no stranger's server learns who opened the letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

PICTURES_PATH = "/letters/pictures/"
_OWN = re.compile(re.escape(PICTURES_PATH) + r"[0-9a-z]{12}\.jpg")
_TAGS = {
    *("h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "blockquote", "pre", "hr"),
    *("a", "em", "strong", "code", "br", "img", "del"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}


class _Renderer(RendererHTML):
    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        source, alt = str(token.attrs.get("src", "")), token.content
        base = str(env.get("base", ""))
        if _OWN.fullmatch(source):
            token.attrs["src"], token.attrs["alt"] = base + source, alt
            return self.renderToken(tokens, idx, options, env)
        return nh3.clean_text(alt or "picture")


def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(
        ["table", "strikethrough"]
    )


def to_html(words: str, *, base: str = "") -> str:
    """Give clean HTML; `base` is put before the address of the owner's pictures, for mail."""
    return nh3.clean(
        _reader().render(words, {"base": base}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    ).strip()


def to_text(words: str) -> str:
    """Give plain text for the other part of a mail: links in brackets, lists with dashes, no marks."""
    lines: list[str] = []
    prefix: list[str] = []
    for token in _reader().parse(words):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            prefix.append("1. " if token.type.startswith("ordered") else "- ")
        elif token.type == "blockquote_open":
            prefix.append("> ")
        elif token.type in {"bullet_list_close", "ordered_list_close", "blockquote_close"}:
            prefix.pop()
        elif token.type == "inline":
            lines += [_indented(prefix, _inline(token.children or [])), ""]
        elif token.type in {"fence", "code_block"}:
            lines += [token.content.rstrip(), ""]
        elif token.type == "hr":
            lines += ["---", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _indented(prefix: list[str], text: str) -> str:
    lead = "".join(prefix)
    rest = " " * len(lead) if not lead.endswith("> ") else lead
    return lead + text.replace("\n", "\n" + rest)


def _inline(tokens: Sequence[Token]) -> str:
    said, targets = "", []
    for token in tokens:
        if token.type in {"text", "code_inline", "image"}:
            said += token.content
        elif token.type in {"softbreak", "hardbreak"}:
            said += "\n"
        elif token.type == "link_open":
            targets.append(str(token.attrs.get("href", "")))
        elif token.type == "link_close":
            target = targets.pop()
            said += "" if said.endswith(target) else f" ({target})"
    return said
