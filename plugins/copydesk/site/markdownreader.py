"""Pelican's reader of Markdown, which renders only texts that are new: what others came to is kept from build to build.

So it does where a text alone tells what comes out. An extension that Python-Markdown does not bring along may read
other files or the clock: with one of them everything is rendered in every build, as Pelican does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from markdown import Markdown
from pelican.readers import MarkdownReader as PelicanMarkdownReader
from pelican.readers import Readers
from pelican.utils import pelican_open

from copydesk.settings import BUILD
from copydesk.site.code import code_digest
from copydesk.site.kept import Kept
from copydesk.store import key_of

LIBRARIES = ("markdown", "pygments")
"""Libraries that have a say in what comes out."""

OWN = "markdown.extensions."
EXTENSIONS = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html meta "
    "nl2br sane_lists smarty tables toc wikilinks".split()
)
"""Python-Markdown's own extensions."""

NUMBERING = "UNIQUE_IDS"
"""Option of footnotes that numbers the texts which one instance renders."""


class Rendered(NamedTuple):
    """A text as HTML, and the facts above it, as lists of lines."""

    html: str
    facts: dict[str, list[str]]


def use(readers: Readers) -> None:
    """Have a site's Markdown read by this reader, unless another one than Pelican's own reads it."""
    for ending, reader in readers.reader_classes.items():
        if reader is PelicanMarkdownReader and readers.settings.get(BUILD):
            readers.reader_classes[ending] = MarkdownReader


class MarkdownReader(PelicanMarkdownReader):  # type: ignore[misc]
    """Reads a file of Markdown; it has the name of Pelican's own, which stands in the articles' metadata."""

    @cached_property
    def _kept_markdown(self) -> KeptMarkdown | None:
        options = self.settings["MARKDOWN"]
        return KeptMarkdown(options, self.settings[BUILD].kept) if is_told_by_text(options) else None

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the text as HTML, and its metadata."""
        kept = self._kept_markdown
        if kept is None:
            read: tuple[str, dict[str, Any]] = super().read(source_path)
            return read
        self._source_path, self._md = source_path, kept
        with pelican_open(source_path) as text:
            kept.looks_for_facts = True
            content = kept.convert(text)
        return content, self._parse_metadata(kept.Meta)


class KeptMarkdown:
    """What Pelican's reader asks of Python-Markdown, from what is kept where that is possible."""

    Meta: Mapping[str, list[str]] = MappingProxyType({})

    def __init__(self, options: Mapping[str, Any], kept: Kept) -> None:
        """Take Python-Markdown's options."""
        self.preprocessors = self
        self.looks_for_facts = True
        self._options = options
        self._kept = kept

    @cached_property
    def _with_facts(self) -> Markdown:
        return Markdown(**self._options)

    @cached_property
    def _without_facts(self) -> Markdown:
        markdown = Markdown(**self._options)
        markdown.preprocessors.deregister("meta")
        return markdown

    def convert(self, text: str) -> str:
        """Return a text as HTML; the facts above it are in `Meta` then."""
        key = key_of(code_digest(LIBRARIES), repr(self._options), str(self.looks_for_facts), text)
        rendered = self._kept.of(key, Rendered, lambda: self._render(text))
        self.Meta = rendered.facts
        return rendered.html

    def _render(self, text: str) -> Rendered:
        markdown = self._with_facts if self.looks_for_facts else self._without_facts
        html = markdown.reset().convert(text)
        return Rendered(html, dict(markdown.Meta) if self.looks_for_facts else {})

    def deregister(self, name: str) -> None:
        """Look for no facts above the texts that come now: Pelican asks for it before it renders one of the facts."""
        self.looks_for_facts = self.looks_for_facts and name != "meta"

    def reset(self) -> None:
        """Do nothing: no text has a say in what becomes of the next."""


def is_told_by_text(options: Mapping[str, Any]) -> bool:
    """Tell whether a text alone tells what Python-Markdown makes of it with these options."""
    names = [*options.get("extensions", ()), *options.get("extension_configs", {})]
    return all(isinstance(name, str) and name.removeprefix(OWN) in EXTENSIONS for name in names) and _is_plain(options)


def _is_plain(value: object) -> bool:
    """Tell whether options are nothing but texts, numbers and switches: their `repr` tells them apart then."""
    match value:
        case None | bool() | int() | float() | str():
            return value != NUMBERING
        case list() | tuple():
            return all(map(_is_plain, value))
        case dict():
            return all(map(_is_plain, value.keys())) and all(map(_is_plain, value.values()))
    return False
