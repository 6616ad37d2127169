"""An article's body as plain text, as it stood in the seed: reading it in again gives the same body."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from copydesk.model import Article


def body_text(article: Article) -> str:
    """Return the body's blocks with a blank line between, section heads as lines, without the headline.

    Ends with one line end; empty where there is no body.
    """
    text = "\n\n".join(block for block in _blocks(article) if block)
    return f"{text}\n" if text else ""


def _blocks(article: Article) -> Iterator[str]:
    for section in article.sections:
        if section.heading:
            yield section.heading
        for block in section.blocks:
            yield "\n".join(block.lines)


def text_of_html(html: str) -> str:
    """Return the text of a piece of HTML (a title that Pelican holds), its character references resolved."""
    return str(Markup(html).striptags())  # noqa: S704  what comes out is text again
