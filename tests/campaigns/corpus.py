"""Seeds as bad as the open web's: more than two hundred files, each with what shall become of it.

Every file that holds an article holds a word of its own (`marker`), so that it can be told whether its text was lost.
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

PUBLISHED, REFUSED, EITHER = "published", "refused", "either"
"""What shall become of a file; for some both are right, as long as nothing breaks and it is told."""

STORY = """The council of {marker} voted on Tuesday to reopen the old harbour line, ending a dispute of nine years.

Members of both parties said that the trains, which last ran in 1987, would carry some four thousand passengers a day.

Work on the bridge, which was closed after the flood, will take until the end of next year, engineers said."""

KEYS = (
    "Title: Owned", "Date: 1970-01-01", "Category: ../../../etc", "Tags: <b>x</b>, ../..", "Slug: ../../../etc/passwd",
    "Slug: index", "Template: ../../../../etc/passwd", "Template: nothere", "Save_as: ../../owned.html",
    "URL: javascript:alert(1)", "Status: draft", "Status: hidden", "Lang: xx-../..", "Author: <script>alert(1)</script>",
    "Summary: {{ 7*7 }}", "Modified: never", "Translation: true", "Override_save_as: /tmp/owned", "Seed: good/0.txt",
    "Id: urn:uuid:00000000-0000-0000-0000-000000000000", "Was: index, 404", "Dek: {% include '/etc/passwd' %}",
)  # fmt: skip

SYNTAX = (
    "{{ config }}", "{{ ''.__class__.__mro__ }}", "{% raw %}", "{% include 'base.html' %}", "{# comment",
    "{filename}/pages/about.md", "{static}/../../etc/passwd", "{attach}x.png", "{author}x", "|filename|a.md",
    "[click](javascript:alert(1))", "![x](data:text/html;base64,PHNjcmlwdD4=)", "<javascript:alert(1)>", "[toc]", "[TOC]",
    "[^1]: note", "*[HTML]: x", "``` {.python onclick=alert(1)}", "{: onclick=alert(1) }", "[[wiki]]", "%(asctime)s",
    "$(rm -rf /)", "`id`", "<?php echo 1; ?>", "<%= 7*7 %>", "<!--#exec cmd=\"ls\" -->", "]]>", "&xxe;", "<![CDATA[x",
)  # fmt: skip

NAMES = (
    "con", "aux.txt", "nul.txt", "..txt", "...", ".hidden.txt", "a b.txt", "ünï.txt", "-rf.txt", "a#b.txt", "a?b.txt", "a%2e%2e.txt",
    "a\\b.txt", "a'b.txt", 'a"b.txt', "<script>.txt", "😀.txt", "\u202etxt.exe", "tab\there.txt", "new\nline.txt", "x" * 200 + ".txt",
    "~.txt", "$HOME.txt", "*.txt", "index.txt", "404.txt", "dot.", "trailing .txt",
)  # fmt: skip

ENCODINGS = (
    "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "cp1250", "cp1251", "koi8-r", "cp1253",
    "iso8859-7", "cp1255", "cp1256", "shift_jis", "euc_jp", "iso2022_jp", "gb18030", "big5", "euc_kr", "cp874",
)  # fmt: skip
_RUSSIAN = """Совет города проголосовал во вторник за открытие старой портовой линии, закрытой девять лет назад.

По словам инженеров, первые поезда выйдут на линию весной и будут перевозить около четырёх тысяч пассажиров в день.

Ремонт моста, повреждённого наводнением, продлится до конца следующего года и обойдётся в три миллиона."""
_GREEK = """Το δημοτικό συμβούλιο ψήφισε την Τρίτη υπέρ της επαναλειτουργίας της παλιάς γραμμής του λιμανιού, που έκλεισε πριν από εννέα χρόνια.

Οι μηχανικοί λένε ότι τα πρώτα τρένα θα ξεκινήσουν την άνοιξη και θα μεταφέρουν τέσσερις χιλιάδες επιβάτες την ημέρα.

Η επισκευή της γέφυρας, που έπαθε ζημιές από την πλημμύρα, θα διαρκέσει ως το τέλος του επόμενου έτους."""
_HEBREW = """מועצת העיר הצביעה ביום שלישי בעד פתיחתו מחדש של קו הנמל הישן, שנסגר לפני תשע שנים בעקבות השיטפון הגדול.

לדברי המהנדסים, הרכבות הראשונות ייצאו לדרך באביב ויסיעו כארבעת אלפים נוסעים ביום בין העיר לבין הכפרים שבסביבה.

תיקון הגשר, שניזוק בשיטפון, יימשך עד סוף השנה הבאה ויעלה כשלושה מיליון."""
_ARABIC = """صوت مجلس المدينة يوم الثلاثاء لصالح إعادة فتح خط الميناء القديم الذي أغلق قبل تسع سنوات بعد الفيضان الكبير.

وقال المهندسون إن القطارات الأولى ستنطلق في الربيع وستنقل نحو أربعة آلاف راكب في اليوم بين المدينة والقرى المجاورة.

وسيستمر إصلاح الجسر الذي تضرر في الفيضان حتى نهاية العام المقبل وسيكلف نحو ثلاثة ملايين."""
_CHINESE = """市议会星期二投票决定，重新开放九年前因洪水而关闭的旧港口铁路线，结束了长达九年的争论。

工程师表示，第一批列车将在春天开始运行，每天将在城市和附近的村庄之间运送大约四千名乘客。

在洪水中受损的桥梁的修理工作将持续到明年年底，预计需要花费三百万元。"""
_TRADITIONAL = """市議會星期二投票決定，重新開放九年前因洪水而關閉的舊港口鐵路線，結束了長達九年的爭論。

工程師表示，第一批列車將在春天開始運行，每天將在城市和附近的村莊之間運送大約四千名乘客。

在洪水中受損的橋梁的修理工作將持續到明年年底，預計需要花費三百萬元。"""
_JAPANESE = """市議会は火曜日、九年前の洪水で廃止された古い港の路線を再開することを賛成多数で決め、長い議論が終わった。

技術者によると、最初の列車は春に運行を始め、町と近くの村の間で一日におよそ四千人の乗客を運ぶという。

洪水で傷んだ橋の修理は来年の末まで続き、費用はおよそ三億円になる見通しだ。"""
_KOREAN = """시의회는 화요일에 구 년 전 홍수로 폐쇄된 옛 항구 노선을 다시 열기로 결정하여 오랜 논쟁을 끝냈다.

기술자들은 첫 열차가 봄에 운행을 시작하여 도시와 가까운 마을 사이에서 하루에 약 사천 명의 승객을 나를 것이라고 말했다.

홍수로 손상된 다리의 수리는 내년 말까지 계속되며 약 삼십억 원이 들 것으로 보인다."""
_THAI = """สภาเทศบาลลงมติเมื่อวันอังคารให้เปิดเส้นทางรถไฟท่าเรือเก่าซึ่งปิดไปเมื่อเก้าปีก่อนหลังน้ำท่วมใหญ่อีกครั้ง

วิศวกรกล่าวว่าขบวนแรกจะเริ่มวิ่งในฤดูใบไม้ผลิและจะรับผู้โดยสารประมาณสี่พันคนต่อวันระหว่างเมืองกับหมู่บ้านใกล้เคียง

การซ่อมสะพานซึ่งเสียหายจากน้ำท่วมจะดำเนินต่อไปจนถึงสิ้นปีหน้าและจะใช้เงินประมาณสามล้านบาท"""
SAMPLES = {
    "cp1251": _RUSSIAN, "koi8-r": _RUSSIAN, "cp1253": _GREEK, "iso8859-7": _GREEK.replace("Τρίτη", "Τετάρτη"), "cp1255": _HEBREW, "cp1256": _ARABIC,
    "shift_jis": _JAPANESE, "euc_jp": _JAPANESE, "iso2022_jp": _JAPANESE, "gb18030": _CHINESE, "big5": _TRADITIONAL,
    "euc_kr": _KOREAN, "cp874": _THAI,
}  # fmt: skip

MAGIC = {
    "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "elf": b"\x7fELF" + b"\0" * 64,
    "jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 64, "gif": b"GIF89a" + b"\0" * 64, "class": b"\xca\xfe\xba\xbe" + b"\0" * 64,
    "wasm": b"\0asm\x01\0\0\0", "sqlite": b"SQLite format 3\0" + b"\0" * 100, "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64,
    "mp4": b"\0\0\0\x18ftypmp42" + b"\0" * 64, "rar": b"Rar!\x1a\x07\0" + b"\0" * 32, "7z": b"7z\xbc\xaf'\x1c" + b"\0" * 32,
    "pickle": b"\x80\x04cos\nsystem\n(S'id'\ntR.", "noise": bytes((n * 197 + 31) % 256 for n in range(4000)),
}  # fmt: skip

CONTROLS = (
    "\0",
    "\x01",
    "\x0b",
    "\x0c",
    "\x1b[31m",
    "\x7f",
    "\x85",
    "\ufffe",
    "\uffff",
    "\u2028",
    "\u2029",
    "\u202e",
    "\ufeff",
    "\U000e0041",
)

PAGES = (
    "<title><script>alert(1)</script></title>", "<base href='//evil.example/'>", "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=canonical href='javascript:alert(1)'>", "<link rel=canonical href='data:text/html,x'>",
    "<meta property='og:url' content='file:///etc/passwd'>", "<meta name=author content='<img src=x onerror=alert(1)>'>",
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"</script><script>alert(1)</script>\"}</script>",
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"99999-99-99\"}</script>",
    "<script type='application/ld+json'>{{{{</script>", "<meta charset=utf-7>", "<meta charset=x-user-defined>", "<html lang='xx\" onload=alert(1)'>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<![CDATA[<script>alert(1)</script>]]>", "<plaintext>", "<xmp>", "<template><script>alert(1)</script></template>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<math><mtext></mtext><mglyph><svg><mtext><textarea><path id='</textarea><img onerror=alert(1) src>'>",
)  # fmt: skip


@dataclass(frozen=True)
class BadSeed:
    """A file: its path below the seeds folder, bytes, what shall become of it, and its article's own word."""

    path: str
    data: bytes
    expected: str
    marker: str = ""


def bad_seeds() -> Iterator[BadSeed]:
    """Yield the whole corpus, in the same order each time."""
    for number, (path, data, expected, marked) in enumerate(_files()):
        marker = f"Quillford{number:03}"
        filled = data.replace(b"{marker}", marker.encode())
        yield BadSeed(path, filled, expected, marker if marked else "")


def _files() -> Iterator[tuple[str, bytes, str, bool]]:
    yield from _dumps()
    yield from _encodings()
    yield from _no_articles()
    yield from _big()
    yield from _pages()
    yield from _records()


def _story(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _dumps() -> Iterator[tuple[str, bytes, str, bool]]:
    for number, line in enumerate(KEYS):
        yield f"keys/top-{number}.txt", _story(f"{line}\n\nA council votes again {number}\n\n{STORY}"), PUBLISHED, True
        yield (
            f"keys/front-{number}.txt",
            _story(f"---\n{line}\n---\n\nA line reopens {number}\n\n{STORY}"),
            PUBLISHED,
            True,
        )
    for number, syntax in enumerate(SYNTAX):
        text = f"The bridge of {number} {syntax}\n\n{STORY}\n\nEngineers wrote {syntax} on the wall of the bridge, and nobody knew why they did."
        yield f"syntax/{number}.txt", _story(text), PUBLISHED, True
    for number, name in enumerate(NAMES):
        expected = EITHER if name.startswith(".") else PUBLISHED  # hidden files are the system's own
        yield f"names {number}/{name}", _story(f"Line number {number} reopens\n\n{STORY}"), expected, True
    for number, control in enumerate(CONTROLS):
        yield (
            f"controls/{number}.txt",
            _story(f"Bridge {control} opens {number}\n\n{STORY}\n\nIt was {control} said {control} by all of them."),
            PUBLISHED,
            True,
        )
    for number in range(4):
        yield (
            f"namesakes/{number}.txt",
            _story(f"Snow falls on the bay\n\n{STORY}\n\nIt fell for {number + 2} days, and the schools were closed."),
            PUBLISHED,
            True,
        )
    for name in ("case.txt", "CASE.txt", "Case.TXT"):
        yield f"namesakes/{name}", _story(f"Case of the {name}\n\n{STORY}"), PUBLISHED, True
    yield "namesakes/caf\u00e9.txt", _story(f"A cafe opens\n\n{STORY}"), PUBLISHED, True
    yield "namesakes/cafe\u0301.txt", _story(f"Another cafe opens\n\n{STORY}"), PUBLISHED, True


def _encodings() -> Iterator[tuple[str, bytes, str, bool]]:
    for name in ENCODINGS:
        sample = SAMPLES.get(name, "Der Rat beschloß, die alte Linie für große Züge zu öffnen.")
        marked = name in ("utf-8-sig", "latin-1", "cp1252", "cp1250")
        body = f"{STORY}\n\n{sample}" if marked or name not in SAMPLES else sample
        yield f"encodings/{name}.txt", body.encode(name, "replace"), PUBLISHED, marked
    yield (
        "encodings/invalid.txt",
        _story(STORY) + b"\n\n\xff\xfe\xfa broken \xc3\x28 bytes stand in this last line of it.",
        PUBLISHED,
        True,
    )
    yield (
        "encodings/overlong.txt",
        _story(STORY) + b"\n\nSlash \xc0\xaf dots \xc0\xae\xc0\xae stand in this last line of it.",
        PUBLISHED,
        True,
    )
    yield (
        "encodings/surrogates.txt",
        _story(f"{STORY}\n\nLone \ud800 surrogates \udfff stand in this last line of it."),
        PUBLISHED,
        True,
    )
    yield "encodings/half.txt", codecs.BOM_UTF16_LE + STORY.encode("utf-16-le")[:-1], EITHER, False


def _no_articles() -> Iterator[tuple[str, bytes, str, bool]]:
    for name, data in MAGIC.items():
        yield f"binary/{name}", data, REFUSED, False
        yield f"binary/{name}.txt", data, REFUSED, False
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("../../owned.txt", "x")
    yield "binary/zip-slip.zip", archive.getvalue(), REFUSED, False
    for number, text in enumerate(("", " ", "\n" * 500, "\ufeff", "\t\t", "...", "Menu\nLog in\nShare")):
        yield f"empty/{number}.txt", text.encode(), EITHER, False
    yield "empty/page.html", b"<html><body></body></html>", REFUSED, False
    yield "empty/packed.gz", gzip.compress(b"", mtime=0), EITHER, False
    yield "empty/broken.gz", gzip.compress(_story(STORY), mtime=0)[:40], REFUSED, False


def _big() -> Iterator[tuple[str, bytes, str, bool]]:
    yield "big/line.txt", _story(f"A long line\n\n{STORY}\n\n{'word ' * 400_000}"), PUBLISHED, True
    yield "big/one-word.txt", _story(f"A long word\n\n{STORY}\n\n{'x' * 2_000_000}"), PUBLISHED, True
    yield (
        "big/lines.txt",
        _story(f"Many lines\n\n{STORY}\n" + "\n".join(f"Line {n} says one thing." for n in range(40_000))),
        EITHER,
        False,
    )
    yield "big/nested.html", _page("<div>" * 20_000), PUBLISHED, True
    yield "big/quotes.html", _page("<blockquote>" * 5_000), PUBLISHED, True
    yield "big/tables.html", _page("<table><tr><td>" * 3_000), PUBLISHED, True
    yield "big/entities.html", _page("&lt;" * 200_000), PUBLISHED, True
    yield "big/attributes.html", _page(f"<p {'a=1 ' * 100_000}>"), PUBLISHED, True
    yield "big/pictures.html", _page('<img src="a.jpg" alt="a">' * 20_000), PUBLISHED, True
    yield "big/figures.html", _page('<figure><img src="/a.jpg" alt="a">' * 5_000), PUBLISHED, True
    yield "big/widths.html", _page(f'<img alt=a srcset="{"x" * 200_000} 1w, {"a.jpg 2w, " * 20_000}">'), PUBLISHED, True
    yield (
        "big/held.html",
        _page(f'<figure><img alt=a src="data:image/png;base64,{"A" * 4_000_000}"></figure>'),
        PUBLISHED,
        True,
    )
    yield (
        "big/frames.html",
        _page('<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>' * 5_000),
        PUBLISHED,
        True,
    )
    yield "big/unclosed.html", _page("<a href=x><b><i>" * 20_000), PUBLISHED, True
    yield (
        "big/bait.txt",
        _story(f"Bait\n\n{STORY}\n\n{'a' * 50_000}!\n\n{'(' * 20_000}\n\n{'www.' * 30_000}\n\n{' ' * 50_000}x"),
        PUBLISHED,
        True,
    )
    yield "big/bomb.gz", gzip.compress(b"\0" * 80_000_000, mtime=0), REFUSED, False
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    yield (
        "big/laughs.xml",
        f'<?xml version="1.0"?><!DOCTYPE rss [{laughs}]><rss><channel><item>&l11;</item></channel></rss>'.encode(),
        EITHER,
        False,
    )
    yield "big/deep.json", b"[" * 100_000, EITHER, False


def _page(before: str, head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n"))
    return f"<!doctype html><html><head><title>A line</title>{head}</head><body><h1>A line reopens</h1>{paragraphs}{before}</body></html>".encode()


def _pages() -> Iterator[tuple[str, bytes, str, bool]]:
    for number, trap in enumerate(PAGES):
        swallows = trap in ("<plaintext>", "<xmp>")
        yield f"pages/head-{number}.html", _page("", trap), EITHER if swallows else PUBLISHED, not swallows
        yield f"pages/body-{number}.html", _page(trap), PUBLISHED, True


def _records() -> Iterator[tuple[str, bytes, str, bool]]:
    hostile = (
        {"url": "javascript:alert(1)"}, {"url": "file:///etc/passwd"}, {"title": "<script>alert(1)</script>"}, {"author": ["<b>x</b>", 7, None]},
        {"date": "99999-01-01"}, {"date": -1e308}, {"date": "0000-00-00"}, {"language": "../.."}, {"tags": {"a": {}}}, {"url": "http://[::1"},
    )  # fmt: skip
    for number, told in enumerate(hostile):
        record = {"title": f"Record {number}", "text": STORY, "url": f"https://e.example/{number}", **told}
        yield f"records/{number}.json", json.dumps(record).encode(), PUBLISHED, True
    good = json.dumps({"title": "A record", "text": STORY, "url": "https://e.example/x"})
    yield "records/broken.jsonl", f'{good}\n{{"title": \n{good[:-1]}\n'.encode(), EITHER, False
    yield (
        "records/formula.csv",
        f'title,text,url\n"=cmd|calc","{STORY}",https://e.example/c\n'.encode(),
        PUBLISHED,
        True,
    )
    yield (
        "records/lies.warc",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>x",
        EITHER,
        False,
    )
