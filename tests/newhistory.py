"""What editors do with the repository of a site: they commit, put a commit right, go back and forth, throw away."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Callable

from newsite import NewSite

FIRST = 1_760_000_000
"""When the first commit was made, in seconds since 1970; each step is some hours later."""

IGNORED = "/output/\n/.*\n!/.gitignore\n__pycache__/\n"


def commit(site: NewSite, rng: random.Random, step: int) -> None:
    """Commit all that there is, in a repository that is made where there is none."""
    if not (site.folder / ".git").exists():
        (site.folder / ".gitignore").write_text(IGNORED)
        _git(site, step, "init", "-q", "-b", "main")
    _git(site, step, "add", "-A")
    _git(site, step, "commit", "-q", "--allow-empty", "-m", f"Step {step}")


def amend(site: NewSite, rng: random.Random, step: int) -> None:
    """Put the last commit right, which then was another one."""
    _git(site, step, "add", "-A")
    _git(site, step, "commit", "-q", "--amend", "-m", f"Step {step}, put right")


def go_back(site: NewSite, rng: random.Random, step: int) -> None:
    """Commit, and go back to the commit before."""
    commit(site, rng, step)
    _git(site, step, "reset", "-q", "--hard", "HEAD~1")
    _with_folders(site)


def discard(site: NewSite, rng: random.Random, step: int) -> None:
    """Throw away what is not committed."""
    _git(site, step, "checkout", "-q", "--", ".")
    _git(site, step, "clean", "-fdq", "seeds", "content")
    _with_folders(site)


def _with_folders(site: NewSite) -> None:
    for folder in ("seeds", "content/pages"):
        (site.folder / folder).mkdir(parents=True, exist_ok=True)


def _git(site: NewSite, step: int, *arguments: str) -> None:
    """Call git in the site's own repository; where it has none, or nothing to do, nothing happens."""
    moment = f"@{FIRST + 9_000 * step} +0000"
    when = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CEILING_DIRECTORIES": str(site.folder.parent)}
    name = ("-c", "user.name=Ada Pell", "-c", "user.email=ada@herald.example", "-c", "commit.gpgsign=false")
    subprocess.run(
        ["git", "-C", str(site.folder), *name, *arguments], env={**os.environ, **when}, capture_output=True, check=False
    )


HISTORY: dict[str, Callable[[NewSite, random.Random, int], None]] = {
    "commit": commit,
    "commit again": commit,
    "amend": amend,
    "go back": go_back,
    "discard": discard,
}
