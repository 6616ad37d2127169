"""The theme's words: every catalogue is whole, keeps its values, and escapes what is put into it."""

from __future__ import annotations

import re

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from copydesk.site.words import direction, words
from newsite import ROOT

THEME = ROOT / "theme"
LANGUAGES = sorted(path.stem for path in (THEME / "locale").glob("*.po"))
MESSAGES = {
    message
    for _, _, message, _, _ in extract_from_dir(
        str(THEME / "templates"), [("**.html", "jinja2")], keywords={"_": None, "ngettext": (1, 2)}
    )
}


def first(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated_with_its_values(language: str) -> None:
    catalogue = read_po((THEME / "locale" / f"{language}.po").open("rb"), locale=language)
    known = {first(message.id): message for message in catalogue if message.id}
    assert set(known) == {first(message) for message in MESSAGES}
    for name, message in known.items():
        texts = message.string if isinstance(message.string, tuple | list) else [message.string]
        values = set(re.findall(r"%\((\w+)\)", name)) - {"num"}
        for text in texts:
            assert text
            assert set(re.findall(r"%\((\w+)\)", text)) - {"num"} == values


def test_the_languages_that_were_promised() -> None:
    assert {"ar", "de", "es", "fr", "pt", "zh"} <= set(LANGUAGES)


def test_what_is_put_in_is_escaped_and_plurals_are_right() -> None:
    german = words(THEME, "de-AT")
    assert german["_"]("More from %(section)s", section="<b>") == "Mehr aus &lt;b&gt;"
    arabic = words(THEME, "ar")["ngettext"]
    assert [str(arabic("%(num)d story", "%(num)d stories", n)) for n in (1, 2, 5)] == [
        "مقال واحد",
        "مقالان",
        "5 مقالات",
    ]
    assert words(THEME, "xx")["_"]("Search") == "Search"


def test_directions() -> None:
    assert [direction(name) for name in ("ar", "he", "en", "pt-BR", "no such")] == ["rtl", "rtl", "ltr", "ltr", "ltr"]
