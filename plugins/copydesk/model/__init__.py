"""The values that flow through the pipeline; all frozen, a stage returns a new one.

Source (what was read) -> labelled blocks (what is kept, and why) -> Article (what is published).
Lines are counted from 1, as editors do. Text is plain text everywhere in these modules: nothing is escaped yet.
"""

from copydesk.model.article import (
    Article,
    BodyBlock,
    Canonical,
    Code,
    Figure,
    ItemList,
    Note,
    Paragraph,
    Provenance,
    Quote,
    Section,
    Status,
    Table,
    TextBlock,
)
from copydesk.model.ledger import BLANK_LINE, DOUBT, Label, LabelledBlock, LabelledMedia, Ledger, LedgerLine, Role
from copydesk.model.override import LineOverride, Override
from copydesk.model.source import (
    SECTION_HEADS,
    Block,
    Cell,
    Declared,
    Emphasis,
    Lines,
    Markup,
    Media,
    MediaKind,
    Picture,
    Source,
    Span,
)

__all__ = [
    "BLANK_LINE",
    "DOUBT",
    "SECTION_HEADS",
    "Article",
    "Block",
    "BodyBlock",
    "Canonical",
    "Cell",
    "Code",
    "Declared",
    "Emphasis",
    "Figure",
    "ItemList",
    "Label",
    "LabelledBlock",
    "LabelledMedia",
    "Ledger",
    "LedgerLine",
    "LineOverride",
    "Lines",
    "Markup",
    "Media",
    "MediaKind",
    "Note",
    "Override",
    "Paragraph",
    "Picture",
    "Provenance",
    "Quote",
    "Role",
    "Section",
    "Source",
    "Span",
    "Status",
    "Table",
    "TextBlock",
]
