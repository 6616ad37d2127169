"""What was made of a list is made once, until it is another list."""

from __future__ import annotations

from copydesk.site.oflist import OfList


def test_a_list_is_asked_about_once_until_it_is_let_go() -> None:
    asked: list[object] = []

    def make(values: object) -> int:
        asked.append(values)
        return len(asked)

    told = OfList(make)
    first, second = [1], [1]
    assert [told(first), told(first), told(second), told(first)] == [1, 1, 2, 3]
    told.forget()
    assert told(first) == 4
