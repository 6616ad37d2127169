"""An article as a Markdown file that Pelican reads: metadata lines, a blank line, the body.

What Python-Markdown (with `extra`) and Pelican make of it is the article's text again, letter by letter: nothing in a
seed can become markup, a link of Pelican's or a line of metadata.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from copydesk.model import (
    Article,
    BodyBlock,
    Code,
    Emphasis,
    Figure,
    ItemList,
    Note,
    Paragraph,
    Quote,
    Span,
    Status,
    Table,
)
from copydesk.render.days import iso
from copydesk.render.escape import html_text, markdown_text, metadata_html, metadata_name, metadata_value, one_line, url
from copydesk.render.marked import PARAGRAPH_END, marked_markdown, parted
from copydesk.render.pictures import FOLDER, plain_figure_html, words_of

SEPARATOR = "<!-- -->"
"""Stands between two lists or two quotes, which Markdown would make one."""


def to_markdown(article: Article, folder: str = FOLDER, more: Mapping[str, str] | None = None) -> str:
    """Return the article as a Markdown file with Pelican's metadata; unknown facts have no line.

    `folder` is the address of the folder with its pictures; `more` are further lines of metadata.
    """
    told = (*_metadata(article), *((key, metadata_value(value)) for key, value in (more or {}).items()))
    head = "".join(f"{key}: {value}\n" for key, value in told if value)
    body = "\n\n".join(_body(article, folder))
    return f"{head}\n{body}\n" if body else head


def _metadata(article: Article) -> Iterator[tuple[str, str]]:
    yield "Title", metadata_html(article.title)
    yield "Was", metadata_value(", ".join(article.was))
    yield "Canonical", article.canonical.value if article.canonical else ""
    yield "Dek", metadata_value(article.dek or "")
    yield "Date", iso(article.published)
    yield "Modified", iso(article.updated)
    yield "Authors", _names(article.authors)
    yield "Lang", metadata_value(article.language or "")
    yield "Category", metadata_name(article.section_name or "")
    yield "Tags", _names(article.tags)
    yield "Keywords", _names(article.keywords)
    yield "Summary", markdown_text(article.summary)
    yield "Status", "" if article.status is Status.PUBLISHED else "hidden"
    yield "Id", metadata_value(article.id)
    yield "Seed", metadata_value(article.provenance.seed)
    yield "Seed_sha256", metadata_value(article.provenance.sha256)
    yield "Source_url", url(article.provenance.url or "") or ""


def _names(names: Sequence[str]) -> str:
    """Return names as Pelican splits them: at semicolons where there is one, else at commas."""
    safe = [name for name in map(metadata_name, names) if name]
    if any("," in name for name in safe):
        return "; ".join(safe) + ";"
    return ", ".join(safe)


def _body(article: Article, folder: str) -> Iterator[str]:
    for section in article.sections:
        if section.heading:
            yield f"{'#' * min(max(section.level, 2), 6)} {markdown_text(section.heading)}"
        written = [(type(block), text) for block in section.blocks if (text := _block(block, folder))]
        for (before, _), (kind, text) in pairwise([(None, ""), *written]):
            if kind is before and kind in (ItemList, Quote):
                yield SEPARATOR
            yield text


def _block(block: BodyBlock, folder: str) -> str:
    """Return a block's Markdown; empty where it has no text."""
    match block:
        case Paragraph(text, spans):
            return marked_markdown(text, spans)
        case Quote(text, _, spans):
            paragraphs = (_lines(*paragraph, "\n> ") for paragraph in parted(text, spans, PARAGRAPH_END))
            return "\n>\n".join(f"> {written}" for written in paragraphs if written)
        case ItemList(_, ordered):
            texts = [text for item in block.marked_items() if (text := _lines(*item, "\n    "))]
            numbered = enumerate(texts, block.start)
            return "\n".join(f"{number}. {text}" if ordered else f"- {text}" for number, text in numbered)
        case Note(text, spans):
            return f"{written}\n{{: .note }}" if (written := marked_markdown(text, spans)) else ""
        case Table():
            return _table(block)
        case Code(text):
            return f"<pre><code>{html_text(text)}</code></pre>"
        case Figure():
            return _figure(block, folder)


def _lines(text: str, spans: Sequence[Span], before: str) -> str:
    """Return a text of one or more lines, `before` each but the first."""
    written = (marked_markdown(*line) for line in parted(text, spans, "\n"))
    return f"<br>{before}".join(line for line in written if line)


def _figure(figure: Figure, folder: str) -> str:
    """Return a figure as HTML on one line, which Markdown leaves as it is: it has no captions of its own."""
    if figure.picture:
        return one_line(plain_figure_html(figure, folder))
    words = words_of(figure)
    link = [Span(0, len(words), Emphasis.LINK, figure.href)] if figure.href else []
    return f"{written}\n{{: .elsewhere }}" if (written := marked_markdown(words, link)) else ""


def _table(table: Table) -> str:
    """Return a table as Python-Markdown's `extra` reads it: the first row is always that of the columns' names."""
    cells = [[marked_markdown(*cell).replace("|", "\\|") for cell in row] for row in table.marked_rows()]
    first = cells.pop(0) if table.head else [""] * len(cells[0])
    lines = [first, ["---"] * len(first), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
