"""Escapes text, one function for each place that text can stand in; nothing else in Copydesk escapes.

All functions take plain text and return what may stand in their context. Characters that HTML and XML documents can't
hold (control characters, lone surrogates, noncharacters) are left out everywhere: they carry no text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from urllib.parse import quote, urlsplit, urlunsplit

_OLD_BREAKS = re.compile("[\x0b\x0c\x1c-\x1f\x85]")
"""Control characters that part lines or words (vertical tab, form feed, separators, next line)."""

_NO_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
"""With those above: not a Char in XML 1.0, or an error in HTML's input stream."""

_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe-\U0010ffff]")
"""Ranges that hold all of those, and nothing that most texts have: fast to look for."""

_BREAKS = re.compile("[ \t\r\n\u2028\u2029]+")
"""Line ends and blanks that stand for one space in running text; no-break and ideographic spaces are text."""

URL_SCHEMES = frozenset({"http", "https", "mailto"})
"""Where a link may lead; the one list, for text and for markup."""

_URL_SAFE = "!$%&'()*+,/:;=?@[]~"

_JSON_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def plain(text: str) -> str:
    """Return `text` without the characters that no document can hold; those that part words become a space.

    Line ends are made one kind, as HTML and XML parsers do.
    """
    if text.isprintable() or text.replace("\n", "").isprintable() or not _SUSPECT.search(text):
        return text  # four times as fast for a whole text, of which most hold line ends and nothing suspect
    return _NO_TEXT.sub("", _OLD_BREAKS.sub(" ", text)).replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """Return `text` as one line: such characters left out, each line end a space, none at the ends."""
    return _BREAKS.sub(" ", plain(text)).strip()


def html_text(text: str) -> str:
    """Return `text` for between two tags."""
    return escape(plain(text), quote=False)


def html_attribute(text: str) -> str:
    """Return `text` for between the quotation marks of an attribute."""
    return escape(plain(text), quote=True)


@lru_cache(maxsize=4096)
def url(address: str) -> str | None:
    """Return an absolute address that is safe to follow, in ASCII, not yet escaped for its attribute; None for others.

    Browsers drop tabs and line ends within an address, so those are dropped before the scheme is read (WHATWG URL).
    """
    cleaned = re.sub(r"[\t\r\n]", "", plain(address)).strip()
    try:
        parts = urlsplit(cleaned)
        host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in URL_SCHEMES or not (host or parts.scheme == "mailto"):
        return None
    path, query, fragment = (quote(part, safe=_URL_SAFE) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, quote(host, safe=_URL_SAFE), path, query, fragment))


def json_in_script(value: Mapping[str, object]) -> str:
    """Return `value` as JSON for the inside of a script element: it can't end the element nor open a comment."""
    written = plain(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    for char, escaped in _JSON_IN_SCRIPT.items():
        written = written.replace(char, escaped)
    return written


def xml_text(text: str) -> str:
    """Return `text` with only the characters that XML 1.0 can hold; the XML writer does the rest."""
    return plain(text)


_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]#])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LEADING = re.compile(r"^([>+-])")
_LEADING_NUMBER = re.compile(r"^(\d+)\.")
_LEADING_ENTITY = re.compile(r"^[:~|=]")


def markdown_text(text: str) -> str:
    """Return `text` for a block of Markdown on one line, so that Python-Markdown with its `extra` gives the text back.

    Escapes only what could be read as markup where it stands, so that an editor can still read the sentence.
    """
    escaped = _ENTITY.sub("&amp;", one_line(text)).replace("<", "&lt;")
    escaped = _MARKDOWN_SPECIAL.sub(r"\\\1", escaped)
    escaped = _LEADING.sub(r"\\\1", escaped)
    escaped = _LEADING_NUMBER.sub(r"\1\\.", escaped)
    return _LEADING_ENTITY.sub(lambda match: f"&#{ord(match[0])};", escaped)


def metadata_value(text: str) -> str:
    """Return `text` for behind `Key: ` in a Markdown file's metadata: one line that can't become a second key."""
    return one_line(text)


def metadata_html(text: str) -> str:
    """Return `text` for a metadata value that Pelican's themes print as HTML, such as a title."""
    return html_text(one_line(text))


def metadata_name(text: str) -> str:
    """Return a name for one of Pelican's lists (authors, tags), which it splits at semicolons and prints as HTML."""
    return one_line(text.replace(";", ",").replace("<", "").replace(">", ""))
