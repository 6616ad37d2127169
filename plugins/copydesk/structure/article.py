"""Labelled blocks in, article out: the last stage that looks at lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from copydesk.errors import NoArticle
from copydesk.intake.headlines import folded
from copydesk.intake.links import host_of
from copydesk.intake.mirrors import in_mirror, section_folder
from copydesk.model import (
    DOUBT,
    Article,
    Block,
    Figure,
    ItemList,
    Label,
    LabelledBlock,
    LabelledMedia,
    Ledger,
    Provenance,
    Role,
    Section,
    Source,
)
from copydesk.structure.facts import authors_of, days_of, dek_of, headline_of, without_mark
from copydesk.structure.figures import figures_of, with_captions
from copydesk.structure.heads import heading_probabilities
from copydesk.structure.noarticle import no_article
from copydesk.structure.roles import body_roles
from copydesk.structure.sections import is_numbered_item, sections_of
from copydesk.structure.tables import in_tables

TITLE_LENGTH = 70
"""Longest title that is made from the body's first words, in characters."""

_SHORT_SENTENCE = re.compile(
    r".{20,}?[^\W_]{3}(?<!Prof)(?<!Mrs)(?<!Sen)(?<!Gov)(?<!Gen)(?<!Rev)[.!?][\"'”’»]?(?=\s)|.{8,}?[。！？]"
)
"""A sentence that can be a title: long enough, and not ended by an abbreviation ("The visit of Dr. Hale")."""

MOST_PARTS = 3
"""Blocks that a headline is in, where a page parts it."""

_FRONT = frozenset((Role.HEADLINE, Role.DEK, Role.BYLINE, Role.DATELINE))
_NOT_OPEN = _FRONT | {Role.CAPTION}
_WHY = {
    Role.HEADING: "short line without the end of a statement, right before running text",
    Role.LIST_ITEM: "starts with a list mark",
    Role.QUOTE: "starts with a quotation mark of e-mail (>)",
    Role.NOTE: "opens like a note of the editors",
}


def structure(source: Source, labelled: tuple[LabelledBlock, ...], media: tuple[LabelledMedia, ...] = ()) -> Article:
    """Return the article that the labelled blocks and media of `source` make up, with the final roles in its ledger.

    Raises RefusedSeed where no article text is left.
    """
    labelled = _with_roles(with_captions(labelled, media), source)
    kept = [lb for lb in labelled if lb.label.keep]
    figures, captions = figures_of(media, labelled)
    body = [lb for lb in kept if lb.label.role not in _FRONT and lb.block.first not in captions]
    ledger = Ledger(source, labelled, media)
    labels = (*(lb.label for lb in labelled), *(one.label for one in media))
    wanted = any(label.keep and label.reason == "override" for label in labels)
    if any(lb.label.role is not Role.HEADING for lb in body):
        refusal = None if wanted else no_article(source, body, labelled)
    else:
        refusal = None if wanted and figures else _refusal(source, len(labelled))
    if refusal:
        refusal.ledger = ledger
        raise refusal
    sections = sections_of(body, figures)
    line = next((lb for lb in kept if lb.label.role is Role.HEADLINE), None)
    declared = source.declared
    headline = headline_of(line, declared, _behind(line, source))
    days = days_of(kept, source)
    return Article(
        id=article_id(source),
        headline=headline,
        title=headline or _first_words(sections),
        dek=dek_of(kept, declared.dek),
        authors=authors_of(kept, declared),
        published=days.published,
        sections=sections,
        ledger=ledger,
        provenance=_provenance(ledger, _headline_from(line.block if line else None, headline), days.note),
        updated=days.updated,
        language=declared.language,
        section_name=declared.section if in_mirror(source.name) or not section_folder(source.name) else None,
        topics=declared.topics,
    )


def _behind(line: LabelledBlock | None, source: Source) -> Sequence[Block]:
    """Return the blocks right behind the headline's line that may be parts of it."""
    if line is None:
        return ()
    first = next(n for n, block in enumerate(source.blocks) if block.first == line.block.first) + 1
    return source.blocks[first : first + MOST_PARTS - 1]


def _headline_from(line: Block | None, headline: str | None) -> str:
    """Return in words where the headline was found."""
    if line:
        return f"line {line.first}" + ("" if without_mark(line.text) == headline else " and the page's own metadata")
    return "the page's own metadata" if headline else "first words"


def article_id(source: Source) -> str:
    """Return the article's name for all time: from the page's address where it is known, else from the seed's bytes."""
    return uuid5(NAMESPACE_URL, source.url or f"urn:sha256:{source.sha256}").urn


def _with_roles(labelled: tuple[LabelledBlock, ...], source: Source) -> tuple[LabelledBlock, ...]:
    """Return the blocks with their final roles; what an editor or cleaning said already stays."""
    labelled = _one_headline(labelled)
    open_places = [n for n, lb in enumerate(labelled) if lb.label.keep and lb.label.role not in _NOT_OPEN]
    texts = [labelled[n].block.text for n in open_places]
    titles = {folded(lb.block.text) for lb in labelled if lb.label.keep and lb.label.role is Role.HEADLINE}
    titles |= set(map(folded, source.declared.headlines))
    heads = heading_probabilities([labelled[n] for n in open_places], titles, host_of(source.url), boxes=source.is_page)
    roles = body_roles(texts, heads)
    tabled = in_tables([labelled[n].block for n in open_places])
    final = list(labelled)
    for place, (n, role) in enumerate(zip(open_places, roles, strict=True)):
        label = labelled[n].label
        if place in tabled or labelled[n].block.code is not None or label.settled:
            continue
        if role is Role.PARAGRAPH and is_numbered_item(labelled[n].block):
            role = Role.LIST_ITEM
        if label.role is Role.PARAGRAPH and role is not Role.PARAGRAPH:
            final[n] = LabelledBlock(labelled[n].block, _as(role, label))
    return tuple(final)


def _as(role: Role, label: Label) -> Label:
    """Return a label with its final role; an editor's reason stays."""
    if label.reason == "override":
        return replace(label, role=role)
    return replace(label, role=role, reason=f"structure:{role.value.replace(' ', '-')}", why=_WHY[role])


def _one_headline(labelled: tuple[LabelledBlock, ...]) -> tuple[LabelledBlock, ...]:
    """Return the blocks with one headline at most: the editor's before the one that was found; the rest are deks."""
    places = [n for n, lb in enumerate(labelled) if lb.label.keep and lb.label.role is Role.HEADLINE]
    if len(places) < 2:
        return labelled
    chosen = next((n for n in places if labelled[n].label.reason == "override"), places[0])
    return tuple(
        LabelledBlock(lb.block, replace(lb.label, role=Role.DEK)) if n in places and n != chosen else lb
        for n, lb in enumerate(labelled)
    )


def _first_words(sections: Sequence[Section]) -> str:
    """Return the body's first sentence if it is short, else its first words, cut at a word's end."""
    text = next(
        (
            " ".join((block.items[0] if isinstance(block, ItemList) else block.text).split("\n"))
            for section in sections
            for block in section.blocks
            if not isinstance(block, Figure)
        ),
        "",
    )
    if len(text) <= TITLE_LENGTH:
        return text
    if sentence := _SHORT_SENTENCE.match(text[: TITLE_LENGTH + 1]):
        return sentence[0].rstrip(".。")
    cut = text[: TITLE_LENGTH + 1].rsplit(None, 1)[0]
    return f"{cut[:TITLE_LENGTH].rstrip(' ,;:–—-')}…"


def _provenance(ledger: Ledger, headline_from: str, note: str | None) -> Provenance:
    """Return where the article came from, and what became of its lines."""
    source = ledger.source
    spans = [(lb.label, lb.block.last - lb.block.first + 1) for lb in ledger.labelled]
    return Provenance(
        seed=source.name,
        sha256=source.sha256,
        form=source.form,
        encoding=source.encoding,
        url=source.url,
        headline_from=headline_from,
        kept=sum(lines for label, lines in spans if label.keep),
        dropped=sum(lines for label, lines in spans if not label.keep),
        doubtful=sum(lines for label, lines in spans if label.confidence < DOUBT),
        notes=(*source.notes, note) if note else source.notes,
    )


def _refusal(source: Source, lines: int) -> NoArticle:
    """Return the error of a seed that holds no article text."""
    return NoArticle(
        f"no article text found: {'its one line is' if lines == 1 else f'all {lines} lines are'} "
        "furniture, headline or caption",
        source.name,
        remedy="See why with `copydesk explain`; keep lines or pictures in an override file, or take the seed away",
    )
