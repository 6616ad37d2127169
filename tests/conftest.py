"""Fixtures that several rooms' tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

from newsite import NewSite

settings.register_profile("untimed", deadline=None)  # no test asserts a time: machines have other work to do
settings.load_profile("untimed")


@pytest.fixture
def site(tmp_path: Path) -> NewSite:
    """Return an empty site in a temporary folder."""
    return NewSite(tmp_path / "site")
