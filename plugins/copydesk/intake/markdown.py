"""Texts in Markdown, as scrapers for language models, web clippers and converters write pages.

They are rendered (CommonMark with tables and strikethrough) and read as a page is, so that links, emphasis, lists,
code and section heads come along. No page stands around their lines: what is furniture is judged as in a text dump.
Facts above the text (YAML front matter, or the lines before "Markdown Content:") are those of a record.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from copydesk.intake import html
from copydesk.intake.decode import decode
from copydesk.intake.fields import address_by_fields, declared_by_fields
from copydesk.intake.recognise import CONTENT_LINE, FRONT_MATTER
from copydesk.intake.wrap import is_wrapped
from copydesk.model import Source

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MOST_FACTS, MOST_OPENED = 16_000, 200
"""Characters of facts above a text, and lists that YAML may open there: it takes long for deep ones."""

_CONTENT = re.compile(CONTENT_LINE.decode(), re.MULTILINE)
_FRONT = re.compile(FRONT_MATTER.decode(), re.MULTILINE | re.DOTALL)
_FACT = re.compile(r"^([A-Za-z][A-Za-z -]{1,30}):[ \t]+(\S.*)$", re.MULTILINE)
_NUMBERED_PICTURE = re.compile(r"!\[Image \d+(?:: )?")
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|\n]*\|)?([^\]\n]*)\]\]")


def read(data: bytes, name: str) -> Source:
    """Return a text in Markdown as a Source. Raises RefusedSeed where it has no text at all."""
    decoded = decode(data)
    facts, text = _parted(decoded.text)
    page = html.read(b'<meta charset="utf-8">' + _rendered(text).encode("utf-8", "replace"), name)
    return replace(
        page,
        sha256=hashlib.sha256(data).hexdigest(),
        form="markdown",
        is_markdown=True,
        encoding=decoded.encoding,
        notes=(*decoded.notes, *page.notes),
        url=address_by_fields(facts),
        declared=declared_by_fields(facts, page.declared),
    )


def _rendered(text: str) -> str:
    """Return the HTML of a text. Lines that no width has wrapped stay lines."""
    found: str = _parser(breaks=not is_wrapped(text.splitlines())).render(_NUMBERED_PICTURE.sub("![", text))
    return found


@cache
def _parser(*, breaks: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True, "breaks": breaks}).enable(["table", "strikethrough"])


def _parted(text: str) -> tuple[Mapping[str, Any], str]:
    """Return the facts above a text, by their names, and the text itself."""
    if (found := _FRONT.match(text)) and (facts := _front_matter(found[1])):
        return facts, text[found.end() :]
    found = _CONTENT.search(text, 0, MOST_FACTS)
    if found:
        return dict(_FACT.findall(text[: found.start()])), text[found.end() :]
    return {}, text


def _front_matter(told: str) -> Mapping[str, Any] | None:
    """Return the facts of a YAML front matter, all as texts; None where it is none.

    References inside of YAML are refused: a few lines of them can stand for billions.
    """
    import yaml

    plain = _WIKI_LINK.sub(r"\1", told)
    if plain.count("[") + plain.count("{") > MOST_OPENED:
        return None
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(plain, yaml.BaseLoader)):
            return None
        facts = yaml.load(plain, yaml.BaseLoader)  # noqa: S506  it makes nothing but texts, lists and dicts
    except (yaml.YAMLError, RecursionError):
        return None
    return facts if isinstance(facts, dict) else None
