"""Collections of news in SGML, as research has them: TREC and CLEF, Reuters-21578, and what WikiExtractor writes.

A document stands between `<DOC>` and `</DOC>` (or `<REUTERS>`), what it holds between tags of one line or more. There
is no list of documents and no proper nesting, so that it is no XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import zip_longest
from typing import Any, BinaryIO

from copydesk.intake.decode import decode
from copydesk.intake.record import STORY
from copydesk.intake.unreadpart import UnreadPart

TITLES, TEXTS = ("title", "headline", "head", "hl", "h3"), ("body", "text", "story")
PLACES, LEADS = ("dateline",), ("leadpara", "lp")
DAYS, AUTHORS = ("date", "date_time", "date1", "dd"), ("byline", "author", "by")
"""What the parts of a document are called."""

_FACTS = frozenset((*TITLES, *PLACES, *DAYS, *AUTHORS))

LONGEST = 50_000_000
"""Bytes of a document that are read."""

WORDS = 20
"""Words from which what stands between other tags is a text: more than a caption has."""

_BEGIN = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!doctype lewis [^>]*>\s*)?<(doc|reuters)(?:\s[^<>]{0,500})?>", re.I)
_HEAD = re.compile(r"<(?:doc|reuters)((?:\s[^<>]{0,500})?)>", re.I)
_END = re.compile(rb"</(?:doc|reuters)>", re.I)
_PROLOGUE = re.compile(r"<[?!][^<>]*>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_PART = re.compile(r"<([a-z][a-z0-9_]{0,20})(?:\s[^<>]{0,200})?>(.*?)</\1>", re.I | re.S)
_TAG = re.compile(r"</?[a-z][a-z0-9_]{0,20}(?:\s[^<>]{0,200})?>", re.I)
_PARAGRAPH = re.compile(r"<p>", re.I)
_TIME = re.compile(r"(?<=\d{4})\s+\d\d:\d\d.*")
_MARK = re.compile(r"&#(?:[0-8]|1[0-9]|2[0-9]|3[01]|127);")
_BREAK = re.compile(r"</?(?:p|br)>|\n[ \t]*\n", re.I)


def is_collection(head: bytes) -> bool:
    """Tell a collection by its first document."""
    return _BEGIN.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def documents(stream: BinaryIO, most: int) -> Iterator[Mapping[str, Any] | UnreadPart]:
    """Yield the documents as records; those without a text (pictures' captions, headlines alone) are passed over.

    What can't be read comes last, so that the others have the numbers that they would have without it.
    """
    unread: list[UnreadPart] = []
    for data, whole in _parted(stream):
        before, *inside = _by_heads(decode(data).text)
        if any(map(str.isalnum, _plain(_PROLOGUE.sub("", before)))):
            unread.append(UnreadPart("is a text outside of all documents", "Put it between <DOC> and </DOC>"))
        for attributes, inner in inside:
            record = _record(dict(_ATTRIBUTE.findall(attributes)), inner)
            if not whole:
                unread.append(UnreadPart(f"has no end{_called(record)}", "Fetch or export the file again"))
            elif str(record["text"]).strip():
                yield record
            elif others := _other_texts(inner):
                what = f"has its text in {' and '.join(others)}{_called(record)}"
                unread.append(UnreadPart(what, "Put it into <TEXT> and </TEXT>"))
    yield from unread


def _parted(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield the bytes of each document, up to its end, and whether it has one; what follows the last end has none."""
    lines: list[bytes] = []
    size = 0
    while line := stream.readline(LONGEST):
        lines.append(line)
        size += len(line)
        if _END.search(line) or size > LONGEST:
            yield b"".join(lines), True
            lines, size = [], 0
    if b"".join(lines).strip():
        yield b"".join(lines), False


def _by_heads(text: str) -> Iterator[Any]:
    """Yield what stands before the first document of a text, then of each its attributes and what it holds."""
    heads = [*_HEAD.finditer(text)]
    yield text[: heads[0].start()] if heads else text
    for head, following in zip_longest(heads, heads[1:]):
        yield head[1], text[head.end() : following.start() if following else None]


def _called(record: Mapping[str, Any]) -> str:
    return f' ("{record["title"]}")' if record["title"] else ""


def _other_texts(inner: str) -> list[str]:
    """Return where in a document texts stand that are no facts about it."""
    told = [(f"<{name.upper()}>", _without_facts(part)) for name, part in _PART.findall(_without_facts(inner))]
    told.append(("no tag that is closed", _PART.sub("", inner)))
    return [*dict.fromkeys(place for place, text in told if len(_plain(text).split()) >= WORDS)]


def _record(attributes: Mapping[str, str], inner: str) -> Mapping[str, Any]:
    parts = _parts(inner)
    texts = [map(_without_facts, _first(parts, names)) for names in (LEADS, TEXTS)] if parts else [[inner]]
    text = (_lines("\n\n".join(told)) for told in texts)
    whole = "\n\n".join(filter(None, text))
    place = _plain(" ".join(_first(parts, PLACES))).rstrip(" -–—")
    return {
        STORY: True,
        "title": _plain(" ".join(_first(parts, TITLES))) or unescape(attributes.get("title", "")),
        "url": unescape(attributes.get("url", "")),
        "published": [_TIME.sub("", _plain(told)) for told in _first(parts, DAYS)[:1]],
        "authors": [_plain(told) for told in _first(parts, AUTHORS)],
        "text": f"{place} — {whole.lstrip()}" if place and whole else whole,
    }


def _parts(inner: str) -> dict[str, list[str]]:
    """Return the parts of a document by their names, also those in others."""
    found: dict[str, list[str]] = {}
    for name, told in _PART.findall(inner):
        within = _parts(told) if "<" in told else {}
        for one, texts in (*within.items(), (name.lower(), [told])):
            found.setdefault(one, []).extend(texts)
    return found


def _without_facts(text: str) -> str:
    """Return a text without the parts in it that are no text."""
    return _PART.sub(lambda found: "" if found[1].lower() in _FACTS else found[0], text)


def _first(parts: Mapping[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return next((parts[name] for name in names if name in parts), [])


def _lines(text: str) -> str:
    """Return a text in plain lines, its paragraphs apart: where tags part them, or where lines are indented."""
    if _PARAGRAPH.search(text):
        pieces = [" ".join(piece.split()) for piece in _BREAK.split(text)]
    else:
        pieces = _by_indents(text.split("\n"))
    plain = (unescape(_TAG.sub("", _MARK.sub("", piece))) for piece in pieces)
    return "\n\n".join(piece for piece in plain if piece.strip())


def _by_indents(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs of lines of which some are indented: those begin one. Other lines are left as they are."""
    filled = [line for line in lines if line.strip()]
    if not 0 < sum(line[0].isspace() for line in filled) < len(filled):
        return ["\n".join(lines)]
    paragraphs: list[list[str]] = []
    for line, before in zip(lines, ["", *lines], strict=False):
        if line[:1].isspace() or not before.strip():
            paragraphs.append([])
        paragraphs[-1].append(line.strip())
    return [" ".join(filter(None, paragraph)) for paragraph in paragraphs]


def _plain(text: str) -> str:
    return unescape(" ".join(_TAG.sub(" ", _MARK.sub("", text)).split()))
