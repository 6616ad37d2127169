"""Label every block of a source: keep or drop, as what, and why. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from copydesk.cleaning.evidence import SHIPPED, Evidence, Taggers, evidence_of
from copydesk.cleaning.factline import is_fact_line
from copydesk.cleaning.features import look, look_again, look_at_all
from copydesk.cleaning.headline import headline_like, with_declared, with_likeliest
from copydesk.cleaning.judge import DEK_SIZE, Judgement, cut_harder, judge
from copydesk.cleaning.leaning import Leaning
from copydesk.cleaning.members import with_members, with_rest_of_lists
from copydesk.cleaning.notes import with_corrections
from copydesk.cleaning.reasons import (
    Place,
    by_evidence,
    by_form,
    by_rule,
    by_siblings,
    by_teaser,
    with_heading,
    with_surroundings,
)
from copydesk.cleaning.rulebook import Rules
from copydesk.cleaning.rulefile import Rule
from copydesk.cleaning.runningheads import running_heads
from copydesk.cleaning.siblings import NOTHING_FAMILIAR, PROSE, Familiar, key_of_line
from copydesk.cleaning.tagger.dump import dump_of, dump_of_body
from copydesk.cleaning.toldfacts import with_told
from copydesk.model import Label, LabelledBlock, Role, Source

SHARED_HEADLINE, SHARED_PROSE = 0.3, 0.9
"""Share of belief as headline, and probability of a long line, from which it stays though other pages have it, too."""

PASSES = 30
"""Passes after which a text that still changes is cut harder, so that the work stays bounded."""


def label(
    source: Source,
    rules: Rules,
    leaning: Leaning = Leaning.BALANCED,
    taggers: Taggers = SHIPPED,
    familiar: Familiar = NOTHING_FAMILIAR,
) -> tuple[LabelledBlock, ...]:
    """Return the blocks of `source` with their labels, the headline's role included.

    `familiar` are the lines that other pages of the source have as well.

    The body that is left of a dump is judged again, as if it were a seed of its own, until nothing changes any more: so
    a cleaned text that is cleaned again stays as it is. Of a saved page it is not: text alone tells less than a page,
    and would take lines away that the page's markup speaks for.
    """
    texts = [block.text for block in source.blocks]
    matches = rules.match_all(texts)
    labels: dict[int, Label] = {n: by_rule(rule) for n, rule in enumerate(matches) if rule}
    teasers = dict(_teasers(texts, matches))
    labels |= {n: by_teaser(rule) for n, rule in teasers.items()}
    heads = running_heads(source)
    labels |= heads
    rest = [n for n in range(len(texts)) if n not in labels]
    evidence = _evidence(source, teasers, heads, rest, taggers)
    if familiar and not source.is_story and (shared := _shared(texts, rest, evidence, familiar)):
        labels |= shared
        own = [position for position, n in enumerate(rest) if n not in shared]
        rest, evidence = [rest[position] for position in own], evidence.part(own)
    found = [texts[n] for n in rest]
    titles = [place for place, n in enumerate(rest) if source.blocks[n].is_title]
    declared = source.declared.headlines or tuple(filter(None, (source.declared.headline,)))
    if declared or titles:
        evidence = with_declared(evidence, found, declared, titles, sure=source.form == "record")
    if source.is_story:
        evidence = evidence.as_story()
    lines = look_at_all(found)
    if not source.is_page:
        evidence = with_likeliest(evidence, found, lines)
    least = leaning.pages if source.is_page else leaning.dumps
    markups = [markup for n in rest if (markup := source.blocks[n].markup)] if source.is_page else []
    judged = judge(found, lines, evidence, least, markups, late=not source.is_page)
    if source.is_story:
        judged = judged.as_story()
    if not (source.is_page and source.declared.tells_credits):
        judged = with_told(judged, found, evidence, least, markups)
    _note(labels, rest, judged)
    if source.is_story:
        labels |= {n: by_form(labels[n]) for n, place in zip(rest, judged.places, strict=True) if place is Place.BODY}
    if source.is_page:
        with_members(labels, source.blocks)
        labels |= {n: with_surroundings(labels[n], source.blocks[n].markup) for n in rest}
    elif not source.is_story:
        _settle(labels, texts, rest, judged, leaning, taggers)
        with_rest_of_lists(labels, texts)
    with_corrections(labels, texts)
    for n, heading in zip(rest, evidence.heading, strict=True):
        if labels[n].keep and len(rest) > least.brief:
            labels[n] = with_heading(labels[n], round(heading, 2))
    return tuple(LabelledBlock(block, labels[n]) for n, block in enumerate(source.blocks))


def _evidence(
    source: Source, teasers: Iterable[int], heads: Iterable[int], rest: Sequence[int], taggers: Taggers
) -> Evidence:
    """Return the evidence on the blocks at `rest`; announced teasers and running heads interrupt, and are not seen."""
    hidden = {place for n in teasers for place in (n - 1, n)} | set(heads)
    seen = [n for n in range(len(source.blocks)) if n not in hidden]
    place = {n: position for position, n in enumerate(seen)}
    blocks = [source.blocks[n] for n in seen] if source.is_page else []
    return evidence_of(dump_of(source, hidden), blocks, taggers).part([place[n] for n in rest])


def _shared(texts: Sequence[str], rest: Sequence[int], evidence: Evidence, familiar: Familiar) -> dict[int, Label]:
    """Return the labels of lines that other pages of the source have, too.

    A headline is on other pages because they lead to this one, and so may be a story's first sentence.
    """
    labels = {}
    for n, article, headline in zip(rest, evidence.article, evidence.headline, strict=True):
        pages = familiar.get(key_of_line(texts[n]))
        told = headline >= SHARED_HEADLINE or (article >= SHARED_PROSE and len(texts[n]) >= PROSE)
        if pages and not told:
            labels[n] = by_siblings(pages)
    return labels


def _settle(
    labels: dict[int, Label],
    texts: Sequence[str],
    positions: Sequence[int],
    judged: Judgement,
    leaning: Leaning,
    taggers: Taggers,
) -> None:
    """Judge the body again until it stays as it is; `judged` is the verdict on the lines at `positions`."""
    for turn in range(1, len(texts) + 2):
        inside = judged.body()
        body, lines = [positions[n] for n in inside], [judged.lines[n] for n in inside]
        left = [texts[n] for n in body]
        looks = look_again(left, lines)
        evidence = with_likeliest(evidence_of(dump_of_body(left), taggers=taggers), left, looks)
        judged = with_told(judge(left, looks, evidence, leaning.dumps), left, evidence, leaning.dumps)
        if len(judged.body()) == len(body):
            return
        judged = cut_harder(judged) if turn > PASSES else judged
        _note(labels, body, judged, texts)
        positions = body


def _teasers(texts: Sequence[str], matches: Sequence[Rule | None]) -> Iterator[tuple[int, Rule]]:
    """Yield the lines that a rule drops together with the line before them: a headline, or a list of them."""
    announced: Rule | None = None
    for n, (before, rule) in enumerate(pairwise(matches), start=1):
        if not before and not announced:
            continue
        line = look(texts[n])
        if rule:
            announced = None
        elif before and before.with_teaser and (line.bullet or headline_like(texts[n], line)):
            announced = before if line.bullet else None
            yield n, before
        elif announced and line.bullet:
            yield n, announced
        else:
            announced = None


def _note(labels: dict[int, Label], positions: Sequence[int], judged: Judgement, again: Sequence[str] = ()) -> None:
    """Write the verdicts on the lines at `positions` into `labels`.

    Where a body is judged `again`, those of the document's lines with these texts that stay in it are left alone; what
    would be a second headline is the dek where there is none.
    """
    taken = {label.role for label in labels.values()} if again else set()
    titles = {again[n] for n, label in labels.items() if label.role is Role.HEADLINE} if again else set()
    for position, line, place, score in zip(positions, judged.lines, judged.places, judged.article, strict=True):
        if again and place in (Place.BODY, Place.DOUBT):
            continue
        label = by_evidence(line, place, score)
        if place in (Place.HEADLINE, Place.DEK) and label.role in taken:
            dek = Role.DEK not in taken and line.size >= DEK_SIZE and again[position] not in titles
            dek = dek and not is_fact_line(again[position])
            label = by_evidence(line, Place.DEK if dek else Place.FRONT, score)
        labels[position] = label
