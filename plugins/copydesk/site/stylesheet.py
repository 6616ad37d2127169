"""The site's one style sheet: the theme's, its look and the site's own, put together and made small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin

from copydesk.site.build import Build

SHEET = "css/site.css"


def complete_stylesheet(output: Path, settings: Mapping[str, Any], build: Build) -> None:
    """Write the theme's style sheet with the site's look and additions, and make its scripts small.

    A theme without looks is somebody else's and stays as it is.
    """
    static = output / settings["THEME_STATIC_DIR"]
    looks = Path(settings["THEME"]) / "static" / "css" / "looks"
    if not looks.is_dir() or not (static / SHEET).is_file():
        return
    whole = "\n".join(part.read_text("utf-8") for part in _parts(static / SHEET, looks, build))
    _write(static / SHEET, rcssmin.cssmin(whole))
    for script in sorted((static / "js").glob("*.js")):
        _write(script, rjsmin.jsmin(script.read_text("utf-8")))
    for look in sorted((static / "css" / "looks").glob("*.css")):
        look.unlink()


def _write(path: Path, text: str) -> None:
    path.write_text(f"{text}\n", "utf-8")


def _parts(sheet: Path, looks: Path, build: Build) -> Iterator[Path]:
    yield sheet
    yield looks / f"{build.settings.look}.css"
    if build.settings.css:
        yield build.root / build.settings.css
