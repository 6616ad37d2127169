"""What every page names of the whole site."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from copydesk.site.navigation import navigation_of


def context(**sizes: int) -> dict[str, Any]:
    categories = [(name, range(size)) for name, size in sizes.items()]
    return {"categories": categories, "pages": [], "tags": [], "authors": []}


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        (4, ("arts", "business", "local", "world")),
        (3, ("arts", "business", "world")),
        (2, ("business", "world")),
    ],
)
def test_the_largest_sections_are_named_in_their_order(most: int, shown: tuple[str, ...]) -> None:
    found = navigation_of(context(arts=2, business=9, local=2, world=12), most)
    assert found.sections == shown
    assert found.more_sections is (len(shown) < 4)


def test_one_more_story_seldom_changes_what_every_page_names() -> None:
    found = [navigation_of(context(arts=20, business=size, local=24), 2).sections for size in range(1, 65)]
    assert sum(before != after for before, after in pairwise(found)) <= 2
