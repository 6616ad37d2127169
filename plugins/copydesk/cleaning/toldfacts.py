"""Finds the lines of a judged document that tell names or the day among other facts, by evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from copydesk.cleaning.credits import named, told
from copydesk.cleaning.dates import days_in, days_told
from copydesk.cleaning.evidence import Evidence
from copydesk.cleaning.judge import Judgement
from copydesk.cleaning.leaning import Least
from copydesk.cleaning.reasons import Place
from copydesk.model import Markup

BYLINE, DATELINE, LONGEST_TOLD = 0.3, 0.15, 160
"""Probabilities from which a line is a byline or dateline among other facts, and the characters that it has at most.

A wrong name is worse than a wrong day of the same page.
"""

PLAIN = 1 / 3
"""The part of those probabilities that is enough for a line of a dump that is nothing but names, or but a day."""

SURE = 0.5
"""Probability from which even a dek or a line of the body is a byline or dateline."""

_TEXT = frozenset((Place.HEADLINE, Place.DEK, Place.BODY))


def with_told(
    judged: Judgement, texts: Sequence[str], evidence: Evidence, least: Least, markups: Sequence[Markup] = ()
) -> Judgement:
    """Return the judgement with the likeliest line that tells names as byline, and with that of days as dateline.

    It may stand anywhere, with other facts; a byline may tell the day as well. A dek is one only where the evidence is
    quite sure, a line of the body, or of a brief document, where it is nothing but facts besides. Where there is no
    prose, none is. In a dump, whose lines have no `markups` to speak for them, such lines need less belief; the body of
    a saved page stays what it is, and what stands among other articles behind it tells of those.
    """
    in_dump = not markups
    places = list(judged.places)
    if Place.NOWHERE in places or Place.DOUBT in places or (Place.BYLINE in places and Place.DATELINE in places):
        return judged
    others = frozenset(n for n, markup in enumerate(markups) if places[n] is Place.AFTER and markup.is_of_others)
    credits, brief = evidence.credits(), len(texts) <= least.brief
    for place, chances, likely, tells, alone in (
        (Place.BYLINE, credits.byline, BYLINE, told, named),
        (Place.DATELINE, credits.dateline, DATELINE, days_told, days_in),
    ):
        if place in places:
            continue
        found = [
            n
            for n, chance in enumerate(chances)
            if n not in others
            and chance >= (SURE if places[n] in _TEXT else likely * PLAIN if in_dump else likely)
            and len(texts[n]) <= LONGEST_TOLD
            and (in_dump or places[n] is not Place.BODY)
            and (alone if brief or places[n] is Place.BODY or chance < likely else tells)(texts[n])
        ]
        best = max(found, key=lambda n: (chances[n], -n), default=None)
        if best is not None and places[best] not in (Place.HEADLINE, Place.BYLINE):
            places[best] = place
    return replace(judged, places=tuple(places))
