"""Parts of pages that come out the same wherever they are made from the same values: rendered once in a build.

A template says which values those are: `{% call once("partials/card.html", story=story) %}...{% endcall %}`. Where what
stands there can read more than that, by an editor's own template, it is rendered each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Undefined
from pelican.contents import Content, URLWrapper

from copydesk.site.facts import Neighbour
from copydesk.site.reads import Depth, Reads

SAME = frozenset({"nav"})
"""Values that are the same on all pages, beside the settings."""

MOST = 30_000
"""Parts that are remembered, a kilobyte each; of more, those that were not asked for the longest are forgotten."""

DIFFERENT = frozenset({"SITEURL"})
"""Settings that are another thing on each page, where pages are linked relatively."""


class Fragments:
    """The parts of one build's pages."""

    def __init__(self, reads: Callable[[str], Reads | None], settings: Mapping[str, Any]) -> None:
        """Begin with none; `reads` tells of a template what it reads."""
        self._reads = reads
        self._same = (settings.keys() | SAME) - DIFFERENT
        self._bound: dict[tuple[str, ...], bool] = {}
        self._known: OrderedDict[tuple[object, ...], str] = OrderedDict()

    def once(self, template: str, render: Callable[[], str], values: Mapping[str, object]) -> str:
        """Return what `render` gives, which shows the `template` with no other values than these."""
        names = (template, *values)
        if names not in self._bound:
            self._bound[names] = self._reads_only(template, values)
        if not self._bound[names]:
            return render()
        key = (*names, *map(_identity, values.values()))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = render()
            if len(self._known) > MOST:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(key)
        return known

    def _reads_only(self, template: str, values: Mapping[str, object]) -> bool:
        """Tell whether all that a template reads, with all that it includes, is given or the same on all pages."""
        reads = self._reads(template)
        return reads is not None and reads.depth is Depth.CARD and reads.names <= self._same | values.keys()


def _identity(value: object) -> object:
    """Return what tells a value from others in the same place; articles live as long as their build."""
    match value:
        case Neighbour():
            return id(value.whole)
        case Content():
            return id(value)
        case URLWrapper():
            return type(value), value.slug, value.name
        case Undefined():
            return None
    return value
