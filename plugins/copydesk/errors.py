"""Errors that Copydesk tells a person: what is wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class CopydeskError(Exception):
    """Base of every error that Copydesk raises on purpose.

    `what` is wrong in one clause, `where` is a file (or a setting's name), `line` its 1-based line where one is known,
    `remedy` tells what to do.
    """

    what: str
    where: str | None = None
    line: int | None = None
    remedy: str | None = None

    def __str__(self) -> str:
        place = self.where or ""
        if self.where and self.line is not None:
            place = f"{self.where}, line {self.line}"
        message = f"{place}: {self.what}" if place else self.what
        return f"{message}. {self.remedy}" if self.remedy else message


class RefusedSeed(CopydeskError):
    """A seed that can't become an article: empty, binary, of an unread form, or without article text."""


@dataclass(slots=True)
class NoArticle(RefusedSeed):
    """A page that can be read and is no article: a front page, a list of stories, an error, or furniture alone.

    `ledger` has the verdict on each of its lines.
    """

    ledger: object = field(default=None, repr=False)


@dataclass(slots=True)
class RefusedPicture(CopydeskError):
    """A picture that can't be shown; `reason` is the stable name of why ("broken", "too-large")."""

    reason: str = ""


class RuleError(CopydeskError):
    """A cleaning rule that can't be used: unknown key, unsafe pattern, or an example that fails."""


class OverrideError(CopydeskError):
    """An editor's override file that can't be understood."""


class SettingError(CopydeskError):
    """A setting that does not exist, or whose value is of the wrong kind."""


class PublishError(CopydeskError):
    """The finished site could not be put in its place."""
