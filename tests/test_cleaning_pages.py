"""The tagger of saved pages: what it sees of the markup, and what it makes of it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.cleaning.label import label
from copydesk.cleaning.members import with_members
from copydesk.cleaning.rulebook import load_rules
from copydesk.cleaning.tagger.markup import MARKUP_NAMES, markup_values
from copydesk.intake import read
from copydesk.intake.markup import HINTS, LANDMARKS, hints_of
from copydesk.model import Label, Markup, Role
from copydesk.pipeline import extract
from copydesk.render.text import body_text

SENTENCES = [
    "The wheel at Pont Pill turned for the first time since 1936 on Saturday, when volunteers opened the gates.",
    "It takes the mill about four hours to empty the pond, and in that time it grinds two hundred kilograms of barley.",
    "Of the first wheel only the iron shaft remained, and the new paddles are of elm that grew in the same valley.",
    "The mill will open on two Saturdays a month, at hours that the harbour's tide table decides and nobody else.",
    "Nobody alive had seen it turn, and so nobody could say whether the noise that it makes is the right one.",
    "“Then we wait for the moon,” said Hedley Rowe, a retired harbour pilot who has led the repair for seven years.",
    "The first flour went to the bakery in Fowey, where a queue had formed before the sacks were off the cart.",
    "The county paid for the sluice, the parish for the roof, and the wheel is of those who bought a paddle.",
    "Each of the forty paddles carries a name, some of them those of children who were not born when the work began.",
    "An engineer from the university measures what the wheel gives, and says that it would light eleven houses.",
    "What it will not do is work by the clock, and the volunteers have hung one in the mill that has no hands.",
]
PROSE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def labels(body: str) -> dict[str, Label]:
    source = read(f"<!doctype html><title>x</title>{body}".encode(), "a.html")
    return {lb.block.text: lb.label for lb in label(source, load_rules())}


def test_hints_are_whole_words_of_names() -> None:
    assert hints_of("post-body", "mainContent") == {"article"}
    assert hints_of("related-stories card", "") == {"related"}
    assert hints_of("shadow header-ish", "adSlot") == {"frame", "advert"}
    assert hints_of("", "") == frozenset()


def test_no_word_hints_at_two_things() -> None:
    words = [word for group in HINTS.values() for word in group]
    assert len(words) == len(set(words))


MENU = "".join(f"<li><a href=/{name}>{name}</a></li>" for name in ("News", "Science", "Boats", "Tides", "Letters"))
TOP = f"<header><a href=/>Estuary Week</a><nav><ul>{MENU}</ul></nav></header><h1>A tide mill grinds again</h1>"
BOTTOM = f"<footer><ul>{MENU}</ul><p>All rights reserved</p></footer>"
ODD = [
    "Another council far away has closed its last library, and the readers there are angry about it.",
    "The ferry between the two islands will sail at night from June on, says the company that runs it.",
    "A farmer who keeps forty goats has been elected mayor of the smallest town of the country.",
]


@pytest.mark.parametrize(
    ("around", "words"),
    [
        ("<footer class=site-footer>{}</footer>", "footer"),
        ("<aside class=related-stories><h3>Related stories</h3>{}</aside>", "among other articles"),
        ("<section class=comments id=comments><h3>Comments</h3>{}</section>", "among the comments"),
        ("<div class=newsletter-signup><form>{}</form></div>", "in a prompt to subscribe"),
    ],
)
def test_prose_that_the_markup_sets_apart_is_dropped_and_the_reason_says_so(around: str, words: str) -> None:
    apart = around.format("".join(f"<p>{odd}</p>" for odd in ODD))
    found = labels(f"{TOP}<article class=post-content>{PROSE}</article>{apart}{BOTTOM}")
    assert [found[sentence].keep for sentence in SENTENCES] == [True] * len(SENTENCES)
    assert [found[odd].keep for odd in ODD] == [False] * len(ODD)
    assert words in found[ODD[0]].why


def test_teasers_among_paragraphs_are_dropped() -> None:
    link = "A ferry timetable that nobody can read has won a prize"
    parts = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    teaser = f"<div class=related-teaser><h4>Related</h4><ul><li><a href=/x>{link}</a></li></ul></div>"
    found = labels(f"{TOP}<article>{''.join(parts[:5])}{teaser}{''.join(parts[5:])}</article>{BOTTOM}")
    assert [found[sentence].keep for sentence in SENTENCES] == [True] * len(SENTENCES)
    assert not found[f"• {link}"].keep


texts = st.lists(st.text(max_size=60), min_size=1, max_size=12)
names = st.sampled_from(["p", "li", "h1", "h2", "h6", "th", "section", "odd"])
markups = st.builds(
    Markup,
    element=names,
    landmarks=st.frozensets(st.sampled_from(sorted(LANDMARKS)), max_size=3),
    hints=st.frozensets(st.sampled_from(sorted(HINTS)), max_size=3),
    own=st.frozensets(st.sampled_from(sorted(HINTS)), max_size=2),
    linked=st.floats(0, 1),
    containers=st.lists(st.integers(0, 4), min_size=1, max_size=3).map(tuple),
    depth=st.integers(0, 30_000),
)


@given(st.data())
def test_the_features_of_any_page_are_finite(data: st.DataObject) -> None:
    lines = data.draw(texts)
    values = markup_values(lines, [data.draw(markups) for _ in lines])
    assert values.shape == (len(lines), len(MARKUP_NAMES))
    assert np.isfinite(values).all()
    assert np.abs(values).max() < 100


CARD = (
    "<article class=card><h3><a href=/b>A bell comes home</a></h3><p class=dateline><a class=p-author rel=author"
    " href=/authors/nell-abara>Nell Abara</a> <time datetime=2026-03-01>March 1, 2026</time></p></article>"
)


@pytest.mark.parametrize(
    "behind",
    [
        f"<section class=related><h2>Related stories</h2>{CARD}</section>",
        f"<div class=more-stories>{CARD * 2}</div>",
        "<nav><p>Older <a href=/c>Council Extends Olive Branch, Signaling Diplomatic Shift</a></p></nav>",
        "<ol class=comments><li><b class=author>Nell Abara</b> <time>March 1, 2026</time> <p>Read.</p></li></ol>",
    ],
)
def test_names_and_days_of_other_articles_are_not_the_article_s(behind: str) -> None:
    page = f"<!doctype html><title>x</title><main><h1>A tide mill grinds again</h1>{PROSE}</main>{behind}"
    article = extract(page.encode(), "a.html", load_rules())
    assert (article.headline, article.authors, article.published) == ("A tide mill grinds again", (), None)


def test_facts_between_headline_and_text_are_no_part_of_it() -> None:
    facts = "<p class=meta><a>Nell Abara</a> <time>March 1, 2026</time> <span>1 min read</span></p>"
    page = f"<!doctype html><title>x</title><main><h1>A tide mill grinds again</h1>{facts}{PROSE}</main>"
    article = extract(page.encode(), "a.html", load_rules())
    assert (article.authors, article.published) == (("Nell Abara",), date(2026, 3, 1))
    assert body_text(article).startswith(SENTENCES[0])


def story(inside: str) -> dict[str, Label]:
    head, tail = ("".join(f"<p>{sentence}</p>" for sentence in half) for half in (SENTENCES[:4], SENTENCES[4:]))
    return labels(f"{TOP}<article>{head}{inside}{tail}</article>{BOTTOM}")


WORDS = "The editors of the paper have a word for you that nobody shall see, and they have written it down."


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (f"<p hidden>{WORDS}</p>", False),
        (f"<p style='display: none'>{WORDS}</p>", False),
        (f"<p>{WORDS}</p>", True),
        (f"<button>Open the answer</button><p hidden>{WORDS}</p>", True),
        (f"<h2>What did they write?</h2><div hidden>{WORDS}</div>", True),
        (f"<div hidden><p>{WORDS}</p><p>{WORDS[::-1]}</p></div>", True),
    ],
)
def test_what_a_page_hides_is_no_text_unless_something_may_show_it(inside: str, shown: bool) -> None:
    found = story(inside)[WORDS]
    assert found.keep == shown
    assert shown or found.reason == "evidence:hidden"


def test_a_page_that_hides_its_article_until_it_has_loaded_keeps_it() -> None:
    found = labels(f"{TOP}<article>{PROSE.replace('<p>', '<p hidden>')}</article>{BOTTOM}")
    assert all(found[sentence].keep for sentence in SENTENCES)


def test_a_short_item_between_kept_ones_is_kept() -> None:
    items = "<li><b>Look</b> at the flag first<ul><li>red</li><li>green</li></ul>before you look at the water</li>"
    found = story(f"<ul><li>Swim where the people of the harbour see you, and not alone.</li>{items}</ul>")
    assert [found[f"• {word}"].keep for word in ("Look at the flag first", "red", "green")] == [True] * 3


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        ("<ul><li>one</li><li>two</li><li>three</li></ul>", True),
        ("<ol><li>one</li><li>two<ul><li>three</li></ul></li></ol>", True),
        ("<table><tr><td>one<td>two<td>three</table>", True),
        ("<ul><li>one</li></ul><ul><li>two</li></ul><ul><li>three</li></ul>", False),
        ("<ul><li>one</li><li><a href=/>two</a></li><li>three</li></ul>", False),
        ("<p>one</p><p>two</p><p>three</p>", False),
    ],
)
def test_members_of_one_list_or_table_stay_together(inside: str, kept: bool) -> None:
    blocks = read(f"<!doctype html><title>x</title>{inside}".encode(), "a.html").blocks
    keep, drop = Label(True, Role.PARAGRAPH, "evidence:body", "x"), Label(False, Role.FURNITURE, "evidence:island", "x")
    found = {0: keep, 1: drop, 2: keep}
    with_members(found, blocks)
    assert found[1].keep == kept
