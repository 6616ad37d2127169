"""The one list of HTML elements and attributes that may stand in a feed, whoever wrote the HTML."""

from __future__ import annotations

from functools import lru_cache, partial
from urllib.parse import urljoin

import nh3

from copydesk.render.escape import URL_SCHEMES, plain

TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code dd del dfn dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img "
    "ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub sup table tbody td tfoot th thead time tr u ul "
    "var wbr".split()
)

ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "hreflang"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"reversed", "start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}

LINKS = frozenset({"href", "src"})
"""Attributes with an address."""

REMEMBERED = 500
"""Texts that are remembered with whole links: one stands in many feeds, in several formats."""

_cleaner = partial(
    nh3.Cleaner,
    tags=set(TAGS),
    clean_content_tags={"script", "style", "iframe", "object", "template", "noscript", "textarea", "select"},
    attributes=ATTRIBUTES,
    url_schemes=set(URL_SCHEMES),
    link_rel=None,
)
_CLEANER = _cleaner()


def safe_html(html: str) -> str:
    """Return `html` with only the elements, attributes and link schemes that are allowed; the text is kept.

    Classes and ids go, since a feed reader has its own style; scripts, styles and frames go with their contents.
    """
    return _CLEANER.clean(plain(html))


@lru_cache(REMEMBERED)
def with_whole_links(html: str, base: str) -> str:
    """Return what `safe_html` leaves of `html`, with whole addresses, as seen from the page `base`."""

    def whole(element: str, attribute: str, value: str) -> str | None:
        try:
            return urljoin(base, value) if attribute in LINKS else value
        except ValueError:  # it is no address
            return None

    return safe_html(_cleaner(attribute_filter=whole).clean(plain(html)))
