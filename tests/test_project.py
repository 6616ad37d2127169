"""What holds for the project's own files: which room imports which, what the lock holds, what a file may say."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsite import ROOT, SAMPLE

PACKAGE = ROOT / "plugins" / "copydesk"
ROOMS = (
    "errors",
    "settings",
    "wholefile",
    "model",
    "intake",
    "cleaning",
    "structure",
    "enrich",
    "render",
    "desk",
    "pipeline",
    "packing",
    "store",
    "processes",
    "commands",
    "feeds",
    "site",
    "cli",
    "training",
)
FILES = sorted(PACKAGE.rglob("*.py"))
ENTRANCES = {PACKAGE / "__init__.py", PACKAGE / "__main__.py"}
TOP_LEVEL = {
    "pelican.conf.py",
    "content",
    "plugins",
    "theme",
    "seeds",
    "tests",
    "Makefile",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "pyproject.toml",
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-train.txt",
    "requirements-peers.txt",
    "docs",
}
MADE = {"output", "output.next", "output.previous", "output.spare", "__pycache__"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path} imports relatively"
            yield node.module


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize(
    "path", [p for p in FILES if p not in ENTRANCES], ids=lambda p: p.relative_to(PACKAGE).as_posix()
)
def test_a_room_imports_only_from_those_above_it(path: Path) -> None:
    above = ROOMS[: ROOMS.index(room(path)) + 1]
    for module in imports(path):
        if module.startswith("copydesk."):
            assert module.split(".")[1] in above, f"{room(path)} must not import {module}"


def importers(library: str) -> set[str]:
    return {room(p) for p in FILES if any(m.split(".")[0] == library for m in imports(p))}


def test_only_the_site_knows_pelican_and_one_file_knows_feedgen() -> None:
    assert importers("pelican") == {"site"}
    knowing = [p for p in FILES if any(m.split(".")[0] == "feedgen" for m in imports(p))]
    assert [p.name for p in knowing] == ["syndication.py"]


def test_modules_and_functions_say_what_they_are_for() -> None:
    for path in FILES:
        tree = ast.parse(path.read_text("utf-8"))
        assert ast.get_docstring(tree), f"{path} has no docstring"


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-train.txt", "requirements-peers.txt"]
)
def test_the_lock_has_hashes_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    packages = re.findall(r"^[a-z0-9][\w.\[\]-]*==\S+", text, re.MULTILINE)
    assert len(packages) > 5
    assert text.count("==") >= len(packages)
    for block in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block, block[:60]
    assert "://" not in text
    assert "--index-url" not in text


def test_every_dependency_is_locked_and_earns_a_line_in_the_readme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = (ROOT / "requirements.txt").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    for requirement in project["dependencies"]:
        name = re.split(r"[<>=!~\[; ]", requirement)[0]
        assert re.search(rf"^{re.escape(name)}(\[.*\])?==", locked, re.MULTILINE | re.IGNORECASE), (
            f"{name} is not locked"
        )
        assert name.lower() in readme.lower(), f"the README does not say what {name} is for"


def test_libraries_that_are_imported_are_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=!~\[; ]", r)[0].lower() for r in project["dependencies"]}
    declared |= {"torch"}  # of the extra that training needs
    names = {
        "bs4": "beautifulsoup4",
        "re2": "google-re2",
        "markdown_it": "markdown-it-py",
        "slugify": "python-slugify",
        "yaml": "pyyaml",
        "PIL": "pillow",
    }
    names |= {"bidi": "python-bidi"}
    for path in FILES:
        for module in imports(path):
            top = module.split(".")[0]
            if top not in sys.stdlib_module_names and top not in ("copydesk", "__future__"):
                assert names.get(top, top).lower().replace("_", "-") in declared, (
                    f"{path.name} imports {top}, which is not declared"
                )


def test_the_tests_know_the_site_that_comes_along() -> None:
    if 'SITENAME = "The Copydesk Courier"' not in (ROOT / "pelican.conf.py").read_text("utf-8"):
        return  # a paper of somebody's own
    for path in (path.relative_to(SAMPLE) for path in SAMPLE.rglob("*.*") if path.is_file()):
        if (ROOT / path).exists():
            assert (ROOT / path).read_bytes() == (SAMPLE / path).read_bytes(), f"tests/sample/{path} is another one"


@pytest.mark.parametrize(("command", "stays"), [("x -m venv {here}/.venv", True), ("", True), ("x /a/.venv", False)])
def test_an_environment_of_a_moved_folder_is_made_anew(tmp_path: Path, command: str, stays: bool) -> None:
    folder = tmp_path / "my paper's"
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/ready").touch()
    (folder / ".venv/bin/python").symlink_to(sys.executable)
    told = f"command = {command.format(here=folder)}\n" if command else ""
    (folder / ".venv/pyvenv.cfg").write_text(f"home = /usr/bin\n{told}", "utf-8")
    shutil.copy(ROOT / "Makefile", folder)
    make = ["make", "help"]
    subprocess.run(make, cwd=folder, check=True, capture_output=True)
    assert (folder / ".venv").exists() == stays
    (folder / ".venv/bin/python").unlink(missing_ok=True)
    subprocess.run(make, cwd=folder, check=True, capture_output=True)
    assert not (folder / ".venv").exists()


def test_the_top_level_is_what_was_agreed() -> None:
    there = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert there - MADE <= TOP_LEVEL


def test_links_in_the_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", ROOT / ".github" / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        text = re.sub(r"`[^`\n]*`", "", document.read_text("utf-8"))
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_only_rendered_content_is_marked_safe_in_templates() -> None:
    pictures = "with_pictures(facts.pictures, SITEURL)"
    allowed = {f"{{{{ {content} | {pictures} | safe }}}}" for content in ("article.content", "page.content")}
    for template in (ROOT / "theme" / "templates").rglob("*.html"):
        text = template.read_text("utf-8")
        assert set(re.findall(r"\{\{[^}]*\bsafe\b[^}]*\}\}", text)) <= allowed, template.name
        assert "autoescape" not in text
