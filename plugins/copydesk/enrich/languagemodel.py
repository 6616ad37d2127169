"""Keeps the model that tells languages as it is needed, so that a process that asks once need not unpack it.

The library carries it compressed, which takes half a second and a hundred megabytes to load; unpacked, and of our
languages alone, it is mapped into memory, of which only what is asked for is read. The files are arrays of numbers:
nothing in them is code.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

PARTS = ("ptc", "pc", "classes", "nextmove", "row", "output")
"""Arrays of the model, in the library's own words (Lui and Baldwin, 2012)."""


def identifier_of(languages: Sequence[str], folder: Path | None) -> Any:
    """Return what tells `languages` apart: from the files in `folder`, which are written where there are none.

    Without a folder the model is unpacked in memory.
    """
    if folder is None:
        return _unpacked(languages)
    place = folder / f"languages-{_key(languages)}"
    try:
        return _mapped(place)
    except (OSError, ValueError, EOFError, TypeError):  # not there, or damaged
        identifier = _unpacked(languages)
        _keep(identifier, place)
        return identifier


def _key(languages: Sequence[str]) -> str:
    told = f"{version('py3langid')} {version('numpy')} {' '.join(languages)}"
    return sha256(told.encode()).hexdigest()[:16]


def _unpacked(languages: Sequence[str]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(identifier.nb_classes)
    identifier.set_languages([code for code in languages if code in known])
    return identifier


def _mapped(place: Path) -> Any:
    """Return the model from its files. Raises OSError or ValueError where they can't be used."""
    import numpy as np
    from py3langid.langid import LanguageIdentifier

    ptc, pc, classes, nextmove, row, output = (
        np.load(place / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in PARTS
    )
    if not (len(row) == len(output) and ptc.shape[1:] == pc.shape == classes.shape):
        raise ValueError("not one model")
    return LanguageIdentifier(
        ptc, pc, classes.tolist(), memoryview(nextmove), output.tolist(), norm_probs=True, tk_row=row.tolist()
    )


def _keep(identifier: Any, place: Path) -> None:
    """Write the model's files, all or none; a folder that can't be written costs time, nothing else."""
    import numpy as np

    arrays = (
        identifier.nb_ptc,
        identifier.nb_pc,
        np.array(identifier.nb_classes),
        np.asarray(identifier.tk_nextmove),
        np.asarray(identifier.tk_row),
        np.asarray(identifier.tk_output, dtype=np.int32),
    )
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        fresh.mkdir(parents=True)
        for name, values in zip(PARTS, arrays, strict=True):
            np.save(fresh / f"{name}.npy", values, allow_pickle=False)
        fresh.rename(place)
        for old in place.parent.glob("languages-*"):  # of other versions
            if not old.name.startswith(place.name):
                shutil.rmtree(old, ignore_errors=True)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
