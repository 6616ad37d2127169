"""Texts in Markdown, as scrapers for language models, web clippers and converters write pages.

They are rendered (CommonMark with tables and strikethrough) and read as a page is, so that links, emphasis, lists,
code and section heads come along. No page stands around their lines: what is furniture is judged as in a text dump.
Facts above the text (YAML front matter, or the lines before "Markdown Content:") are those of a record.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from copydesk.errors import RefusedSeed
from copydesk.intake import html
from copydesk.intake.decode import decode
from copydesk.intake.fields import address_by_fields, declared_by_fields
from copydesk.intake.recognise import CONTENT_LINE
from copydesk.intake.wrap import WIDEST
from copydesk.model import Source

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MOST_FACTS, MOST_OPENED = 16_000, 200
"""Characters of facts above a text, and lists that YAML may open there: it takes long for deep ones."""

RUNNING, LONG, GOES_ON = 8, 0.1, 0.4
"""Words from which a line is running text; of such lines the share that is long at most where a width wraps them, and
the share that goes on in the next line at least. Of wrapped pages 99 % are so, of others 0.3 %."""

SHOWN = 0.5
"""Share of a text's letters that its page shows at least."""

_CONTENT = re.compile(CONTENT_LINE.decode(), re.MULTILINE)
_FRONT = re.compile(rf"\A---[ \t]*\n(.{{0,{MOST_FACTS}}}?\n)---[ \t]*$\n?", re.MULTILINE | re.DOTALL)
_FACT = re.compile(r"^([A-Za-z][A-Za-z -]{1,30}):[ \t]+(\S.*)$", re.MULTILINE)
_BROKEN_HEAD = re.compile(r"^#{1,6} [^\n]{40,}(?:\n(?![\s#>*+|-]|\d+[.)]\s)[^\n]+){1,4}", re.MULTILINE)
_BROKEN_ADDRESS = re.compile(r"\]\((?:[^()\s]{1,200}\n){1,20}[^()\s]{0,200}\)")
_ADDRESS = re.compile(r"\]\([^)\s]*\)?|https?://\S+|<[^<>\n]*>")
_NOT_WRAPPED = re.compile(r"\s*(?:[*+-]|\d+[.)]|[#>]+|\|.*)(?:\s|$)")
_NUMBERED_PICTURE = re.compile(r"!\[Image \d+(?:: )?")
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|\n]*\|)?([^\]\n]*)\]\]")


def read(data: bytes, name: str) -> Source:
    """Return a text in Markdown as a Source. Raises RefusedSeed where it has no text at all."""
    decoded = decode(data)
    facts, text = _parted(decoded.text.replace("\r\n", "\n"))
    page = _page(text, name)
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


def _page(text: str, name: str) -> Source:
    """Return a text as the page that it is rendered to. Elements in it that hide most of it stand there as text.

    Lines that no width has wrapped stay lines; what one has broken is mended.
    """
    bare = _ADDRESS.sub("", text)
    if wrapped := _is_wrapped(bare):
        text = _BROKEN_ADDRESS.sub(lambda found: found[0].replace("\n", ""), text)
        text = _BROKEN_HEAD.sub(lambda found: found[0].replace("\n", " "), text)
    text = _NUMBERED_PICTURE.sub("![", text)
    with suppress(RefusedSeed):
        page = html.read_text(_rendered(text, breaks=not wrapped, elements=True), name)
        if _letters(page.lines) >= SHOWN * _letters((bare,)):
            return page
    return html.read_text(_rendered(text, breaks=not wrapped, elements=False), name)


def _letters(lines: Iterable[str]) -> int:
    return sum(char.isalnum() for line in lines for char in line)


def _rendered(text: str, *, breaks: bool, elements: bool) -> str:
    """Return the HTML of a text; line ends in it are `breaks` or blanks, `elements` in it are read or stand as text."""
    found: str = _parser(breaks=breaks, html=elements).render(text)
    return found


def _is_wrapped(bare: str) -> bool:
    """Tell whether running text is wrapped at a width: it has hardly a long line, and most go on in the next one.

    The text is `bare` of addresses; lists, tables and headings are out of account, since converters do not wrap them.
    """
    lines = [line for line in bare.splitlines() if not _NOT_WRAPPED.match(line)]
    running = [len(line.split()) >= RUNNING for line in lines]
    count = sum(running)
    long = sum(runs and len(line) > WIDEST for runs, line in zip(running, lines, strict=True))
    goes_on = sum(runs and bool(after.strip()) for runs, after in zip(running, lines[1:], strict=False))
    return count > 0 and long <= LONG * count and goes_on >= GOES_ON * count


@cache
def _parser(*, breaks: bool, html: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": html, "breaks": breaks}).enable(["table", "strikethrough"])


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
