"""What texts by hand tell of themselves: their section heads with anchors, their summary, how many words they have.

To look into one takes BeautifulSoup, which is slow to load: what was found is kept for the next build.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from copydesk.cleaning.notes import is_correction
from copydesk.enrich.language import direction_of
from copydesk.enrich.reading import count_words
from copydesk.enrich.summary import first_sentences
from copydesk.model import Section
from copydesk.render.html import anchor, written
from copydesk.site.code import code_digest
from copydesk.site.kept import Kept
from copydesk.store import key_of
from copydesk.structure.fragments import fragments

if TYPE_CHECKING:  # loaded where something new was written by hand
    from bs4 import BeautifulSoup

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

    `summary` is the beginning of its first paragraph, `corrections` are the notes on mistakes that were put right.
    """

    feed_html: str
    page_html: str
    headings: tuple[Heading, ...]
    images: tuple[ShownImage, ...]
    summary: str
    direction: str
    words: int
    corrections: tuple[str, ...]

    def contents(self) -> tuple[Section, ...]:
        """Return the section heads as a table of contents."""
        return tuple(Section(heading.text, heading.fragment, (), heading.level) for heading in self.headings)


class WrittenTexts:
    """The texts by hand of one build; what earlier ones found is kept."""

    def __init__(self, kept: Kept, anchors: bool) -> None:
        """Take what is kept; `anchors` tells whether section heads get a link to copy."""
        self._kept = kept
        self._anchors = anchors

    def of(self, html: str) -> WrittenText:
        """Return what a text in HTML tells of itself."""
        key = key_of(code_digest(LIBRARIES), str(self._anchors), html)
        return self._kept.of(key, WrittenText, lambda: _look_into(html, self._anchors))


def _look_into(html: str, anchors: bool) -> WrittenText:
    """Read a text and mark its section heads."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    try:
        return _told(html, soup, anchors)
    finally:
        soup.clear(decompose=True)  # its elements refer to each other: else they stay in memory to the end of the build


def _told(html: str, soup: BeautifulSoup, anchors: bool) -> WrittenText:
    feed_html = written(soup) if _class_alignment(soup) else html
    text = soup.get_text(" ")
    summary = _summary(soup)
    images = tuple(
        ShownImage(str(image["src"]), str(image.get("alt") or "")) for image in soup.find_all("img", src=True)
    )
    headings = _anchored(soup) if anchors else ()
    page_html = written(soup) if headings else feed_html
    notes = (note.get_text(" ", strip=True) for note in soup.select("p.note"))
    corrections = tuple(filter(is_correction, notes))
    words = count_words(text)
    return WrittenText(feed_html, page_html, headings, images, summary, direction_of(text), words, corrections)


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
