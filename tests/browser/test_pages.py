"""Pages in a real browser: accessible, readable from 320 px up, nothing of another origin, nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

STORY = "articles/belarus-extends-olive-branch-to-trump-administration-signaling-potential.html"
ARABIC = "articles/mktb-mtnql-l-zhr-qrb-tsl-l-qr-ldlt.html"
PAGES = [
    "index.html",
    STORY,
    ARABIC,
    "articles/the-clock-that-waits-for-the-last-bus.html",
    "articles/a-tide-mill-grinds-again-after-ninety-years.html",
    "sections/world.html",
    "sections.html",
    "topics.html",
    "authors.html",
    "archives.html",
    "archive/2026-03.html",
    "search.html",
    "sources.html",
    "corrections.html",
    "feeds.html",
    "about.html",
    "404.html",
]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield page
    page.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)])
def test_no_accessibility_rule_is_broken(browser: Browser, sample: str, path: str, scheme: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{sample}/{path}")
    results = Axe().run(page)
    page.close()
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_whole_at_320_pixels(page: Page, sample: str, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(f"{sample}/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_another_origin_and_no_error(page: Page, sample: str, path: str) -> None:
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{sample}/{path}")
    assert all(url.startswith(sample) for url in requests)
    assert errors == []
    scripts = page.locator("script:not([type='application/ld+json'])").evaluate_all("all => all.map(each => each.src)")
    assert all(re.search(r"/theme/js/(look|reader|search)\.js$", source) for source in scripts), scripts


def test_every_link_leads_somewhere(page: Page, sample: str) -> None:
    seen, waiting = set(), [f"{sample}/index.html"]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        response = page.goto(address)
        assert response is not None
        assert response.ok, address
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            target, _, fragment = link.partition("#")
            if target == address and fragment:
                assert page.evaluate("id => !!document.getElementById(decodeURIComponent(id))", fragment), link
            if target.startswith(sample) and target.endswith(".html") and target not in {*seen, *waiting}:
                waiting.append(target)
    assert len(seen) > 25


def test_the_table_of_contents_leads_to_its_sections(page: Page, sample: str) -> None:
    page.goto(f"{sample}/{STORY}")
    link = page.locator(".contents a").nth(3)
    heading = page.locator(f"id={(link.get_attribute('href') or '#')[1:]}")
    link.click()
    assert heading.bounding_box()["y"] < 200  # type: ignore[index]
    page.locator("h2 .anchor").nth(1).click()
    assert re.search(r"#[a-z-]+$", page.url)


def test_the_skip_link_is_first_and_works(page: Page, sample: str) -> None:
    page.goto(f"{sample}/{STORY}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_many_sections_stand_in_one_row_that_shows_the_current_one(browser: Browser, crowded: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{crowded}/sections/section-09.html")
    row = page.locator("nav.sections ul").bounding_box()
    current = page.locator("nav.sections [aria-current]").bounding_box()
    assert row is not None
    assert current is not None
    assert row["height"] < 2 * current["height"]
    assert row["x"] <= current["x"] <= row["x"] + row["width"] - current["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    results = Axe().run(page)
    page.close()
    assert results.violations_count == 0, results.generate_report()


def test_right_to_left_stories_run_right_to_left(page: Page, sample: str) -> None:
    page.goto(f"{sample}/{ARABIC}")
    assert page.locator("article.story").evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert page.locator("article.story").get_attribute("lang") == "ar"


def test_paper_shows_the_story_and_no_furniture(page: Page, sample: str) -> None:
    page.goto(f"{sample}/{STORY}")
    page.emulate_media(media="print")
    assert page.locator(".story-text p").first.is_visible()
    for furniture in (".sections", ".contents", ".more"):
        assert not page.locator(furniture).first.is_visible()


def test_dark_and_light_differ(browser: Browser, sample: str) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"{sample}/index.html")
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.close()
    assert colours[0] != colours[1]


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_feed_can_be_read_by_a_person(page: Page, sample: str, kind: str) -> None:
    page.goto(f"{sample}/feeds/all.{kind}.xml")
    shown = page.evaluate("getComputedStyle(document.querySelector('item > title, entry > title')).display")
    hidden = page.evaluate("getComputedStyle(document.querySelector('guid, entry > id')).display")
    assert (shown, hidden) == ("block", "none")


LIGHTHOUSE = "articles/the-lighthouse-gets-its-old-lamp-back.html"
SHIFTS = """() => new Promise(told => new PerformanceObserver(list =>
    told(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))
).observe({type: "layout-shift", buffered: true}) || setTimeout(() => told(0), 500))"""


@pytest.mark.parametrize("width", [390, 1280])
def test_a_saved_page_with_pictures_asks_nobody_else_and_stands_still(page: Page, saved: str, width: int) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{saved}/{LIGHTHOUSE}")
    images = page.locator(".story-text img")
    assert images.count() == 2
    for number in range(images.count()):
        images.nth(number).scroll_into_view_if_needed()
        shown = images.nth(number).evaluate("image => image.decode().then(() => image.currentSrc)")
        assert shown.startswith(f"{saved}/pictures/")
    assert page.locator(".story-text .elsewhere a").count() >= 1
    assert page.evaluate(SHIFTS) == 0
    assert all(url.startswith(saved) for url in requests), requests
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page).violations_count == 0


@pytest.mark.parametrize("without_policy", [False, True])
def test_no_vector_runs_or_leaves(browser: Browser, hostile: str, without_policy: bool) -> None:
    context = browser.new_context(bypass_csp=without_policy)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    page.goto(f"{hostile}/archive/undated.html")
    stories = page.eval_on_selector_all(".archive a", "links => links.map(link => link.href)")
    assert len(stories) == 40
    feeds = [f"{hostile}/feeds/all.{kind}.xml" for kind in ("rss", "atom")]
    for address in [*stories, *feeds, f"{hostile}/index.html", f"{hostile}/sections/vectors.html"]:
        page.goto(address)
        for element in page.locator("input, details, button").all():
            element.dispatch_event("focus")
        assert page.title() != "RAN"
        assert page.url == address
    assert all(url.startswith(hostile) for url in requests)
    context.close()
