"""An article's body as HTML, for the page and for feeds.

Every text passes `render.escape`, and no element or attribute is taken from the seed, so that what is written
here is safe without filtering. HTML that others wrote passes the list in `render.allowlist`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from copydesk.model import Article, Code, Figure, ItemList, Note, Paragraph, Quote, Section, Span, Table, TextBlock
from copydesk.render.allowlist import safe_html, with_whole_links
from copydesk.render.escape import html_attribute, html_text
from copydesk.render.marked import PARAGRAPH_END, marked_html, parted
from copydesk.render.pictures import FOLDER, figure_html, plain_figure_html

if TYPE_CHECKING:  # Beautiful Soup takes a tenth of a second to load, and texts from seeds need none
    from bs4 import BeautifulSoup
    from bs4.formatter import HTMLFormatter

__all__ = ["anchor", "body_html", "feed_html", "safe_html", "with_whole_links", "written"]


def body_html(article: Article, site: str = ".") -> str:
    """Return the body for the article's page: section heads have a fragment and a link to copy, notes a class.

    `site` is the address of the site that has its pictures, as the page can reach it.
    """
    return "\n".join(_parts(article, site, for_page=True))


def feed_html(article: Article, site: str = "") -> str:
    """Return the body for feeds: the same text in bare elements, without ids, classes and links within the page."""
    return "\n".join(_parts(article, site, for_page=False))


def anchor(fragment: str, heading: str) -> str:
    """Return the link that stands behind a section head's text and leads to it, to be copied.

    It has no text of its own (the theme draws its mark), so that the section head's text stays what it is; its label
    is the same in every language.
    """
    label = html_attribute(f"# {heading}")
    return f'<a class="anchor" href="#{html_attribute(fragment)}" aria-label="{label}"></a>'


def written(soup: BeautifulSoup) -> str:
    """Return parsed HTML as text again."""
    return soup.decode(formatter=_plain())


@cache
def _plain() -> HTMLFormatter:
    """HTML as the standard writes it: `<img>` without a slash, letters as they are."""
    from bs4.dammit import EntitySubstitution
    from bs4.formatter import HTMLFormatter

    return HTMLFormatter(entity_substitution=EntitySubstitution.substitute_xml, void_element_close_prefix="")


def _parts(article: Article, site: str, *, for_page: bool) -> Iterator[str]:
    shown = 0
    for section in article.sections:
        if section.heading:
            yield _heading(section, section.heading, for_page)
        for block in section.blocks:
            if isinstance(block, Figure):
                written = (
                    figure_html(block, site, waits=shown > 0) if for_page else plain_figure_html(block, _folder(site))
                )
                shown += block.picture is not None
                yield from filter(None, (written,))
            else:
                yield _block(block, for_page)


def _folder(site: str) -> str:
    return f"{site}/{FOLDER}" if site else FOLDER


def _heading(section: Section, heading: str, for_page: bool) -> str:
    tag = f"h{min(max(section.level, 2), 6)}"
    if not for_page or not section.fragment:
        return f"<{tag}>{html_text(heading)}</{tag}>"
    link = anchor(section.fragment, heading)
    return f'<{tag} id="{html_attribute(section.fragment)}">{html_text(heading)}{link}</{tag}>'


def _block(block: TextBlock, for_page: bool) -> str:
    match block:
        case Paragraph(text, spans):
            return f"<p>{marked_html(text, spans)}</p>"
        case Quote(text, _, spans):
            paragraphs = parted(text, spans, PARAGRAPH_END)
            return f"<blockquote>{''.join(f'<p>{_lines(*paragraph)}</p>' for paragraph in paragraphs)}</blockquote>"
        case ItemList(_, ordered):
            tag = "ol" if ordered else "ul"
            start = f' start="{block.start}"' if ordered and block.start != 1 else ""
            items = "".join(f"<li>{_lines(text, spans)}</li>" for text, spans in block.marked_items())
            return f"<{tag}{start}>{items}</{tag}>"
        case Note(text, spans):
            written = marked_html(text, spans)
            return f'<p class="note">{written}</p>' if for_page else f"<p><em>{written}</em></p>"
        case Table():
            return _table(block)
        case Code(text):
            return _code(text)


def _lines(text: str, spans: Sequence[Span]) -> str:
    """Return a text of one or more lines."""
    if "\n" not in text:
        return marked_html(text, spans)
    return "<br>\n".join(marked_html(*line) for line in parted(text, spans, "\n"))


def _code(text: str) -> str:
    """Return lines of code."""
    return f"<pre><code>{html_text(text)}</code></pre>"


def _table(table: Table) -> str:
    """Return a table, its first row as the names of the columns where that is what it is."""
    written = [
        f"<tr>{''.join(f'<{tag}>{marked_html(*cell)}</{tag}>' for cell in row)}</tr>"
        for number, row in enumerate(table.marked_rows())
        for tag in ["th" if table.head and number == 0 else "td"]
    ]
    columns = f"<thead>{written.pop(0)}</thead>" if table.head else ""
    return f"<table>{columns}<tbody>{''.join(written)}</tbody></table>"
