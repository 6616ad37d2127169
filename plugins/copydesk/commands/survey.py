"""Tells what a file would give, without cleaning it: its form, how many articles, and why anything is left out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from copydesk.commands.homesite import home_of
from copydesk.errors import RefusedSeed
from copydesk.intake import read
from copydesk.intake.pieces import SEPARATOR, WHOLE, form_of, pieces


@dataclass(frozen=True, slots=True)
class Survey:
    """What is in a file: its form, the number of articles, and a message for each that is left out."""

    form: str
    articles: int
    left_out: tuple[str, ...]


def survey(path: str) -> Survey:
    """Return what the file at `path` would give."""
    file = Path(path)
    site = home_of(file.parent)
    form, articles, left_out = WHOLE, 0, list[str]()
    try:
        form = form_of(file)
        for piece in pieces(file, path, site.settings.max_bytes, dict(site.settings.field_names())):
            try:
                if piece.refusal:
                    raise piece.refusal
                source = read(piece.data, piece.name)
            except RefusedSeed as error:
                left_out.append(str(error))
                continue
            articles += 1
            form = form if SEPARATOR in piece.name and piece.number else source.form
    except OSError as error:
        left_out.append(f"{path}: {error}")
    return Survey(form, articles, tuple(left_out))
