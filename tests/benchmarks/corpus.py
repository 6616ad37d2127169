"""Makes text dumps to measure with: invented stories with furniture around them, the same ones every time."""

from __future__ import annotations

import random

WORDS = (
    "council harbour railway bridge vote members passengers budget winter engineers station ferry report mayor dispute "
    "parliament river school teachers region island storm market harvest library orchestra museum clinic doctors data "
    "the a of to in and that for with on after before under over between against said told asked warned agreed built"
).split()
BEFORE = ("Skip to content", "Menu", "Search", "Home > World", "Log in", "Weather     Live Markets")
INSIDE = ("Advertisement", "Read also", "Share this article")
AFTER = (
    "Related articles",
    "Sign up for our newsletter",
    "Comments (14)",
    "Leave A Reply",
    "© 2026 The Courier",
    "Privacy policy",
)


def sentence(rng: random.Random) -> str:
    """Return a sentence of invented news."""
    words = rng.choices(WORDS, k=rng.randint(9, 26))
    return " ".join(words).capitalize() + "."


def story(number: int) -> tuple[str, list[str]]:
    """Return the headline and the paragraphs of story `number`."""
    rng = random.Random(number)
    headline = " ".join(rng.choices(WORDS[:26], k=7)).title() + f" {number}"
    return headline, [" ".join(sentence(rng) for _ in range(rng.randint(2, 5))) for _ in range(rng.randint(5, 14))]


def dump(number: int) -> str:
    """Return story `number` as a scrape has it."""
    rng = random.Random(-number)
    headline, paragraphs = story(number)
    body = [line for text in paragraphs for line in ([rng.choice(INSIDE), text] if rng.random() < 0.15 else [text])]
    teasers = [story(number + offset)[0] for offset in (1, 2, 3)]
    return "\n".join([*BEFORE, headline, *body, AFTER[0], *teasers, *AFTER[1:]]) + "\n"
