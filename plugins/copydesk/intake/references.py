"""Character references ("&#8217;", "&amp;") that a scrape left in plain text: they are read where that is certain.

The names are those of HTML (HTML Living Standard, section 13.5). A text that speaks of markup may mean them as they
stand; it is left alone, unless they stand inside of words, where nobody writes them on purpose.
"""

from __future__ import annotations

import re
from html import unescape

from copydesk.intake.characters import without_harmful

_REFERENCE = re.compile(
    r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)*((?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});)"
)
"""A reference, also one that was escaped again, once or several times: "&amp;amp;#8217;"."""

_IN_A_WORD = re.compile(r"(?<=[^\W\d_])&(?:#0?39|#8217|#[xX](?:27|2019)|rsquo|apos);(?=[^\W\d_])")
_ON_MARKUP = re.compile(r"</?[a-z][^<>\n]{0,200}>|&(?:lt|gt|#60|#62);|\b(?:HTML|XML|SGML)\b", re.I)


def without_references(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with its references read, and what an editor is told of it."""
    if "&" not in text or _REFERENCE.search(text) is None:
        return text, ()
    count = 0

    def read(found: re.Match[str]) -> str:
        nonlocal count
        reference = f"&{found[1]}"
        right = unescape(reference)
        if right == reference:
            return found[0]
        count += 1
        kept, _ = without_harmful(right)
        return " " if kept.isspace() and kept != "\u3000" else kept

    if _ON_MARKUP.search(text) and not _IN_A_WORD.search(text):
        left = sum(unescape(f"&{name}") != f"&{name}" for name in _REFERENCE.findall(text))
        return text, (_note(left, "left as they are, since the text may speak of markup"),) if left else ()
    text = _REFERENCE.sub(read, text)
    return text, (_note(count, "read, which the scrape had left in the text"),) if count else ()


def _note(count: int, what: str) -> str:
    return f"{count} character reference{'s' if count > 1 else ''} {what}"
