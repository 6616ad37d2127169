"""Makes HTML of what an editor typed into WordPress: blank lines part paragraphs, line ends are line ends.

WordPress does so where it shows a post (`wpautop`). Short codes for captions and embeds, and addresses of films and
posts that stand alone, become elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copydesk.intake.mediaaddresses import seen_at

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
_WRAPPED = re.compile(r"(?<=[^\n]{50})(?<=[\w,;’'-])[ \t]*\n[ \t]*(?=[a-zß-öø-ÿа-я])")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def paragraphs(content: str) -> str:
    """Return a post as HTML: blank lines part paragraphs, line ends are line ends, unless the editor wrote blocks."""
    content = _CAPTION.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", content.replace("\r\n", "\n"))
    content = _EMBED.sub(_embedded, content)
    return content if "<!-- wp:" in content else "".join(_wrapped(_BLOCK.split(content)))


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
            if verbatim:
                verbatim = "" if closes and name == verbatim else verbatim
            elif name in _VERBATIM:
                verbatim = "" if closes else name
            elif name not in _CONTAINERS and name != "hr":
                solid = max(0, solid + (-1 if closes else 1))
            yield piece
        elif verbatim or solid:
            yield piece
        else:
            yield from (f"<p>{_broken(text)}</p>" for text in _BLANK_LINE.split(piece) if text.strip())


def _broken(text: str) -> str:
    """Return a paragraph with its line ends, but for those where an editor's program has wrapped a sentence."""
    text = text.strip()
    return _WRAPPED.sub(" ", text).replace("\n", "<br>") if "\n" in text else text
