"""Lines of facts around a headline are no deks; sentences are, also those that tell a day."""

from __future__ import annotations

import pytest

from copydesk.cleaning.factline import is_fact_line, tells_only_facts


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Hale | December 16, 2025 | Categories: Harbour",
        "By Ann HaleMarch 3, 2021Updated: March 8, 20212 Comments7 Mins Read",
        "By Ann Hale BBC News, Ust-Kamenogorsk, Kazakhstan",
        "By Ann Hale Environment reporter, BBC News",
        "Tom Brandt - Nov 19, 2019, 8:15 pm CST",
        "Published: Mar 8, 2024 · Modified: May 19, 2025 by Ann Hale · This post may contain affiliate links",
        "Last Updated on April 8, 2024 by Ann Hale",
        "Asia | First Time Visitor Guides | Japan | Travel Tips",
        "Home > World > Europe > Harbour Towns",
        "Care Coordination, Data Management, Patient Management, Workflow",
        "公開日：2025/01/31 11:30 更新日：2025/01/31 11:30",
    ],
)
def test_facts(line: str) -> None:
    assert is_fact_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday night the harbour of the town was under water",
        "By Monday Night, Harrow Bay Was Flooded",
        "Von Berlin bis Paris: Wie Züge Europa verbinden",
        "Am 15. Juni 2025 feiert Deutschland den Nationalen Veteranentag",
        "The council of Harrow Bay voted on 3 March 2026 to reopen the line, ending a dispute",
        "A Guide to the Popular Types of Furniture Styles",
        "Boulter, Burrage and Draper all won to advance to the second round at the US Open",
        "Bread, butter, jam: what the bakers of the harbour sell at night",
        "European Payments Initiative Statt Paypal & Co.: So könnte Europas neues Bezahlsystem die Konkurrenz schlagen",
        "Ann Hale tells how the bakers, the fishermen, and the council of the bay met.",
        "港の町の議会は火曜日、古い鉄道の再開を賛成多数で決めた",
        "",
    ],
)
def test_sentences(line: str) -> None:
    assert not is_fact_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Joan Tregenna March 20, 2026 1 min read Source: estuary-week.example",
        "by Ann Hale—10 min read",
        "Published October 17, 2025Admin Only:",
        "Updated March 3, 2026 4 min read",
        "Last Updated on March 26, 2025 by Ann Hale",
        "• Released Wednesday, March 2, 2022",
        "Von Anna Berger, 3. März 2026",
    ],
)
def test_facts_alone(line: str) -> None:
    assert tells_only_facts(line)


@pytest.mark.parametrize(
    "line",
    [
        "Timeline of May 3, 2020",
        "Posted by Ann Hale on Friday December 19, 2025 from the skewed-job-market dept.",
        "10 April 2025, 18:00 - Rome time @ In conversation: Exploring the Philosophy of Money",
        "By Monday night the harbour of the town was under water",
        "The council of Harrow Bay voted on 3 March 2026 to reopen the line",
        "Ann Hale and Tom Brandt met the council of Harrow Bay on 3 March 2026",
        "Asia | First Time Visitor Guides | Japan | Travel Tips",
        "",
    ],
)
def test_more_than_facts(line: str) -> None:
    assert not tells_only_facts(line)
