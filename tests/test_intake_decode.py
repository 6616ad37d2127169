"""Bytes to text: the encoding is found, harmful characters go, and both are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.intake.decode import decode

ENGLISH = "The café’s owner said “no” – twice. " * 20
RUSSIAN = "Совет города проголосовал во вторник за восстановление старой железной дороги. " * 20
JAPANESE = "町は来年度、灯台の下に小さな資料室を開く予定だ。古い日誌や写真が展示される。" * 20


@pytest.mark.parametrize(
    ("text", "written_as", "told_as"),
    [
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-8-sig", "utf-8"),
        (ENGLISH, "utf-16", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (ENGLISH, "cp1252", "cp1252"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (JAPANESE, "shift_jis", None),
        (JAPANESE, "euc_jp", None),
        (JAPANESE, "iso2022_jp", "iso2022_jp"),
    ],
)
def test_the_encoding_is_found(text: str, written_as: str, told_as: str | None) -> None:
    decoded = decode(text.encode(written_as))
    assert decoded.text == text
    assert told_as in (None, decoded.encoding)
    assert decoded.notes == ()


def test_damaged_utf8_stays_utf8_and_is_told() -> None:
    decoded = decode("Ärger über Öl in Würzburg ".encode() * 5 + b"\xff end")
    assert decoded.encoding == "utf-8"
    assert "Würzburg" in decoded.text
    assert decoded.notes == ("1 bytes are no utf-8 and show as \ufffd",)


@pytest.mark.parametrize(
    ("character", "note"),
    [("\x00", "control"), ("\x1b", "control"), ("\u200b", "zero-width"), ("\u202e", "direction-changing")],
)
def test_characters_that_only_harm_are_taken_out_and_told(character: str, note: str) -> None:
    decoded = decode(f"A line{character} of text\nanother".encode())
    assert decoded.text == "A line of text\nanother"
    assert decoded.notes == (f"1 {note} character taken out",)


def test_utf8_read_as_latin1_is_repaired_where_that_is_certain() -> None:
    broken = "It’s so".encode().decode("latin-1")
    decoded = decode(broken.encode())
    assert decoded.text == "It’s so"
    assert "repaired" in decoded.notes[0]


@pytest.mark.parametrize(
    ("broken", "right", "note"),
    [
        ("Harbour’sÂ® fee is Â£5 atÂ\u00a020Â°C", "Harbour’s® fee is £5 at\u00a020°C", "3 places with UTF-8"),
        ("He saidâ€™s the cafÃ© is new", "He said’s the café is new", "2 places with UTF-8 that was once read as"),
        ("A JOHNSON’SÂ® bottle and â€œthat’s it", "A JOHNSON’S® bottle and “that’s it", "2 places with UTF-8"),
        ("â€“", "–", ": repaired"),
        ("Die BruÌˆcke, spaÌˆter und GarcÌ§on", "Die Bru\u0308cke, spa\u0308ter und Garc\u0327on", "3 places"),
    ],
)
def test_utf8_read_as_windows_1252_is_repaired_where_that_is_certain(broken: str, right: str, note: str) -> None:
    decoded = decode(broken.encode())
    assert decoded.text == right
    assert note in " | ".join(decoded.notes)


def test_letters_that_only_look_like_it_stay() -> None:
    assert (
        decode("SÃO PAULO, NÃO. Ã is a letter, â too: 5 â€, «\u00a0Â\u00a0», Ă\u00a0Â\u00a0Ê LUNEDÌ§".encode()).text
        == "SÃO PAULO, NÃO. Ã is a letter, â too: 5 â€, «\u00a0Â\u00a0», Ă\u00a0Â\u00a0Ê LUNEDÌ§"
    )


def test_joiners_that_scripts_need_stay() -> None:
    assert decode("می\u200cخواهم 👨\u200d👩".encode()).text == "می\u200cخواهم 👨\u200d👩"


@given(st.binary(max_size=400))
def test_any_bytes_decode_to_text_that_xml_can_hold(data: bytes) -> None:
    text = decode(data).text
    text.encode("utf-8")
    assert not any(char < " " and char not in "\t\n\r\x0b\x0c" for char in text if char != "\x0e")
