"""An article's body as plain text, as it stood in the seed: reading it in again gives the same body."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from copydesk.model import Article, Figure, Section
from copydesk.render.escape import one_line


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
            yield "\n".join(block.lines) or (_picture(block) if isinstance(block, Figure) else "")


def _picture(figure: Figure) -> str:
    """Return what a picture without a caption shows, as browsers for text do."""
    return f"[{one_line(figure.alt)}]" if figure.picture and figure.alt else ""


def text_of_html(html: str) -> str:
    """Return the text of a piece of HTML (a title that Pelican holds), its character references resolved."""
    return str(Markup(html).striptags())  # noqa: S704  what comes out is text again
