"""Records: one article as a JSON object, as scrapers and datasets write it, with its text or its page in a field."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace

from copydesk.intake import html, markdown, text
from copydesk.intake.fields import address_by_fields, declared_by_fields, text_by_fields
from copydesk.intake.recognise import is_markdown
from copydesk.model import Source

_MARKUP = re.compile(r"\s*<(?:!doctype|html|body|p|div|article|section|h[1-6])\b", re.I)


def is_record(value: object) -> bool:
    """Tell an object that holds an article's text or page."""
    return isinstance(value, Mapping) and any(text_by_fields(value, fact) is not None for fact in ("html", "text"))


def read(data: bytes, name: str) -> Source:
    """Return a record as a Source. Raises RefusedSeed where it has no text.

    Its facts go before those that its page or its text tells, since whoever wrote the record had both.
    """
    record = json.loads(data)
    found = text_by_fields(record, "html")
    whole = found if found is not None else text_by_fields(record, "text") or ""
    encoded = whole.encode("utf-8", "replace")
    if _MARKUP.match(whole):
        source = html.read(b'<meta charset="utf-8">' + encoded, name)
    else:
        source = (markdown if is_markdown(encoded) else text).read(encoded, name)
    return replace(
        source,
        sha256=hashlib.sha256(data).hexdigest(),
        form="record",
        url=address_by_fields(record) or source.url,
        declared=declared_by_fields(record, source.declared),
    )
