"""Keeps the model that tells languages as it is needed, so that a process that asks once need not unpack it.

The library carries it compressed, which takes half a second and a hundred megabytes to load; unpacked, and of our
languages alone, it is mapped into memory, of which only what is asked for is read. It lies beside this package's code
for all sites and calls. The files are arrays of numbers: nothing in them is code.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.enrich.identifier import Identifier

PARTS, CLASSES = ("ptc", "pc", "nextmove", "row", "output"), "classes"
"""Arrays of the model, in the library's own words (Lui and Baldwin, 2012)."""

FORM = 2
"""Number of the form in which the files hold the arrays: others than those of this form are not read."""


def beside_code() -> Path:
    """Return the folder in which Python keeps what it makes of this package's code."""
    return Path(cache_from_source(__file__)).parent


def identifier_of(languages: Sequence[str], folder: Path) -> Identifier:
    """Return what tells `languages` apart: from the files in `folder`, which are written where there are none.

    Where they can't be, the model is unpacked in memory.
    """
    from copydesk.enrich.identifier import Identifier

    place = folder / f"languages-{_key(languages)}"
    try:
        return Identifier(*_mapped(place))
    except (OSError, ValueError, EOFError, TypeError):  # not there, or damaged
        classes, arrays = _unpacked(languages)
        _keep(classes, arrays, place)
        return Identifier(classes, arrays)


def _key(languages: Sequence[str]) -> str:
    told = f"{FORM} {version('py3langid')} {version('numpy')} {' '.join(languages)}"
    return sha256(told.encode()).hexdigest()[:16]


def _unpacked(languages: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    """Return the languages that the library's model knows among these, and its arrays."""
    import numpy as np
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(identifier.nb_classes)
    identifier.set_languages([code for code in languages if code in known])
    arrays = {
        "ptc": np.ascontiguousarray(identifier.nb_ptc, np.float32),  # a feature's row as it is asked for
        "pc": identifier.nb_pc,
        "nextmove": np.asarray(identifier.tk_nextmove),
        "row": np.asarray(identifier.tk_row),
        "output": np.asarray(identifier.tk_output, dtype=np.int32),
    }
    return list(identifier.nb_classes), arrays


def _mapped(place: Path) -> tuple[list[str], dict[str, Any]]:
    """Return the model from its files. Raises OSError or ValueError where they can't be used."""
    import numpy as np

    arrays = {name: np.load(place / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in (*PARTS, CLASSES)}
    classes = arrays.pop(CLASSES)
    if not (
        len(arrays["row"]) == len(arrays["output"]) and arrays["ptc"].shape[1:] == arrays["pc"].shape == classes.shape
    ):
        raise ValueError("not one model")
    return classes.tolist(), arrays


def _keep(classes: Sequence[str], arrays: Mapping[str, Any], place: Path) -> None:
    """Write the model's files, all or none; a folder that can't be written costs time, nothing else."""
    import numpy as np

    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        fresh.mkdir(parents=True)
        for name, values in {**arrays, CLASSES: np.array(classes)}.items():
            np.save(fresh / f"{name}.npy", values, allow_pickle=False)
        fresh.rename(place)
        for old in place.parent.glob("languages-*"):  # of other versions
            if not old.name.startswith(place.name):
                shutil.rmtree(old, ignore_errors=True)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
