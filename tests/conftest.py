"""Fixtures that several rooms' tests share."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings

from newsite import NewSite
from warmpelican import WarmPelican

settings.register_profile("untimed", deadline=None)  # no test asserts a time: machines have other work to do
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def warm() -> Iterator[tuple[WarmPelican, WarmPelican]]:
    """Return two processes that have loaded Pelican and mix their hashes otherwise."""
    with closing(WarmPelican(1)) as one, closing(WarmPelican(2)) as other:
        yield one, other


@pytest.fixture
def site(tmp_path: Path, warm: tuple[WarmPelican, WarmPelican]) -> NewSite:
    """Return an empty site in a temporary folder, which need not wait for Pelican to start."""
    return NewSite(tmp_path / "site", *warm)


@pytest.fixture
def cold_site(tmp_path: Path) -> NewSite:
    """Return an empty site in a temporary folder, each build of which is a process of its own."""
    return NewSite(tmp_path / "site")
