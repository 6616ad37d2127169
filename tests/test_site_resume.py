"""A reading that is interrupted goes on where it was: what was cleaned stays in the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.cleaning.leaning import Leaning
from copydesk.intake.pieces import Piece
from copydesk.site import reading
from copydesk.site.cleaner import Cleaned, Desk
from copydesk.site.first_seen import FirstSeen
from copydesk.site.progress import EVERY, counting
from copydesk.site.reading import Reading
from copydesk.site.seedfolder import seed_files
from copydesk.store import Store

RECORDS = 12
TEXT = "The council of ward {} voted on Tuesday to reopen the old harbour line, ending a dispute of nine years. " * 3


def desk(folder: Path) -> Desk:
    return Desk(folder / "seeds", folder / "overrides", (), (), 1_000_000, Leaning.BALANCED)


def read_all(folder: Path) -> list[str]:
    """Read the seeds as a build does, with a store of its own opening; a build that breaks off never closes it."""
    store = Store(folder / "store.sqlite")
    here = Reading(desk(folder), FirstSeen(folder / "seeds", folder), store, lambda: None)
    try:
        found = here.read_all(seed_files(folder / "seeds"))
    except KeyboardInterrupt:
        store._database.close()  # as the end of its process does
        raise
    store.close()
    return [seed.name for seed in found if seed.article]


def test_an_interrupted_reading_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "seeds").mkdir()
    rows = (json.dumps({"title": f"Ward {n} votes", "text": TEXT.replace("{}", str(n))}) for n in range(RECORDS))
    (tmp_path / "seeds" / "all.jsonl").write_text("\n".join(rows))
    monkeypatch.setattr(reading, "AT_ONCE", 4)
    monkeypatch.setattr("copydesk.store.BATCH", 4)
    cleaned: list[str] = []
    clean = Desk.clean

    def counted(self: Desk, piece: Piece) -> Cleaned | str:
        if len(cleaned) == 9:
            raise KeyboardInterrupt
        cleaned.append(piece.name)
        return clean(self, piece)

    monkeypatch.setattr(Desk, "clean", counted)
    with pytest.raises(KeyboardInterrupt):
        read_all(tmp_path)
    before = list(cleaned)
    cleaned.clear()
    names = read_all(tmp_path)
    assert names == [f"all.jsonl#{n}" for n in range(1, RECORDS + 1)]
    assert cleaned == names[8:]
    assert before == names[:9]


def test_the_count_of_articles_is_told_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    count = counting("Read so far")
    for _ in range(30):
        count(EVERY // 10)
    assert capsys.readouterr().err == "".join(f"Read so far: {EVERY * n:,} articles\n" for n in (1, 2, 3))
