"""Headlines as pages declare them: compared by their letters, and without the site's name."""

from __future__ import annotations

import re
from collections.abc import Collection

_BEFORE = re.compile(r"([^|–—:-]{2,40}?)\s*[|–—:-]\s+(?=\S)")
_BEHIND = re.compile(r"\s+[|–—-]\s+([^|–—]{2,40})$")


def folded(text: str) -> str:
    """Return the letters and digits of a text in lower case, for comparison."""
    return "".join(filter(str.isalnum, text.casefold()))


def without_site(text: str, sites: Collection[str]) -> str:
    """Return a headline without the name of one of `sites`, given folded, at its beginning or its end."""
    before, behind = _BEFORE.match(text), _BEHIND.search(text)
    if behind and folded(behind[1]) in sites:
        return text[: behind.start()]
    return text[before.end() :] if before and folded(before[1]) in sites else text
