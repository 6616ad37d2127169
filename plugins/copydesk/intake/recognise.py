"""Recognises the forms that are not text dumps, by their content: file names lie."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file that is not read, and the nearest way in."""

    name: str
    remedy: str


SAVE_TEXT = "Save the article's text as a .txt file"
UNPACK = "Unpack it into the seeds folder"

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", Form("a PNG picture", SAVE_TEXT)),
    (b"\xff\xd8\xff", Form("a JPEG picture", SAVE_TEXT)),
    (b"GIF8", Form("a GIF picture", SAVE_TEXT)),
    (b"%PDF-", Form("a PDF document", "Convert it with pdftotext")),
    (b"\x1f\x8b", Form("gzip-compressed data", "Unpack it, or let its name end in .gz")),
    (b"BZh", Form("bzip2-compressed data", UNPACK)),
    (b"\xfd7zXZ\x00", Form("xz-compressed data", UNPACK)),
    (b"\x28\xb5\x2f\xfd", Form("zstd-compressed data", UNPACK)),
    (b"\x7fELF", Form("a program", SAVE_TEXT)),
    (b"SQLite format 3\x00", Form("a database", SAVE_TEXT)),
    (b"WARC/", Form("a web archive (WARC)", SAVE_TEXT)),
    (b"{\\rtf", Form("a rich text document", "Export it as plain text")),
)
"""First bytes of files, from the formats' own specifications."""

ZIP = b"PK\x03\x04"
OFFICE = "Save it as a web page (.html) or as text; pandoc does that as well"
ZIPPED = (
    (b"mimetypeapplication/epub+zip", Form("an e-book (EPUB)", "Unpack it: its chapters are web pages (.xhtml)")),
    (b"mimetypeapplication/vnd.oasis.opendocument", Form("an office document (OpenDocument)", OFFICE)),
    (b"word/document", Form("a Word document (DOCX)", OFFICE)),
    (b"ppt/presentation", Form("a presentation (PPTX)", OFFICE)),
    (b"xl/workbook", Form("a spreadsheet (XLSX)", "Save it as CSV: a row for each article, a column named text")),
)
"""What is packed as ZIP, by a name that it must hold."""

HTML = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.I | re.S)
HTML_WITHIN = re.compile(rb"\s*<(?!rss|feed).{0,4000}?<(?:!doctype\s+html|html[\s>])", re.I | re.S)
"""What stands before the page there: an XML declaration, entities, a crawler's element."""

XML = re.compile(rb"\s*<(?:\?xml|rss[\s>]|feed[\s>]|!DOCTYPE)", re.I)
MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,20}?content-type:\s*multipart/related", re.I)
TAG_LINE = re.compile(
    rb"^\s*</?(?:p|div|span|h[1-6]|ul|li|a|meta|section|article|header|footer|script|table|tr|td)\b[^>]*>", re.I
)

CONTENT_LINE = rb"^Markdown Content:[ \t\r]*$\n?"
"""The line after which a scraper's text begins; facts stand before it."""

_FACTS = re.compile(rb"---[ \t]*\r?\n(?:title|source|url|author|date|published)[\w ]{0,20}:[ \t]*\S", re.I)
_CONTENT = re.compile(CONTENT_LINE, re.MULTILINE)
_LINK = re.compile(rb"\]\((?:<|https?://|/|\.\.?/|#|mailto:)")
_HEAD = re.compile(rb"(#{1,6})[ \t]+\S")
_STRONG = re.compile(rb"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?!\w)")

LINKS, HEADS, MARKED = 3, 2, 0.05
"""Lines with links, or section heads, from which a text is Markdown without other signs; share of its lines that have
such marks at least. Of whole pages in Markdown it is 7 % and more, of text dumps with some marks in them below 5."""

HEAD = 4096
"""Bytes at a file's beginning that are looked at."""

SAMPLE = 65536
"""Bytes of a text in which the marks of Markdown are looked for."""

BINARY_SHARE = 0.1
"""Share of control bytes above which a file without a known signature is binary data."""

_TEXT_CONTROLS = b"\t\n\r\x0b\x0c\x1b\x85"
_CONTROLS = bytes(byte for byte in range(32) if byte not in _TEXT_CONTROLS) + b"\x7f"


def is_html(data: bytes) -> bool:
    """Tell a saved web page: it begins as one, or most of its first lines begin with an element."""
    head = data.removeprefix(b"\xef\xbb\xbf")[:HEAD]
    return bool(HTML.match(head) or HTML_WITHIN.match(head)) or _is_markup(head)


def is_markdown(data: bytes) -> bool:
    """Tell a text in Markdown: by what stands above it, by links, or by section heads beside another sign.

    Two section heads are enough where one is of a lower level: lines of plain text begin with one hash at most.
    """
    text = data.removeprefix(b"\xef\xbb\xbf")[:SAMPLE]
    if _FACTS.match(text) or _CONTENT.search(text[:HEAD]):
        return True
    if b"](" not in text and b"\n#" not in text and not text.startswith(b"#"):
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    heads = [len(found[1]) for line in lines if (found := _HEAD.match(line))]
    links = sum(_LINK.search(line) is not None for line in lines)
    strong = sum(_STRONG.search(line) is not None for line in lines)
    if len(heads) + links + strong < MARKED * len(lines):
        return False
    return links >= LINKS or (len(heads) >= HEADS and max(heads) > 1) or (bool(heads) and links + strong > 0)


def foreign_form(data: bytes) -> Form | None:
    """Return what `data` is where it is not a text dump."""
    head = data.removeprefix(b"\xef\xbb\xbf")[:HEAD]
    for signature, form in SIGNATURES:
        if head.startswith(signature):
            return form
    if head.startswith(ZIP):
        return _zipped(data)
    if XML.match(head):
        return Form("an XML document", SAVE_TEXT)
    if json_value(data) is not None or json_value(data.strip().split(b"\n", 1)[0]) is not None:
        return Form("JSON without a text in any field that is known", "Name the field: COPYDESK_FIELDS, docs/forms.md")
    if _is_binary(data):
        return Form("binary data", "Take the file away, or save the article's text as a .txt file")
    return None


def _zipped(data: bytes) -> Form:
    """Return what a ZIP file is by the names of its members, which stand in it unpacked."""
    return next((form for name, form in ZIPPED if name in data), Form("a ZIP archive", UNPACK))


def _is_markup(head: bytes) -> bool:
    """Tell a page whose head was cut off: most of its first lines begin with an element."""
    lines = [line for line in head.splitlines() if line.strip()]
    return len(lines) >= 3 and sum(bool(TAG_LINE.match(line)) for line in lines) > 0.7 * len(lines)


def is_mhtml(data: bytes) -> bool:
    """Tell a web page in one file by its headers."""
    return MHTML.match(data[:HEAD]) is not None


def json_value(data: bytes) -> object | None:
    """Return the object or list that a file of JSON holds; None where it is no JSON."""
    text = data.strip()
    if text[:1] not in (b"{", b"["):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) and value else None


def _is_binary(data: bytes) -> bool:
    """Tell binary data by its share of control bytes; UTF-16 and UTF-32 hold many NULs, but in step."""
    sample = data[:SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_like_utf16(sample):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > BINARY_SHARE * len(sample)


def looks_like_utf16(sample: bytes) -> str | None:
    """Return the byte order of UTF-16 text without a mark ("utf-16-le", "utf-16-be"), None where it is none."""
    if len(sample) < 8 or b"\0" not in sample:
        return None
    pairs = len(sample) // 2
    even, odd = sample[0 : pairs * 2 : 2].count(0), sample[1 : pairs * 2 : 2].count(0)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None
