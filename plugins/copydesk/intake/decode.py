"""Bytes to text: the encoding is found, what text may not hold is taken out, and both are told."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import re2
import webencodings

from copydesk.intake.characters import without_harmful
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

LATIN1 = re.compile("[\xc2-\xf4][\x80-\xbf]{1,3}")
"""What UTF-8 that was read as Latin-1 looks like."""

C1 = re.compile("[\x80-\x9f]")
"""Controls that no text holds: the trace of Windows-1252 or UTF-8 read as Latin-1."""

MOJIBAKE = re.compile(
    r"(?:(?<=[a-z])|(?<=\b[A-Z]))Ì[€‚ƒˆŠŒ§¨]"
    '|Ã[\u0080-\u00bf€-™]|â€[œ\u009d™˜“”\u0080-\u00bf]|Â[\u00a1-\u00ba\u00bc-\u00bf]|(?<=[a-z0-9.,;:!?)’”"])Â\u00a0'
)
"""Traces of UTF-8 that was read as Windows-1252, first those of accents that stood behind their letters."""

MOJIBAKE_WORD = re.compile(rf"\S{{0,40}}(?:{MOJIBAKE.pattern})\S{{0,40}}")
"""The word or words around such a trace: the smallest text that is repaired as one."""

CERTAIN = frozenset(
    (
        ("encode", "latin-1"),
        ("encode", "sloppy-windows-1252"),
        ("decode", "utf-8"),
        ("apply", "decode_inconsistent_utf8"),
    )
)
"""What ftfy does where nothing but the wrong reading is undone."""

_BYTES = re2.Options()
_BYTES.encoding = re2.Options.Encoding.LATIN1
SUSPECT = re2.compile(
    rb"[\x00-\x08\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xed[\xa0-\xbf]|\xef\xb7[\x90-\xaf]|\xef\xbf[\xbe\xbf]"
    rb"|\xe2\x80[\x8b\xaa-\xae]|\xe2\x81[\xa0\xa6-\xa9]|\xef\xbb\xbf"
    rb"|\xc3\x83|\xc3\x8c[\xc2\xc5\xc6\xcb\xe2]|\xc3\x82\xc2|\xc3\xa2\xe2\x82\xac",
    _BYTES,
)
"""What any of these patterns begins with, in UTF-8: most texts hold none, and that is told in one pass of RE2."""


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
    if SUSPECT.search(text.encode("utf-8", "surrogatepass")) is None:
        return Decoded(text, encoding, tuple(notes))
    if C1.search(text):
        text, repaired = _without_c1(text)
        notes.append(
            f"{repaired} character{'s' if repaired > 1 else ''} repaired that had been read in the wrong encoding"
        )
    if MOJIBAKE.search(text):
        text = _without_mojibake(text, notes)
    text, taken = without_harmful(text)
    return Decoded(text, encoding, (*notes, *taken))


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


def _without_mojibake(text: str, notes: list[str]) -> str:
    """Repair UTF-8 that was once read as Windows-1252 where that is certain, and tell of it and of what is left.

    It is where ftfy finds nothing to do but to undo that one mistake; what else it would repair is a guess.
    """
    from ftfy import fix_encoding_and_explain

    repaired = 0

    def stretch(found: re.Match[str]) -> str:
        nonlocal repaired
        right, steps = fix_encoding_and_explain(found[0])
        if not steps or any((step.action, step.parameter) not in CERTAIN for step in steps):
            return found[0]
        repaired += 1
        return right

    text = MOJIBAKE_WORD.sub(stretch, text)
    left = len(MOJIBAKE.findall(text))
    for count, what in ((repaired, "repaired"), (left, "left as it is, since nothing there is certain")):
        if count:
            places = f"{count} place{'s' if count > 1 else ''}"
            notes.append(f"{places} with UTF-8 that was once read as Windows-1252: {what}")
    return text


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
    import chardet  # loaded where it is needed: most dumps are UTF-8

    guess = chardet.detect(data[:200_000])
    encoding = str(guess["encoding"] or "").lower()
    if (guess["confidence"] or 0) < SURE or not encoding or encoding.startswith("mac"):
        return "cp1252"
    return codecs.lookup(encoding).name
