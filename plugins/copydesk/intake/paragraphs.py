"""Makes HTML of what an editor typed into WordPress: blank lines part paragraphs, line ends are line ends.

WordPress does so where it shows a post (`wpautop`). Short codes for captions and embeds, and addresses of films and
posts that stand alone, become elements; of other short codes in a line of text the text inside stays. Those that stand
alone are lines, for a rule to drop.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from copydesk.intake.mediaaddresses import seen_at
from copydesk.intake.wrap import PARAGRAPH, blocks_of

_CONTAINERS = frozenset({"article", "aside", "blockquote", "div", "section"})
"""Blocks in which blank lines part paragraphs as they do outside of blocks."""

_VERBATIM = frozenset({"pre", "script", "style", "textarea"})
_BLOCK = re.compile(
    r"(</?(?:address|article|aside|blockquote|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|ol|p"
    r"|pre|script|section|style|table|tbody|td|textarea|tfoot|th|thead|tr|ul)(?=[\s/>])[^<>]*>)",
    re.I,
)
_NAME = re.compile(r"</?(\w+)")
_CAPTION = re.compile(
    r"\[(?:wp_)?caption\b[^\]]{0,500}\]\s{0,9}((?:<a\b[^>]{0,2000}>\s{0,9})?<img\b[^>]{0,2000}>\s{0,9}(?:</a>)?)"
    r"([^\[]{0,5000})\[/(?:wp_)?caption\]"
)
_EMBED = re.compile(
    r"(?:^[ \t]*|\[embed\b[^\]]{0,500}\]\s{0,9})(https?://[^\s\[\]<>\"]{1,2000})(?:[ \t]*$|\s{0,9}\[/embed\])", re.M
)
_VALUE = r"""(?:"[^"\[\]]{0,500}"|'[^'\[\]]{0,500}'|[“”″][^“”″\[\]]{0,500}[“”″]|[^\s\[\]"'“”″]{1,500})"""
_ATTRIBUTE = rf"[\w-]{{1,60}}\s{{0,3}}=\s{{0,3}}{_VALUE}"
_SHORT_CODE = re.compile(rf"<[^<>]*>|\[(/?)([a-z][\w-]{{0,60}})((?:\s{{1,9}}{_ATTRIBUTE}){{0,40}})\s{{0,9}}/?\]", re.I)
"""A short code, or an element, in whose attributes there is none."""

_ELEMENT = re.compile(r"<[^<>]*>")
_QUOTES = frozenset("\"'“”″")
_CLOSING = re.compile(r"\[/([a-z][\w-]{0,60})\]", re.I)
_GOES_ON = re.compile(r"[^\n]{50,}[\w’'-]\n[a-zß-öø-ÿа-я][^\n]*")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def paragraphs(content: str) -> str:
    """Return a post as HTML: blank lines part paragraphs, line ends are line ends, unless the editor wrote blocks."""
    content = _CAPTION.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", content.replace("\r\n", "\n"))
    content = _EMBED.sub(_embedded, content)
    pieces = _BLOCK.split(content)
    if "[" in content:
        pieces = list(_without_short_codes(pieces, frozenset(_CLOSING.findall(content))))
    return "".join(pieces if "<!-- wp:" in content else _wrapped(pieces))


def _without_short_codes(pieces: Sequence[str], closed: Collection[str]) -> Iterator[str]:
    """Yield tags and texts, of short codes beside other text in a line that text alone; `closed` are names of pairs.

    Brackets without a value between quotation marks are text ("[sic]"), unless what they name is closed somewhere.
    """
    verbatim = ""
    for place, piece in enumerate(pieces):
        if place % 2:
            verbatim = _verbatim_after(piece, verbatim)
            yield piece
        elif verbatim or "[" not in piece:
            yield piece
        else:
            yield "\n".join(_of_short_codes(line, closed) for line in piece.split("\n"))


def _of_short_codes(line: str, closed: Collection[str]) -> str:
    """Return a line without the brackets of short codes, as it is where it has nothing else."""

    def left(found: re.Match[str]) -> str:
        quoted = found[3] and not _QUOTES.isdisjoint(found[3])
        return "" if found[2] and (found[1] or quoted or found[2] in closed) else found[0]

    written = _SHORT_CODE.sub(left, line)
    return written if any(map(str.isalnum, _ELEMENT.sub("", written))) else line


def _verbatim_after(tag: str, verbatim: str) -> str:
    """Return the element whose text is left alone behind a tag; `verbatim` is the one before it."""
    name, closes = _NAME.match(tag)[1].lower(), tag.startswith("</")  # type: ignore[index]
    if verbatim:
        return "" if closes and name == verbatim else verbatim
    return name if name in _VERBATIM and not closes else ""


def _embedded(found: re.Match[str]) -> str:
    """Return an address that stands alone as what is embedded from there, of a site that is not known as a link."""
    address = found[1]
    if seen_at("iframe", {"src": address}):
        return f'<figure><iframe src="{address}"></iframe></figure>'
    return f'\n\n<a href="{address}">{address}</a>\n\n'


def _wrapped(pieces: Sequence[str]) -> Iterator[str]:
    """Put texts that stand in no block but a container into paragraphs; every second one of `pieces` is a tag."""
    solid = 0
    verbatim = ""
    for place, piece in enumerate(pieces):
        if place % 2:
            name, closes = _NAME.match(piece)[1].lower(), piece.startswith("</")  # type: ignore[index]
            inside, verbatim = verbatim, _verbatim_after(piece, verbatim)
            if not inside and name not in _VERBATIM and name not in _CONTAINERS and name != "hr":
                solid = max(0, solid + (-1 if closes else 1))
            yield piece
        elif verbatim or solid:
            yield piece
        else:
            yield from (f"<p>{_broken(text)}</p>" for text in _BLANK_LINE.split(piece) if text.strip())


def _broken(text: str) -> str:
    """Return a paragraph with its line ends, but for those where an editor's program has wrapped a sentence.

    It has done so where a width has wrapped all of the paragraph, or where a line as long as any goes on in lower case.
    """
    text = text.strip()
    if "\n" not in text:
        return text
    lines = [line.strip() for line in text.split("\n")]
    wrapped = len(lines) >= PARAGRAPH and len(blocks_of([_ELEMENT.sub("", line) for line in lines])) == 1
    longest = max(map(len, lines))
    out = lines[0]
    for line, following in pairwise(lines):
        goes_on = _GOES_ON.fullmatch(f"{line}\n{following}") and len(line) + len(following.split(None, 1)[0]) >= longest
        out += f" {following}" if wrapped or goes_on else f"<br>{following}"
    return out
