"""The texts and the pictures of seeds, for the pages and feeds that show them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from copydesk.errors import RefusedSeed
from copydesk.model import Article
from copydesk.packing import Texts, texts_of, unpack
from copydesk.render.html import body_html, feed_html
from copydesk.site.cleaner import Cleaned, Desk
from copydesk.site.seeds import Seed
from copydesk.store import Store, key_of

AT_HAND = 512
"""Seeds whose texts are held in memory."""


def picture_key(article: str, digest: str) -> str:
    """Return the key of a picture of the article that has the key `article`."""
    return key_of("picture", article, digest)


@dataclass(slots=True)
class Bodies:
    """The texts and the pictures of seeds, taken from the store when they are needed; the last texts are at hand."""

    desk: Desk
    store: Store
    at_hand: dict[str, Texts | Article] = field(default_factory=dict)

    def page(self, seed: Seed, site: str) -> str:
        """Return the body for a page from which the site is at `site`. Raises RefusedSeed as `article` does."""
        found = self._found(seed)
        return found.page if isinstance(found, Texts) else body_html(found, site)

    def feed(self, seed: Seed, site: str) -> str:
        """Return the body for feeds of the site at that address. Raises RefusedSeed as `article` does."""
        found = self._found(seed)
        return found.feed if isinstance(found, Texts) else feed_html(found, site)

    def _found(self, seed: Seed) -> Texts | Article:
        """Return a seed's text, its whole article where that shows pictures."""
        found = self.at_hand.get(seed.key)
        if found is None:
            if len(self.at_hand) >= AT_HAND:
                self.at_hand.clear()
            packed = self.store.value(seed.key) or b""
            found = self.at_hand[seed.key] = texts_of(packed) or unpack(packed) or self._again(seed)
        return found

    def article(self, seed: Seed) -> Article:
        """Return a seed's whole article, cleaned once more where the store has lost it.

        Raises RefusedSeed where that fails: the seed has changed since it was read.
        """
        return unpack(self.store.value(seed.key) or b"") or self._again(seed)

    def picture(self, seed: Seed, digest: str) -> bytes:
        """Return the file of a picture, made once more where the store has lost it.

        Raises RefusedSeed where that fails: the picture has changed since it was read.
        """
        key = picture_key(seed.key, digest)
        data = self.store.packed([key]).get(key, b"")
        if hashlib.sha256(data).hexdigest() != digest:
            data = self._cleaned(seed).pictures.get(digest, b"")
            self.store.keep({key: data} if data else {})
        if not data:
            raise _changed(seed)
        return data

    def _again(self, seed: Seed) -> Article:
        article = unpack(self._cleaned(seed).packed.data)
        if article is None:
            raise _changed(seed)
        return article

    def _cleaned(self, seed: Seed) -> Cleaned:
        for piece in self.desk.pieces(seed.file):
            if piece.name == seed.name and hashlib.sha256(piece.data).hexdigest() == seed.sha256:
                cleaned = self.desk.clean(piece)
                if isinstance(cleaned, Cleaned):
                    return cleaned
        raise _changed(seed)


def _changed(seed: Seed) -> RefusedSeed:
    return RefusedSeed("was changed while the site was built", seed.name, remedy="Build again")
