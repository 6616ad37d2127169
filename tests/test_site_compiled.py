"""Compiled templates: used for the same source and circumstances alone, and never where the record is damaged."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from copydesk.site.compiled import ENDING, MOST, CompiledTemplates, record_of
from newsite import NewSite


@pytest.fixture(autouse=True)
def code_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python keeps compiled code, whatever the environment of the tests says."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


TEMPLATE = "{{ 'lamp' | shout }} {{ name }}"


def rendered(record: Path, circumstances: str, template: str = TEMPLATE, mark: str = "!") -> str:
    """What the template comes out as, in an environment that remembers what it compiled."""
    environment = Environment(loader=DictLoader({"a.html": template}), autoescape=True)
    environment.filters["shout"] = lambda text: text.upper() + mark
    compiled = environment.bytecode_cache = CompiledTemplates(record, circumstances)
    text = environment.get_template("a.html").render(name="oil")
    compiled.remember()
    return text


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = tmp_path / "templates.code"
    assert rendered(record, "one") == "LAMP! oil"
    monkeypatch.setattr(Environment, "compile", None)
    assert rendered(record, "one") == "LAMP! oil"


@pytest.mark.parametrize("circumstances", ["one", "other"])
def test_another_source_or_other_circumstances_compile_anew(tmp_path: Path, circumstances: str) -> None:
    record = tmp_path / "templates.code"
    rendered(record, "one")
    changed = TEMPLATE + "." if circumstances == "one" else TEMPLATE
    expected = {"one": "LAMP! oil.", "other": "LAMP? oil"}  # what a filter makes of a constant is worked out early
    mark = "!" if circumstances == "one" else "?"
    assert rendered(record, circumstances, changed, mark) == expected[circumstances]


@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_damaged_record_is_none(tmp_path: Path, place: int) -> None:
    record = tmp_path / "templates.code"
    rendered(record, "one")
    whole = bytearray(record.read_bytes())
    whole[place] ^= 1
    record.write_bytes(bytes(whole))
    assert rendered(record, "one", mark="?") == "LAMP? oil"
    record.write_bytes(b"")
    assert rendered(record, "one") == "LAMP! oil"


def test_no_more_than_some_sites_are_remembered(tmp_path: Path) -> None:
    for number in range(MOST + 3):
        rendered(tmp_path / f"{number}{ENDING}", "one")
    assert len(list(tmp_path.iterdir())) == MOST
    assert (tmp_path / f"{MOST + 2}{ENDING}").exists()


def test_code_lies_where_python_keeps_the_packages_own(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.build()
    assert record_of(site.folder.resolve()).parent.name == "__pycache__"
    assert not list((site.folder / ".copydesk").rglob(f"*{ENDING}"))


def test_python_that_keeps_no_code_keeps_no_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(tmp_path / "templates.code", "one") == "LAMP! oil"
    assert not list(tmp_path.iterdir())
