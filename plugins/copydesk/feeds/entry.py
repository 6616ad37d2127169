"""What a feed says, independent of its format: texts are plain, addresses absolute, unknown facts None or empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Picture:
    """An article's picture: absolute address, media type, length in bytes, and what it shows in words."""

    url: str
    media_type: str
    length: int
    alt: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in a feed.

    `id` never changes, whatever is corrected. `summary` is plain text, `content_html` safe HTML with absolute addresses
    (empty where only the summary shall be in the feed). `published` is None where nothing tells it; `updated` is always
    there. `appeared` is when the site first had it, where that is known. `source_name` and `source_url` tell where the
    text came from.
    """

    id: str
    url: str
    title: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    language: str | None
    summary: str
    content_html: str
    published: date | datetime | None
    updated: datetime
    source_name: str | None = None
    source_url: str | None = None
    appeared: datetime | None = None
    picture: Picture | None = None

    @property
    def size(self) -> int:
        """Bytes of text and markup."""
        return len(self.content_html.encode()) + len(self.summary.encode())


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An article that was taken back: its entry's id, and when that was known."""

    id: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of `entries`, newest first.

    `self_url` is the feed's own address, `stylesheet` that of a CSS file for people who open it, absolute or relative
    to the feed. `rights` is a line on copyright, `image` the address of the site's picture (GIF, JPEG or PNG). `hub` is
    the address of a WebSub hub. `older` and `newer` are the archived feeds before and after this one, and `current` the
    feed to subscribe to, where this one is archived (RFC 5005, section 4). `withdrawn` are articles that readers shall
    forget (RFC 6721).
    """

    id: str
    title: str
    site_url: str
    self_url: str
    description: str
    language: str
    entries: tuple[Entry, ...]
    stylesheet: str | None = None
    rights: str | None = None
    image: str | None = None
    hub: str | None = None
    older: str | None = None
    newer: str | None = None
    current: str | None = None
    withdrawn: tuple[Withdrawn, ...] = ()
