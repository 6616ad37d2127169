"""The theme's own words in the site's language: gettext catalogues in the theme's folder `locale`, one a language.

Catalogues are read as they are written (`de.po`), so that a translator sees a change with the next build.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

FOLDER = "locale"


def words(theme: Path, language: str) -> dict[str, Callable[..., Markup]]:
    """Return `_` and `ngettext` for templates; both take `%(name)s` values by name and return safe HTML.

    A word without a translation stays English.
    """
    catalogue = translations(theme, language)

    def gettext(text: str, **values: Any) -> Markup:
        return _filled(catalogue.gettext(text), values)

    def ngettext(one: str, many: str, num: int, **values: Any) -> Markup:
        return _filled(catalogue.ngettext(one, many, num), {"num": num, **values})

    return {"_": gettext, "ngettext": ngettext}


def _filled(text: str, values: Mapping[str, Any]) -> Markup:
    safe = escape(text)
    return safe % values if values else safe


@cache
def translations(theme: Path, language: str) -> NullTranslations:
    """Return a theme's words in `language` ("pt-BR" falls back to "pt"), English ones where it has none."""
    code = language.replace("-", "_")
    for name in (code, code.partition("_")[0]):
        path = theme / FOLDER / f"{name}.po"
        if path.is_file():
            compiled = io.BytesIO()
            write_mo(compiled, read_po(io.BytesIO(path.read_bytes()), locale=name))
            compiled.seek(0)
            return GNUTranslations(compiled)
    return NullTranslations()


def direction(language: str) -> str:
    """Return the direction in which `language` is written: "rtl" or "ltr"."""
    try:
        return str(Locale.parse(language.replace("-", "_")).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"
