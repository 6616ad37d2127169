"""Where a site has its pictures, in which widths, and how a page shows them."""

from __future__ import annotations

from copydesk.model import Figure, Picture
from copydesk.render.escape import html_attribute, html_text, one_line, url
from copydesk.render.marked import marked_html

FOLDER = "pictures"
ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}
WIDTHS = (480, 960, 1440)
"""Widths in pixels that are made of a larger picture: a phone, a phone's dense screen, a column on a dense screen."""

SIZES = "(min-width: 40rem) 38rem, 100vw"
"""How wide the theme shows a picture in a story."""


def name_of(picture: Picture) -> str:
    """Return the name of a picture's file: by its bytes, so that no two have the same and none is there twice."""
    return f"{picture.digest[:20]}.{ENDINGS[picture.media_type]}"


def path_of(picture: Picture) -> str:
    """Return the path of a picture in the site."""
    return f"{FOLDER}/{name_of(picture)}"


def variants_of(picture: Picture) -> tuple[tuple[int, str], ...]:
    """Return the smaller widths of a picture with their paths."""
    return tuple((width, f"{FOLDER}/{picture.digest[:20]}-{width}.webp") for width in WIDTHS if width < picture.width)


def figure_html(figure: Figure, site: str, *, waits: bool) -> str:
    """Return a figure for the article's page at `site`; one that `waits` is loaded when it comes into sight."""
    if figure.picture is None:
        return _link(figure, ' class="elsewhere"')
    offered = [*variants_of(figure.picture), (figure.picture.width, path_of(figure.picture))]
    sets = ", ".join(f"{site}/{path} {width}w" for width, path in offered)
    further = f' srcset="{html_attribute(sets)}" sizes="{SIZES}"' if len(offered) > 1 else ""
    lazy = ' loading="lazy"' if waits else ""
    address = f"{site}/{path_of(figure.picture)}"
    return _figure(figure, figure.picture, address, f' decoding="async"{lazy}{further}')


def plain_figure_html(figure: Figure, folder: str) -> str:
    """Return a figure in bare elements, for feeds and files; `folder` is the address of the one with the pictures."""
    if figure.picture is None:
        return _link(figure, "")
    return _figure(figure, figure.picture, f"{folder}/{name_of(figure.picture)}", "")


def _figure(figure: Figure, picture: Picture, address: str, further: str) -> str:
    size = f'width="{picture.width}" height="{picture.height}"'
    image = f'<img src="{html_attribute(address)}" alt="{html_attribute(figure.alt)}" {size}{further}>'
    said = [marked_html(figure.caption, figure.spans)] if figure.caption else []
    said += [f"<small>{html_text(figure.credit)}</small>"] if figure.credit else []
    caption = f"<figcaption>{' '.join(said)}</figcaption>" if said else ""
    return f"<figure>{image}{caption}</figure>"


def _link(figure: Figure, style: str) -> str:
    """Return a picture or embed that is elsewhere as a link with the words that there are for it."""
    words, address = words_of(figure), url(figure.href or "")
    if not address:
        return f"<p{style}>{html_text(words)}</p>" if words else ""
    credit = f" <small>{html_text(figure.credit)}</small>" if figure.credit and figure.credit != words else ""
    return f'<p{style}><a href="{html_attribute(address)}">{html_text(words)}</a>{credit}</p>'


def words_of(figure: Figure) -> str:
    """Return what is said of a picture or embed that is elsewhere: its caption, its words, or where it is."""
    host = (figure.href or "").partition("://")[2].partition("/")[0].removeprefix("www.")
    return next((text for text in (figure.caption, figure.alt, figure.credit) if one_line(text)), host)
