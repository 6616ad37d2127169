"""Text that is believed in and stands apart from the article: readers' comments, teasers far behind it."""

from __future__ import annotations

import pytest

from copydesk.cleaning.evidence import Credits, Evidence
from copydesk.cleaning.features import look_at_all
from copydesk.cleaning.judge import judge
from copydesk.cleaning.leaning import Leaning
from copydesk.model import Markup
from test_cleaning_pages import ODD, SENTENCES

NONE: frozenset[str] = frozenset()
ARTICLE, ELSEWHERE = (2, 1), (8, 7)


def markup(number: int, around: tuple[int, int], *hints: str) -> Markup:
    return Markup("p", NONE, frozenset(hints), NONE, 0.0, (number, *around), 3)


def kept(behind: list[str], belief: float, around: tuple[int, int], apart: int, *hints: str, before: int = 0) -> bool:
    """Tell whether what stands `apart` lines behind the article is kept, whose first `before` lines have no hints."""
    words = [f"Menu {n}" for n in range(apart)]
    texts = [*SENTENCES, *words, *behind]
    article = [0.98] * len(SENTENCES) + [0.0] * apart + [belief] * len(behind)
    markups = [
        *(markup(100 + n, ARTICLE, "article", *(hints if n >= before > 0 else ())) for n in range(len(SENTENCES))),
        *(markup(200 + n, (6, 5)) for n in range(apart)),
        *(markup(300 + n, around, *hints) for n in range(len(behind))),
    ]
    nothing = [0.0] * len(texts)
    evidence = Evidence(article, nothing, nothing, lambda: Credits(nothing, nothing))
    judged = judge(texts, look_at_all(texts), evidence, Leaning.BALANCED.pages, markups)
    inside = judged.body()
    assert set(range(max(before, 1))) <= set(inside)
    return len(texts) - 1 in inside


@pytest.mark.parametrize(
    ("belief", "around", "apart", "stays"),
    [
        (0.5, ELSEWHERE, 8, False),
        (0.9, ELSEWHERE, 8, True),
        (0.5, ARTICLE, 8, True),
        (0.5, ELSEWHERE, 2, True),
    ],
)
def test_doubtful_text_far_behind_the_article_in_other_elements_goes(
    belief: float, around: tuple[int, int], apart: int, stays: bool
) -> None:
    assert kept(ODD, belief, around, apart) is stays


def test_comments_go_however_many_there_are() -> None:
    assert not kept(ODD * 20, 0.9, ELSEWHERE, 1, "comments")
    assert kept(ODD, 0.9, ELSEWHERE, 1, "article")


def test_an_article_in_an_element_that_is_called_after_its_comments_stays() -> None:
    assert kept(ODD, 0.99, ARTICLE, 0, "comments", before=1)


def test_a_text_of_nothing_but_comments_stays() -> None:
    texts = [*SENTENCES, *(f"Menu {n}" for n in range(8))]
    article, nothing = [0.9] * len(SENTENCES) + [0.0] * 8, [0.0] * len(texts)
    markups = [markup(100 + n, ARTICLE, "comments") for n in range(len(texts))]
    evidence = Evidence(article, nothing, nothing, lambda: Credits(nothing, nothing))
    judged = judge(texts, look_at_all(texts), evidence, Leaning.BALANCED.pages, markups)
    assert judged.body() == list(range(len(SENTENCES)))
