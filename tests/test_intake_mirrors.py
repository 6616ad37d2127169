"""Mirrors of sites: which files are seeds, in which section they stand, where their pictures are."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from copydesk.commands.batch import find_all
from copydesk.errors import RefusedPicture
from copydesk.intake.mirrors import host_of_folder, in_mirror, is_host, section_folder
from copydesk.intake.picturefiles import InFolder, InMirror
from copydesk.site.contents import SETTLED
from copydesk.site.seedfolder import seed_files
from newpicture import photograph
from newsday import headline, paragraphs
from newsite import NewSite

HOST = "www.bay-herald.example"


@pytest.mark.parametrize(
    "folder", ["www.herald.example", "herald.co.uk", "herald.com_8080", "localhost.test:8000", "xn--bcher-kva.de"]
)
def test_hosts(folder: str) -> None:
    assert is_host(folder)


@pytest.mark.parametrize(
    "folder", ["world", "st.petersburg", "v1.2", "2026.03", "Herald.Example", "a..com", ".com", "u.s"]
)
def test_other_folders(folder: str) -> None:
    assert not is_host(folder)


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("www.herald.example/world/2021/03/05/harbour-line/index.html", "world"),
        ("www.herald.example/world/harbour-line.html", "world"),
        ("www.herald.example/2021/03/harbour-line/index.html", None),
        ("www.herald.example/harbour-line/index.php.html", None),
        ("herald.example/1234.txt", None),
        ("web.archive.org/web/20210305120000/https:/www.herald.example/world/a.html", "world"),
        ("world/europe/a.txt", "europe"),
        ("world/2021/03/a.txt", "world"),
        ("2021-03-05/a.txt", None),
        ("world/index.html", "world"),
        ("world/harbour-line/index.html", "world"),
        ("world/europe/index.txt", "europe"),
        ("st.petersburg/a.txt", "st.petersburg"),
        ("crawl.jsonl#3", None),
    ],
)
def test_the_folder_that_tells_the_section(name: str, section: str | None) -> None:
    assert section_folder(name) == section


def test_a_file_called_like_a_host_is_in_no_mirror() -> None:
    assert not any(map(in_mirror, ["story.md", "world/broken.gz", "herald.com"]))
    assert in_mirror("herald.com/story.md")


def test_the_host_of_a_folder() -> None:
    assert host_of_folder("www.herald.example/a.html") == "herald.example"
    assert host_of_folder("world/a.html") == ""


MIRROR = {
    f"{HOST}/world/line/index.html": True,
    f"{HOST}/story.php?id=3": True,
    f"{HOST}/data.json": True,
    f"{HOST}/css/site.css": False,
    f"{HOST}/js/site.min.js?v=3": False,
    f"{HOST}/images/quay.jpg": False,
    f"{HOST}/robots.txt": False,
    f"{HOST}/favicon.ico": False,
    "project/index.html": False,
    "project/hts-log.txt": False,
    "project/fade.gif": False,
    "project/hts-cache/new.txt": False,
    "project/www.herald.example_8080/a.html": True,
    "cdn.bay-herald.example/a.woff2": False,
    "pages/a.html": True,
    "pages/img/p.png": False,
    "pages/robots.txt": True,
    "texts/a.txt": True,
    "texts/p.png": True,
    "texts/js/site.js": True,
}
"""Files, and whether they are seeds."""


def test_what_belongs_to_pages_is_no_seed(tmp_path: Path) -> None:
    site = NewSite(tmp_path)
    for name in MIRROR:
        site.write(f"seeds/{name}", "x")
    seeds = sorted(name for name, is_seed in MIRROR.items() if is_seed)
    assert [file.name for file in seed_files(tmp_path / "seeds")] == seeds
    jobs, _ = find_all([str(tmp_path / "seeds")])
    assert sorted(Path(job.path).relative_to(tmp_path / "seeds").as_posix() for job in jobs) == seeds


@pytest.mark.parametrize(
    "address",
    [
        "../images/quay.jpg",
        "/images/quay.jpg",
        f"https://{HOST}/images/quay.jpg",
        f"//{HOST}/images/./x/../quay.jpg",
        "../../cdn.example/quay.jpg",
        "https://cdn.example/quay.jpg?w=300",
        "../images/quay%2Ejpg#a",
    ],
)
def test_where_a_picture_of_a_mirror_is(tmp_path: Path, address: str) -> None:
    for name in (f"{HOST}/images/quay.jpg", "cdn.example/quay.jpg", "cdn.example/quay.jpg?w=300"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    found = InMirror(tmp_path, (HOST, "world", "a.html")).read(address, "")
    assert found is not None
    assert found.startswith(b"cdn" if "cdn" in address else HOST.encode())
    assert found.endswith(b"w=300") is ("w=300" in address)


@pytest.mark.parametrize(
    "address",
    [
        "../../secret/quay.jpg",
        "../../../quay.jpg",
        "/../../quay.jpg",
        "../images/key.pem",
        "file:///images/quay.jpg",
        "https://[/quay.jpg",
        "../images/%00quay.jpg",
        "..\\images\\quay.jpg",
        "https:///images/quay.jpg",
        "../images/",
        "",
    ],
)
def test_no_address_leads_out_of_a_mirror(tmp_path: Path, address: str) -> None:
    for name in (f"top/{HOST}/images/quay.jpg", "quay.jpg", "top/secret/quay.jpg", f"top/{HOST}/images/key.pem"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"secret")
    assert InMirror(tmp_path / "top", (HOST, "world", "a.html")).read(address, "") is None
    assert InFolder(tmp_path / "top" / HOST / "world" / "a.html").read(address, "") is None


def test_a_link_in_a_mirror_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "quay.jpg").write_bytes(b"secret")
    (tmp_path / HOST).mkdir()
    (tmp_path / HOST / "quay.jpg").symlink_to(tmp_path / "quay.jpg")
    with pytest.raises(RefusedPicture, match="is a link"):
        InMirror(tmp_path, (HOST, "a.html")).read("quay.jpg", "")


def page(number: int, more: str = "", picture: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(number, 0))
    shown = f'<figure><img src="{picture}" alt="The quay"><figcaption>The quay at noon</figcaption></figure>'
    body = f"<article><h1>{headline(number)}</h1>{text}{shown if picture else ''}{text}</article>"
    return f"<!doctype html><html lang=en><head><title>x</title>{more}</head><body>{body}</body></html>"


LIST = (
    "<html><body>"
    + "".join(f'<h2><a href="/{n}">Story {n} of the harbour</a></h2>' for n in range(20))
    + "</body></html>"
)


def mirror(site: NewSite) -> None:
    site.write(f"seeds/{HOST}/index.html", LIST)
    site.write(f"seeds/{HOST}/world/index.html", LIST)
    site.write(f"seeds/{HOST}/files/report.pdf", "%PDF-1.7 x")
    site.write(f"seeds/{HOST}/world/2021/line/index.html", page(1, picture="../../../images/quay.jpg"))
    site.write(f"seeds/{HOST}/tide/index.html", page(2, '<meta property="article:section" content="Sea">'))
    site.write(f"seeds/{HOST}/world/nets.html", page(3, '<meta property="article:section" content="Sea">'))
    site.write(f"seeds/{HOST}/images/quay.jpg", photograph(500, 300))
    site.write(f"seeds/{HOST}/images/other.jpg", photograph(520, 300))
    site.write(f"seeds/{HOST}/css/site.css", "p {}")


def test_a_mirror_is_published(tmp_path: Path, site: NewSite) -> None:
    mirror(site)
    time.sleep(SETTLED + 1)
    built = site.build(SITEURL="https://one.example")
    assert built.status == 0, built.stderr
    assert "6 seeds: 3 published, 3 passed over" in built.stdout
    assert f"passed over: {HOST}/files/report.pdf: is a PDF document" in built.stdout
    assert sorted(name for name in built.files() if name.startswith("sections/")) == [
        "sections/sea.html",
        "sections/world.html",
    ]
    story = next(name for name in built.files() if name.startswith("articles/story-1-"))
    assert 'width="500"' in built.page(story)
    assert "The quay at noon" in built.page(story)
    before = {name: (built.output / name).stat().st_mtime_ns for name in built.files()}
    site.write(f"seeds/{HOST}/images/other.jpg", photograph(540, 300))
    site.write(f"seeds/{HOST}/images/quay.jpg", photograph(560, 300))
    changed = site.build(SITEURL="https://one.example")
    assert 'width="560"' in changed.page(story)
    kept = next(name for name in built.files() if name.startswith("articles/story-2-"))
    assert (changed.output / kept).stat().st_mtime_ns == before[kept]
    assert changed.files() == site.copy(tmp_path / "fresh").build(SITEURL="https://one.example").files()


FAILING = """
from copydesk import pipeline
_clean = pipeline.clean
def _failing(data, *rest):
    if b"of the harbour</a>" in data:
        raise RuntimeError("is cleaned")
    return _clean(data, *rest)
pipeline.clean = _failing
"""
"""Settings with which no list of stories can be cleaned."""


def test_what_is_passed_over_is_not_cleaned_again(tmp_path: Path, site: NewSite) -> None:
    mirror(site)
    site.write("seeds/alone.html", LIST)
    time.sleep(SETTLED + 1)
    first = site.build(SITEURL="https://one.example")
    assert first.status == 1
    assert first.seed("alone.html")["status"] == "refused"
    site.settings(FAILING)
    site.write("seeds/new.txt", "\n\n".join([headline(5), *paragraphs(5, 0)]))
    second = site.build(SITEURL="https://one.example")
    assert second.seed("new.txt")["status"] == "published"
    assert [seed for seed in second.report["seeds"] if seed["seed"] != "new.txt"] == first.report["seeds"]
    site.write("content/overrides/alone.toml", "[[keep]]\nline = 1\n")
    assert "RuntimeError: is cleaned" in site.build(SITEURL="https://one.example").stderr
