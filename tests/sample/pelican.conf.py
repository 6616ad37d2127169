"""The one configuration of the site, for `make html`, `make publish` and `pelican -s pelican.conf.py` alike.

Pelican's settings: docs.getpelican.com/en/stable/settings.html. Copydesk's own: docs/settings.md.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "plugins"))

SITENAME = "The Copydesk Courier"
SITESUBTITLE = "News, cleaned and kept"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
LOCALE = ["C.UTF-8", "C"]

# Where the site will stand, without a slash at its end: "https://news.example.org" or "https://example.org/news".
# `make publish SITEURL=...` sets it. Without it the pages link to each other relatively and can be read from disk.
SITEURL = os.environ.get("SITEURL", "").rstrip("/")
RELATIVE_URLS = not SITEURL
FEED_DOMAIN = SITEURL or "http://localhost:8000"

PATH = str(ROOT / "content")
Path(PATH).mkdir(exist_ok=True)  # git keeps no empty folder
OUTPUT_PATH = str(ROOT / "output")
THEME = str(ROOT / "theme")
PLUGIN_PATHS = [str(ROOT / "plugins")]
PLUGINS = ["copydesk"]

ARTICLE_PATHS = [""]
ARTICLE_EXCLUDES = ["pages", "overrides", "rules", "images", "extra"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images", "extra"]
DEFAULT_CATEGORY = "News"
ARTICLE_ORDER_BY = "reversed-date"

ARTICLE_URL = ARTICLE_SAVE_AS = ARTICLE_LANG_URL = ARTICLE_LANG_SAVE_AS = "articles/{slug}.html"
DRAFT_URL = DRAFT_SAVE_AS = DRAFT_LANG_URL = DRAFT_LANG_SAVE_AS = "drafts/{slug}.html"
PAGE_URL = PAGE_SAVE_AS = PAGE_LANG_URL = PAGE_LANG_SAVE_AS = "{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "sections/{slug}.html"
TAG_URL = TAG_SAVE_AS = "topics/{slug}.html"
AUTHOR_URL = AUTHOR_SAVE_AS = "authors/{slug}.html"
CATEGORIES_URL = CATEGORIES_SAVE_AS = "sections.html"
TAGS_URL = TAGS_SAVE_AS = "topics.html"
AUTHORS_URL = AUTHORS_SAVE_AS = "authors.html"
ARCHIVES_URL = ARCHIVES_SAVE_AS = "archives.html"
FEEDS_URL = FEEDS_SAVE_AS = "feeds.html"
SEARCH_SAVE_AS = "search.html"
SOURCES_SAVE_AS = "sources.html"
CORRECTIONS_SAVE_AS = "corrections.html"
DIRECT_TEMPLATES = ["index", "categories", "tags", "authors", "archives", "feeds", "404"]
DIRECT_TEMPLATES += ["search", "sources", "corrections", "offline"]
DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"category": None, "tag": None, "author": None, "source": None}

FEED_ALL_RSS = "feeds/all.rss.xml"
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_RSS = "feeds/sections/{slug}.rss.xml"
CATEGORY_FEED_ATOM = "feeds/sections/{slug}.atom.xml"
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = "feeds/authors/{slug}.rss.xml"
TAG_FEED_RSS = "feeds/topics/{slug}.rss.xml"
COPYDESK_SOURCE_FEED = "feeds/sources/{slug}.rss.xml"
FEED_MAX_ITEMS = 50
COPYDESK_RIGHTS = f"Texts belong to those who wrote them; {SITENAME} tells of each where it is from"
RSS_FEED_SUMMARY_ONLY = False

JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}

# A site's own domain on GitHub Pages, such as "news.example.org"; empty for none.
COPYDESK_CNAME = os.environ.get("CNAME", "")
