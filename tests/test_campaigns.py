"""The hostile corpus in full, and a short run of the other campaigns; `make fuzz` and `make kill` run longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.corpus import bad_seeds
from campaigns.fuzz import TARGETS, fuzz
from campaigns.hostile import corpus
from campaigns.kill import kill


def test_every_hostile_file_gets_what_it_should(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(list(bad_seeds())) > 200
    assert corpus(tmp_path / "site") == 0, capsys.readouterr().out


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_no_mutation_breaks_or_hangs(target: str, tmp_path: Path) -> None:
    cases, faults = fuzz(target, seed=1, seconds=2, keep=tmp_path)
    assert cases > 20
    assert faults == []


def test_a_killed_build_leaves_a_whole_site(tmp_path: Path) -> None:
    assert kill(tmp_path, times=2, seed=1) == []
