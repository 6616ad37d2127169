"""Pages that further processes render come out as if one had rendered them all, whatever becomes of the processes."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

import pytest

from copydesk.site import ahead
from copydesk.site.ahead import PagesAhead, Turns
from copydesk.site.documents import Documents
from copydesk.store import Store
from newsite import SEVERAL, NewSite

HELPING = """
_help = ahead.PagesAhead._help
def help(pages, *told):
    open("helped", "w").close()
    _help(pages, *told)
ahead.PagesAhead._help = help
"""
DYING = """
def die(pages, *told):
    open("helped", "w").close()
    list(pages._turns)
ahead.PagesAhead._help = die
"""
TALES = ("Council reopens harbour line", "Ferry crews vote to strike", "Lamps of Skerry Point", "A bridge is closed")


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "FEW", 1)
    monkeypatch.setattr(ahead, "AT_ONCE", 2)
    monkeypatch.setattr(ahead, "processors", lambda: 3)


@contextmanager
def rendering(
    folder: Path, count: int, render: Callable[[Documents, str], object]
) -> Iterator[tuple[PagesAhead, Documents]]:
    """Yield pages of which each is its own path."""
    documents = Documents(folder / "record.json", folder / "site", folder / "next")

    def write(page: str) -> str:
        render(documents, page)
        return page

    with closing(Store(folder / "store.sqlite")) as store:
        store.keep({"key": b"value"})
        pages = PagesAhead([f"{n}.html" for n in range(count)], ahead.hands_for(count), write, documents, store)
        try:
            yield pages, documents
        finally:
            pages.close()
        assert store.value("key") == b"value"


def slowly(documents: Documents, page: str) -> None:
    time.sleep(0.02)
    documents.write(page, str(os.getpid()).encode())
    if page != "3.html":
        documents.wrote(page, f"made from {page}")


@pytest.mark.usefixtures("several")
def test_each_page_is_rendered_once_by_one_of_several_processes(tmp_path: Path) -> None:
    with rendering(tmp_path, 60, slowly) as (pages, documents):
        time.sleep(0.2)
        done = pages.finish()
        assert done == {f"{n}.html" for n in range(60)}
        assert {name: one.made_from for name, one in documents.told(done).items()} == {
            name: None if name == "3.html" else f"made from {name}" for name in done
        }
    hands = {path.read_text() for path in (tmp_path / "next").iterdir()}
    assert len(hands) == 3
    assert str(os.getpid()) in hands


@pytest.mark.usefixtures("several")
def test_what_fails_in_another_process_is_not_told_as_done(tmp_path: Path) -> None:
    own = os.getpid()

    def render(documents: Documents, page: str) -> None:
        if os.getpid() != own:
            raise RuntimeError
        slowly(documents, page)

    with rendering(tmp_path, 20, render) as (pages, _):
        time.sleep(0.2)
        done = pages.finish()
    assert "0.html" in done
    assert {path.name for path in (tmp_path / "next").iterdir()} == done
    assert len(done) < 20


@pytest.mark.usefixtures("several")
def test_processes_that_nobody_waits_for_are_ended(tmp_path: Path) -> None:
    own = os.getpid()

    def render(documents: Documents, page: str) -> None:
        if os.getpid() != own:
            time.sleep(60)

    started = time.monotonic()
    with rendering(tmp_path, 20, render):
        pass
    assert time.monotonic() - started < 30


def test_each_number_is_taken_once() -> None:
    with closing(Turns(ahead.MOST_TURNS)) as turns:
        assert [*islice(turns, 10), *turns] == [*range(ahead.MOST_TURNS)]


@pytest.mark.parametrize("more", [HELPING, DYING], ids=["helping", "dying"])
def test_a_site_is_the_same_however_many_processes_render_it(tmp_path: Path, site: NewSite, more: str) -> None:
    for number, headline in enumerate(TALES):
        site.seed(f"{number}.txt", headline, number)
    other = site.copy(tmp_path / "other")
    other.settings(SEVERAL + more)
    alone, helped = site.build(), other.build()
    assert (helped.status, helped.files()) == (0, alone.files())
    assert (other.folder / "helped").exists()
    assert other.build().files() == helped.files()


def test_two_stories_of_one_path_are_an_error_as_they_are_to_pelican(site: NewSite) -> None:
    for number, headline in enumerate(TALES):
        site.seed(f"{number}.txt", headline, number)
    site.settings(f'ARTICLE_SAVE_AS = "articles/one.html"\n{SEVERAL}')
    built = site.build()
    assert built.status != 0
    assert "articles/one.html" in built.stdout + built.stderr


@pytest.mark.usefixtures("several")
def test_what_there_is_to_tell_is_told_by_one_process_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def render(documents: Documents, page: str) -> None:
        if page == "7.html":
            logging.warning("odd")
        slowly(documents, page)

    with rendering(tmp_path, 20, render) as (pages, _):
        time.sleep(0.5)
        assert "7.html" not in pages.finish()
    assert "odd" not in caplog.text


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(("copies", "hands"), [(0.9, 0), (1.5, 1), (90.0, 2)])
def test_no_more_processes_than_the_memory_has_room_for(
    monkeypatch: pytest.MonkeyPatch, copies: float, hands: int
) -> None:
    assert ahead.copies_in_memory() > 0
    monkeypatch.setattr(ahead, "copies_in_memory", lambda: copies)
    assert ahead.hands_for(50) == hands
