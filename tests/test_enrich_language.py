"""Language and direction of texts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from copydesk.enrich.language import LANGUAGES, NO_LANGUAGE, direction_of, language_of
from copydesk.enrich.languagemodel import identifier_of

TEXTS = {
    "en": "The council voted on Tuesday to reopen the old harbour line, ending a dispute that lasted nine years.",
    "de": "Der Stadtrat stimmte am Dienstag dafür, die alte Hafenbahn nach neun Jahren wieder zu öffnen.",
    "fr": "Le conseil municipal a voté mardi la réouverture de l’ancienne ligne du port après neuf ans de conflit.",
    "es": "El ayuntamiento votó el martes reabrir la antigua línea del puerto tras nueve años de disputa.",
    "ar": "صوت مجلس المدينة يوم الثلاثاء على إعادة فتح خط الميناء القديم بعد تسع سنوات من الخلاف.",
    "he": "מועצת העיר הצביעה ביום שלישי לפתוח מחדש את קו הנמל הישן לאחר תשע שנים של מחלוקת.",
    "ru": "Городской совет во вторник проголосовал за открытие старой портовой линии после девяти лет споров.",
    "ja": "市議会は火曜日、九年に及ぶ論争を終わらせ、古い港線を再開することを決めた。",
    "zh": "市议会星期二投票决定重新开放旧港口铁路线，结束了长达九年的争议。",
    "hi": "नगर परिषद ने मंगलवार को पुरानी बंदरगाह लाइन को फिर से खोलने के पक्ष में मतदान किया।",
}


@pytest.mark.parametrize("language", TEXTS)
def test_language_of_one_sentence(language: str) -> None:
    assert language_of(TEXTS[language]) == language


def test_probabilities_are_those_of_the_library(tmp_path: Path) -> None:
    library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = sorted(set(library.nb_classes) & {*LANGUAGES, "zxx"})
    library.set_languages(known)
    identifier = identifier_of(known, tmp_path)
    whole = " ".join(TEXTS.values())
    for text in (*TEXTS.values(), whole, whole.upper(), "", "a", "né", "\ud800", "srpski jezik", "српски језик"):
        language, confidence = identifier.classify(text)
        assert (language, pytest.approx(confidence, abs=1e-4)) == library.classify(text)


@pytest.mark.parametrize("text", ["", "Ja.", "12,345 67.8 9:10", "----------", "OK OK OK", "\x00\ud800", "xkcd " * 3])
def test_too_little_text_has_no_language(text: str) -> None:
    assert language_of(text) is None


def test_numbers_and_code_are_no_language() -> None:
    assert language_of("0x1f 9a:3c:77 SKU-4481-B 12.04 7f3a-99 A4B2 11:22:33 0.75 rev3 " * 4) is None


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        (TEXTS["en"], "ltr"),
        (TEXTS["ar"], "rtl"),
        (TEXTS["he"], "rtl"),
        (TEXTS["ja"], "ltr"),
        ("", "ltr"),
        ("2026 – 12", "ltr"),
        ("قال NATO إن المجلس", "rtl"),
    ],
)
def test_direction_is_that_of_most_letters(text: str, direction: str) -> None:
    assert direction_of(text) == direction


def test_models_are_loaded_only_when_asked_for() -> None:
    code = (
        "import sys; import copydesk.enrich.article; "
        "print([m for m in ('py3langid', 'numpy', 'stopwordsiso', 'sentencex', 'babel') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_model_from_its_files_says_what_the_library_says(tmp_path: Path) -> None:
    languages = (*LANGUAGES, NO_LANGUAGE)
    unpacked = identifier_of(languages, tmp_path)
    mapped = identifier_of(languages, tmp_path)
    for text in (*TEXTS.values(), "0x1f 9a:3c", ""):
        assert mapped.classify(text) == unpacked.classify(text)
    (folder,) = tmp_path.iterdir()
    (folder / "row.npy").write_bytes(b"damaged")
    assert identifier_of(languages, tmp_path).classify(TEXTS["en"])[0] == "en"


def test_the_model_is_unpacked_once_for_all_processes(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    asked = f"from copydesk.enrich.language import language_of; print(language_of({TEXTS['de']!r}))"
    for before in ("", "from copydesk.enrich import languagemodel; languagemodel._unpacked = None; "):
        call = [sys.executable, "-c", before + asked]
        done = subprocess.run(call, capture_output=True, text=True, check=True, env=environment)
        assert done.stdout.strip() == "de"


def test_a_package_that_cannot_be_written_to_unpacks_the_model_each_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert identifier_of(LANGUAGES, tmp_path / "file").classify(TEXTS["de"])[0] == "de"
