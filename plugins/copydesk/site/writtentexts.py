"""What texts by hand tell of themselves: their section heads with anchors, their summary, how many words they have.

To look into one takes BeautifulSoup, which is slow to load: what was found is kept for the next build.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.enrich.language import direction_of
from copydesk.enrich.reading import count_words
from copydesk.enrich.summary import first_sentences
from copydesk.model import Section
from copydesk.packing import pack_value, unpack_value
from copydesk.render.html import anchor, written
from copydesk.site.code import code_digest
from copydesk.store import key_of
from copydesk.structure.fragments import fragments
from copydesk.wholefile import write_whole

if TYPE_CHECKING:  # loaded where something new was written by hand
    from bs4 import BeautifulSoup

RECORD = "written.json"
HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
LIBRARIES = ("beautifulsoup4",)

ALIGNED = re.compile(r"^text-align: (left|center|right);$")


class Heading(NamedTuple):
    """A section head: its text, its fragment, its level as in HTML."""

    text: str
    fragment: str
    level: int


class ShownImage(NamedTuple):
    """A picture that a text shows: its address as it stands there, and the words for those who don't see it."""

    address: str
    alt: str


class WrittenText(NamedTuple):
    """A text by hand, as HTML for feeds and with its section heads' anchors for its page, and what it tells of itself.

    `summary` is the beginning of its first paragraph.
    """

    feed_html: str
    page_html: str
    headings: tuple[Heading, ...]
    images: tuple[ShownImage, ...]
    summary: str
    direction: str
    words: int

    def contents(self) -> tuple[Section, ...]:
        """Return the section heads as a table of contents."""
        return tuple(Section(heading.text, heading.fragment, (), heading.level) for heading in self.headings)


class WrittenTexts:
    """The texts by hand of one build; what the last one found is in the record."""

    def __init__(self, state: Path, anchors: bool) -> None:
        """Take up the record in the folder `state`; `anchors` tells whether section heads get a link to copy."""
        self._record = state / RECORD
        self._anchors = anchors
        self._now: dict[str, WrittenText] = {}

    @cached_property
    def _former(self) -> dict[str, WrittenText]:
        """What the last build found."""
        return _read(self._record)

    def of(self, html: str) -> WrittenText:
        """Return what a text in HTML tells of itself."""
        key = key_of(code_digest(LIBRARIES), str(self._anchors), html)
        self._now[key] = found = self._former.get(key) or _look_into(html, self._anchors)
        return found

    def remember(self) -> None:
        """Record what was found for the next build."""
        if self._now != self._former:
            write_whole(self._record, pack_value(self._now))


def _read(record: Path) -> dict[str, WrittenText]:
    try:
        return {key: _text_of(*told) for key, told in unpack_value(record.read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _text_of(feed_html: str, page_html: str, headings: list[Any], images: list[Any], *rest: Any) -> WrittenText:
    heads, shown = tuple(Heading(*told) for told in headings), tuple(ShownImage(*told) for told in images)
    return WrittenText(feed_html, page_html, heads, shown, *rest)


def _look_into(html: str, anchors: bool) -> WrittenText:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    feed_html = written(soup) if _class_alignment(soup) else html
    text = soup.get_text(" ")
    summary = _summary(soup)
    images = tuple(
        ShownImage(str(image["src"]), str(image.get("alt") or "")) for image in soup.find_all("img", src=True)
    )
    headings = _anchored(soup) if anchors else ()
    page_html = written(soup) if headings else feed_html
    return WrittenText(feed_html, page_html, headings, images, summary, direction_of(text), count_words(text))


def _class_alignment(soup: BeautifulSoup) -> bool:
    """Turn the styles in which Markdown aligns the cells of a table into classes; tell whether there were some.

    The content security policy lets no style in an attribute through.
    """
    cells = soup.find_all(["th", "td"], style=ALIGNED)
    for cell in cells:
        cell["class"] = f"align-{ALIGNED.match(str(cell['style']))[1]}"  # type: ignore[index]
        del cell["style"]
    return bool(cells)


def _summary(soup: BeautifulSoup) -> str:
    """Return the beginning of the first paragraph that has text; one may hold a picture alone."""
    texts = (paragraph.get_text(" ", strip=True) for paragraph in soup.find_all("p"))
    return first_sentences(next(filter(None, texts), ""))


def _anchored(soup: BeautifulSoup) -> tuple[Heading, ...]:
    """Give every section head in `soup` a fragment and an anchor; return them."""
    from bs4 import BeautifulSoup

    found = soup.find_all(list(HEADINGS))
    texts = [heading.get_text(" ", strip=True) for heading in found]
    own = [str(element["id"]) for element in soup.find_all(id=True)]
    made = iter(fragments((text for heading, text in zip(found, texts, strict=True) if not heading.get("id")), own))
    contents = []
    for heading, text in zip(found, texts, strict=True):
        fragment = str(heading.get("id") or next(made))
        heading["id"] = fragment
        heading.append(BeautifulSoup(anchor(fragment, text), "html.parser"))
        contents.append(Heading(text, fragment, HEADINGS[heading.name]))
    return tuple(contents)
