"""Articles in XML of news agencies, archives and extractors: read as a page, with the facts that stand beside the text.

What kind of XML it is, and where its article and its facts are, tells `newsxml.toml`. Nothing that the document refers
to is fetched, and no entity that it declares is expanded.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from html.entities import html5
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from copydesk.errors import RefusedSeed
from copydesk.intake.bounded import read_whole
from copydesk.intake.html import around
from copydesk.intake.record import WITHHELD, as_story, source_of, withheld
from copydesk.intake.xmlparsing import HEAD, SAFELY, local_name, root_of, without_namespace
from copydesk.model import Source

CONTAINERS = {"newsMessage": "newsItem", "NewsML": "NewsItem"}
"""Root elements of documents that hold several articles, and the elements that do."""

_REFERENCE = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_KEPT = frozenset({"href", "src", "class", "alt", "colspan", "rowspan"})
_VOID = frozenset({"br", "img", "hr"})
_LEVEL = re.compile(r"h[1-6]|ol")
"""How an element is to look, where TEI or trafilatura say so as HTML would."""

_LAST_NAME_FIRST = re.compile(r"([^,;]{2,60}), ([^,;]{2,60})")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of XML: its root element, and where the article and its facts are, the surest place first.

    `is_story` tells that a publisher's own system writes it: it holds the story and nothing else. `status` is where it
    says whether it may be published; `sign` must stand at the beginning of one whose root element others have, too.
    """

    name: str
    root: str
    article: Sequence[str]
    title: Sequence[str] = ()
    authors: Sequence[str] = ()
    published: Sequence[str] = ()
    updated: Sequence[str] = ()
    url: Sequence[str] = ()
    section: Sequence[str] = ()
    language: Sequence[str] = ()
    status: Sequence[str] = ()
    is_story: bool = True
    sign: str = ""


FACTS = ("title", "authors", "published", "updated", "url", "section", "language")


def is_article(data: bytes) -> bool:
    """Tell an article in XML by its root element, and by the sign near it where others have that, too."""
    kind = _kinds().get(root_of(data))
    return kind is not None and kind.sign.encode() in data[:HEAD]


def is_collection(data: bytes) -> bool:
    """Tell a document that holds several articles by its root element."""
    return root_of(data) in CONTAINERS


def read(data: bytes, name: str) -> Source:
    """Return an article in XML as a Source. Raises RefusedSeed where there is none in it.

    What is not well-formed is read as far as it goes, and told.
    """
    kind, notes, plain = _kinds()[root_of(data)], tuple[str, ...](), _with_numbers(data)
    try:
        root = etree.fromstring(plain, _parser(recover=False))
    except etree.XMLSyntaxError as error:
        root = etree.fromstring(plain, _parser(recover=True))
        notes = (f"the XML is broken ({error.msg}), so that parts of the article may be missing",)
    if root is not None and _is_withheld(root, kind):
        raise withheld(name)
    told = _record(root, kind) if root is not None else {}
    if not told:
        raise RefusedSeed(f"is {kind.name} without an article", name, remedy="Take it away, or export it again")
    source = source_of(told, data, name)
    return replace(source, notes=(*source.notes, *notes))


def articles(stream: BinaryIO, most: int) -> Iterator[Mapping[str, Any]]:
    """Yield the articles of a document that holds several as records; pictures and what is withheld are passed over.

    Raises lxml.etree.XMLSyntaxError where it is not well-formed.
    """
    root = etree.fromstring(_with_numbers(read_whole(stream)), _parser(recover=False))
    inside = CONTAINERS.get(local_name(root), "")
    kind = _kinds()[inside]
    for element in root.iter(f"{{*}}{inside}"):
        if not _is_withheld(element, kind) and (record := _record(element, kind)):
            yield record


def _is_withheld(root: Any, kind: Kind) -> bool:
    """Tell an article that its publisher does not let out, or has taken back."""
    told = next(_first_place(root, kind.status), "")
    return str(told).rpartition(":")[2].strip().lower() in WITHHELD


def _with_numbers(data: bytes) -> bytes:
    """Return a document whose references to HTML's characters ("&mdash;") are numbers; no list of them is read."""

    def numbered(found: re.Match[bytes]) -> bytes:
        characters = html5.get(found[1].decode() + ";", "") if found[1] not in _OWN else ""
        return "".join(f"&#{ord(character)};" for character in characters).encode() or found[0]

    return _REFERENCE.sub(numbered, data)


def _parser(recover: bool) -> etree.XMLParser:
    return etree.XMLParser(recover=recover, remove_comments=True, **SAFELY)


def _record(root: Any, kind: Kind) -> Mapping[str, Any]:
    article = next(_first_place(root, kind.article), None)
    if article is None or not "".join(article.itertext()).strip():
        return {}
    facts = {fact: [*map(_text, _first_place(root, getattr(kind, fact)))] for fact in FACTS}
    facts["authors"] = [name for told in facts["authors"] for name in map(_plain_name, told.split(";"))]
    page = "".join(html_of(article))
    return {**facts, **(as_story(page) if kind.is_story else {"html": around(page)})}


def _text(found: Any) -> str:
    return found if isinstance(found, str) else " ".join("".join(found.itertext()).split())


def _first_place(root: Any, paths: Sequence[str]) -> Iterator[Any]:
    """Yield what is at the first of some places where there is anything."""
    for path in paths:
        if found := _at(root, path):
            yield from found
            return


def _at(root: Any, path: str) -> list[Any]:
    """Return the elements at a path of names without namespaces, or what they have as an attribute."""
    path, _, attribute = path.rpartition("@") if "/@" in path or path.startswith("@") else (path, "", "")
    steps = "/".join(f"{{*}}{step}" if step else "" for step in path.rstrip("/").split("/"))
    found = root.findall(f".{steps}" if not steps or steps.startswith("/") else f"./{steps}")
    return [told for one in found if (told := _attributes(one).get(attribute, "").strip())] if attribute else found


def html_of(element: Any) -> Iterator[str]:
    """Yield an element's contents as HTML; elements that HTML has no other name for are called what they are."""
    yield escape(element.text or "")
    for part in element:
        if part.tag is etree.Entity:
            yield escape(part.text)
        elif name := _name_of(part):
            told = "".join(f' {key}="{escape(value)}"' for key, value in _known_attributes(part) if key in _KEPT)
            yield f"<{name}{told}>"
            yield from html_of(part)
            yield "" if name in _VOID else f"</{name}>"
        yield escape(part.tail or "")


def _name_of(element: Any) -> str:
    """Return what an element is called in HTML; an empty text for a processing instruction."""
    local = local_name(element)
    look = element.get("rend", "") if local else ""
    return look if _LEVEL.fullmatch(look) else _names("elements").get(local, local)


def _known_attributes(element: Any) -> Iterator[tuple[str, str]]:
    renamed = _names("attributes")
    return ((renamed.get(name, name), value) for name, value in _attributes(element).items())


def _attributes(element: Any) -> dict[str, str]:
    return {without_namespace(name): value for name, value in element.attrib.items()}


def _plain_name(name: str) -> str:
    """Return a name as people write it: archives put the last name first."""
    found = _LAST_NAME_FIRST.fullmatch(name.strip())
    return f"{found[2]} {found[1]}" if found else name.strip()


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("newsxml.toml").read_text("utf-8"))


@cache
def _kinds() -> Mapping[str, Kind]:
    return {told["root"]: Kind(**told) for told in _data()["kind"]}


def _names(table: str) -> Mapping[str, str]:
    names: Mapping[str, str] = _data()[table]
    return names
