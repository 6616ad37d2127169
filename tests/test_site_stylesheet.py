"""The one style sheet: theme, look, the site's own; and a theme that is not ours left alone."""

from __future__ import annotations

import pytest

from newsite import NewSite

SHEET = "theme/css/site.css"


@pytest.fixture
def site(site: NewSite) -> NewSite:
    site.seed("world/a.txt", "Council reopens line")
    return site


def test_the_look_and_the_sites_own_rules_come_last(site: NewSite) -> None:
    site.write("content/extra/own.css", "/* ours */\nbody { color: rebeccapurple; }\n")
    site.settings('COPYDESK_LOOK = "wire"\nCOPYDESK_CSS = "content/extra/own.css"')
    sheet = site.build().page(SHEET)
    assert sheet.rstrip().endswith("body{color:rebeccapurple}")
    assert sheet.index("#fffdf8") < sheet.index("#101317") < sheet.index("rebeccapurple")
    assert "/*" not in sheet


@pytest.mark.parametrize("look", ["courier", "wire", "review"])
def test_looks_set_tokens_that_there_are(look: str) -> None:
    from newsite import ROOT

    static = ROOT / "theme" / "static" / "css"
    known = {line.split(":")[0].strip() for line in (static / "site.css").read_text().splitlines() if "  --" in line}
    told = (static / "looks" / f"{look}.css").read_text()
    assert {line.split(":")[0].strip() for line in told.splitlines() if line.startswith("  --")} <= known


def test_a_sheet_that_is_not_there_is_an_error_that_names_it(site: NewSite) -> None:
    site.settings('COPYDESK_CSS = "content/own.css"')
    built = site.build()
    assert built.status != 0
    assert "content/own.css" in built.stdout + built.stderr


def test_an_unknown_look_is_an_error(site: NewSite) -> None:
    site.settings('COPYDESK_LOOK = "tabloid"')
    built = site.build()
    assert built.status != 0
    assert "courier, wire, review" in built.stdout + built.stderr
