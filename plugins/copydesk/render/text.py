"""An article's body as plain text, as it stood in the seed: reading it in again gives the same body.

Exponents and indices of saved pages are written with Unicode's characters for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from copydesk.model import Article, BodyBlock, Figure, ItemList, Note, Paragraph, Quote, Section, Table
from copydesk.model.plaintext import in_plain_characters
from copydesk.render.escape import one_line
from copydesk.render.marked import parted


def body_text(article: Article) -> str:
    """Return the body's blocks with a blank line between, section heads as lines, without the headline.

    Ends with one line end; empty where there is no body.
    """
    text = "\n\n".join(block for block in _blocks(article) if block)
    return f"{text}\n" if text else ""


def story_text(article: Article) -> str:
    """Return the body's text without what is said of pictures: what two scrapes of one story have in common."""
    return "\n\n".join("\n".join(lines) for section in article.sections for lines in _lines(section))


def _lines(section: Section) -> Iterator[tuple[str, ...]]:
    if section.heading:
        yield (section.heading,)
    yield from (block.lines for block in section.blocks if not isinstance(block, Figure))


def _blocks(article: Article) -> Iterator[str]:
    for section in article.sections:
        if section.heading:
            yield section.heading
        for block in section.blocks:
            yield "\n".join(_plain_lines(block)) or (_picture(block) if isinstance(block, Figure) else "")


def _plain_lines(block: BodyBlock) -> Sequence[str]:
    """Return a block's lines, what is marked up in them as plain characters."""
    match block:
        case Table():
            rows = [[in_plain_characters(*cell) for cell in row] for row in block.marked_rows()]
            return Table(tuple(map(tuple, rows)), block.head).lines if block.spans else block.lines
        case ItemList(spans=spans) if spans:
            parts = [(text.replace("\n", " "), marked) for text, marked in block.marked_items()]
        case Quote(text, spans=spans) if spans:
            parts = list(parted(text, spans, "\n"))
        case Paragraph(text, spans) | Note(text, spans) | Figure(caption=text, spans=spans) if spans:
            parts = [(text, spans)]
        case _:
            return block.lines
    plain = [
        line.removesuffix(text) + in_plain_characters(text, marked) if line.endswith(text) else line
        for line, (text, marked) in zip(block.lines, parts, strict=False)
    ]
    return [*plain, *block.lines[len(plain) :]]


def _picture(figure: Figure) -> str:
    """Return what a picture without a caption shows, as browsers for text do."""
    return f"[{one_line(figure.alt)}]" if figure.picture and figure.alt else ""


def text_of_html(html: str) -> str:
    """Return the text of a piece of HTML (a title that Pelican holds), its character references resolved."""
    return str(Markup(html).striptags())  # noqa: S704  what comes out is text again
