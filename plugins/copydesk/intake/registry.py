"""Finds the form of a seed and the module that reads it."""

from __future__ import annotations

from copydesk.errors import RefusedSeed
from copydesk.intake import text
from copydesk.intake.recognise import foreign_form
from copydesk.model import Source


def read(data: bytes, name: str) -> Source:
    """Return the seed `data` as a Source; `name` is its path below the seeds folder.

    Raises RefusedSeed where the seed is empty or of a form that Copydesk does not read.
    """
    if not data:
        raise RefusedSeed("is an empty file", name, remedy="Scrape the page again, or take the file away")
    form = foreign_form(data)
    if form:
        raise RefusedSeed(f"is {form.name}, not a form that Copydesk reads", name, remedy=form.remedy)
    return text.read(data, name)
