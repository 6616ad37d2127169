"""Bytes to text: the encoding is found, what text may not hold is taken out, and both are told."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import chardet
import webencodings

from copydesk.intake.recognise import looks_like_utf16

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, those of UTF-32 first: that of UTF-16 is their beginning."""

GOOD_FOR_BAD = 2
"""Sequences of good UTF-8 for each bad byte from which a text is damaged UTF-8 and not another encoding."""

SURE = 0.2
"""Confidence of the detector below which a text is taken for Windows-1252, the commonest of the web's old encodings."""

CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that XML 1.0 can't hold or that do nothing but harm: controls, surrogates, noncharacters."""

UNSEEN = re.compile("[\u200b\u2060\ufeff]")
"""Zero-width characters that no script needs; the joiners U+200C and U+200D stay, Persian and emoji need them."""

BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings and overrides of direction, which could turn a page's text around (Trojan Source, CVE-2021-42574)."""

LATIN1 = re.compile("[\xc2-\xf4][\x80-\xbf]{1,3}")
"""What UTF-8 that was read as Latin-1 looks like."""

C1 = re.compile("[\x80-\x9f]")
"""Controls that no text holds: the trace of Windows-1252 or UTF-8 read as Latin-1."""

MOJIBAKE = re.compile("Ã[\u0080-\u00bf€-™]|â€[œ\u009d™˜“”\u0080-\u00bf]")
"""Traces of UTF-8 that was read as Windows-1252."""

SUSPECT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xc3\xe2\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What each of the patterns above needs one of: most texts have none, and are looked through once."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A seed's text, the encoding it was in, and what had to be mended, in words."""

    text: str
    encoding: str
    notes: tuple[str, ...]


ESCAPED_JAPANESE = re.compile(rb"\x1b\$[@B]")
"""Begins Japanese characters in ISO-2022-JP (RFC 1468), whose bytes are all ASCII."""


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of `data`; never raises. `declared` is the encoding that the file itself names."""
    text, encoding, notes = _decoded(data, declared)
    if not SUSPECT.search(text):
        return Decoded(text, encoding, tuple(notes))
    if C1.search(text):
        text, repaired = _without_c1(text)
        notes.append(f"{repaired} characters repaired that had been read in the wrong encoding")
    for pattern, what in ((CONTROLS, "control"), (UNSEEN, "zero-width"), (BIDI, "direction-changing")):
        text, count = pattern.subn("", text)
        if count:
            notes.append(f"{count} {what} character{'s' if count > 1 else ''} taken out")
    damaged = len(MOJIBAKE.findall(text))
    if damaged:
        notes.append(f"{damaged} places look like UTF-8 that was once read as Windows-1252; left as they are")
    return Decoded(text, encoding, tuple(notes))


def _decoded(data: bytes, declared: str | None) -> tuple[str, str, list[str]]:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _lenient(data[len(bom) :], encoding)
    wide = looks_like_utf16(data[:65536])
    if wide:
        return _lenient(data, wide)
    try:
        if ESCAPED_JAPANESE.search(data[:65536]):
            return data.decode("iso2022_jp"), "iso2022_jp", []
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        return _lenient(data, "utf-8" if _damaged_utf8(data) else _named(declared) or _detected(data))


def _named(declared: str | None) -> str | None:
    """Return Python's name of a declared encoding, None where it is none of the web's (WHATWG Encoding Standard).

    UTF-16 can't be: the declaration itself was readable byte by byte.
    """
    found = webencodings.lookup(declared or "")
    if found is None or found.name in ("utf-8", "utf-16le", "utf-16be", "replacement", "x-user-defined"):
        return None
    return found.codec_info.name


def _without_c1(text: str) -> tuple[str, int]:
    """Repair what is certain: UTF-8 sequences that hold a C1 control, then single ones as browsers do (cp1252)."""
    count = 0

    def sequence(found: re.Match[str]) -> str:
        nonlocal count
        if not C1.search(found[0]):
            return found[0]
        try:
            right = found[0].encode("latin-1").decode("utf-8")
        except UnicodeDecodeError:
            return found[0]
        count += 1
        return right

    def single(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return found[0].encode("latin-1").decode("cp1252", "ignore")

    return C1.sub(single, LATIN1.sub(sequence, text)), count


def _lenient(data: bytes, encoding: str) -> tuple[str, str, list[str]]:
    """Decode, with U+FFFD for what can't be, and say how often."""
    text = data.decode(encoding, "replace")
    bad = text.count("\ufffd")
    return text, encoding, [f"{bad} bytes are no {encoding} and show as \ufffd"] if bad else []


def _damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= char <= "\udcff" for char in text)
    good = sum(char > "\x7f" for char in text) - bad
    return good >= GOOD_FOR_BAD * bad


def _detected(data: bytes) -> str:
    guess = chardet.detect(data[:200_000])
    encoding = str(guess["encoding"] or "").lower()
    if (guess["confidence"] or 0) < SURE or not encoding or encoding.startswith("mac"):
        return "cp1252"
    return codecs.lookup(encoding).name
