"""Character references that a scrape left in plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.intake import read
from copydesk.intake.references import without_references


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("The council&#8217;s line reopens &amp; trains return", "The council’s line reopens & trains return"),
        ("It&#039;s &ldquo;the first&rdquo; vote&nbsp;&ndash; so far&hellip;", "It's “the first” vote – so far…"),
        ("Caf&eacute; &#x26; bakery, open &quot;at night&quot;", 'Café & bakery, open "at night"'),
        ("The mayor&amp;#8217;s plan", "The mayor’s plan"),
        ("It&#39;s the HTML of 1995: &lt;b&gt; was bold", "It's the HTML of 1995: <b> was bold"),
        ("Two&#10;lines&#8232;stay one&#x202e;, &#0;&#7; unharmed", "Two lines stay one, \ufffd unharmed"),
    ],
)
def test_references_are_read(text: str, right: str) -> None:
    found, notes = without_references(text)
    assert found == right
    assert "read, which the scrape had left" in notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "Write &nbsp; where HTML shall keep two words together",
        "The browser shows &lt;b&gt; as it stands, and &amp; as well",
        "Put <em>both</em> words &amp; no others into the element",
    ],
)
def test_a_text_that_speaks_of_markup_is_left_alone(text: str) -> None:
    found, notes = without_references(text)
    assert found == text
    assert "left as" in notes[0]


@pytest.mark.parametrize(
    "text", ["AT&T and R&D; both", "a &unknown; reference", "x &amp y", "Fish & Chips;", "&#9999999;"]
)
def test_what_is_no_reference_stays(text: str) -> None:
    assert without_references(text)[0].replace("\ufffd", "&#9999999;") == text


@given(st.text(alphabet=st.sampled_from("ab &#;8217lt\n<>xampnbsp"), max_size=60))
def test_lines_stay_lines_and_a_second_reading_changes_nothing(text: str) -> None:
    once, _ = without_references(text)
    assert once.count("\n") == text.count("\n")
    assert without_references(once)[0] == once


def test_a_dump_tells_of_it() -> None:
    source = read(b"The mayor&#8217;s line\n\nTrains &amp; ferries return to the bay on Tuesday.\n", "a.txt")
    assert source.lines[0] == "The mayor’s line"
    assert source.notes == ("2 character references read, which the scrape had left in the text",)
