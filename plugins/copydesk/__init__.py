"""Copydesk turns scraped news articles into a static news site; this package is a Pelican plugin and a command line.

The flow: intake -> cleaning -> structure -> enrich -> render -> site and feeds. See docs/ for each stage.
"""

__version__ = "0.1.0"


def register() -> None:
    """Connect Copydesk to Pelican; Pelican calls this for every plugin in `PLUGINS`."""
    from copydesk.site.plugin import connect

    connect()
