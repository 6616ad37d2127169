"""Fixtures that several rooms' tests share."""

from pathlib import Path

import pytest

from newsite import NewSite


@pytest.fixture
def site(tmp_path: Path) -> NewSite:
    """Return an empty site in a temporary folder."""
    return NewSite(tmp_path / "site")
