"""What readers do: read, jump, copy a link, go dark, search, filter, go by keys alone, print, subscribe, read offline.

The paper has some sixty stories in nine languages, two of them right-to-left, with pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

FARES = "articles/harbour-line-fares-to-stay-below-the-bus-for-a-year.html"
FIRST = "articles/first-train-in-thirty-nine-years-leaves-harrow-bay-on-time.html"
PICTURES = "articles/a-year-at-skerry-point-in-eight-lamps.html"
CODE = "articles/how-this-paper-counts-the-vote.html"
TRANSLATED = "articles/why-we-print-our-mistakes{}.html"
PAGES = (
    PICTURES,
    FIRST,
    CODE,
    TRANSLATED.format("-ar"),
    "index.html",
    "archives.html",
    "search.html?q=harbour",
    "topics/harrow-bay.html",
)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_accessibility_rule_is_broken(browser: Browser, paper: str, path: str, scheme: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{paper}/{path}")
    if "search" in path:
        expect(page.locator(".results li").first).to_be_visible()
    page.evaluate("document.querySelector('.display').open = true")
    results = Axe().run(page)
    page.close()
    assert results.violations_count == 0, results.generate_report()


def test_read_on_in_another_language(page: Page, paper: str) -> None:
    page.goto(f"{paper}/{TRANSLATED.format('')}")
    page.get_by_role("link", name="العربية").click()
    expect(page).to_have_url(f"{paper}/{TRANSLATED.format('-ar')}")
    expect(page.locator("article.story")).to_have_attribute("dir", "rtl")
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator("h1")).to_have_text("Warum wir unsere Fehler drucken")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{paper}/{TRANSLATED.format('')}")


def test_jump_to_a_section_and_copy_its_link(page: Page, paper: str) -> None:
    page.goto(f"{paper}/{FIRST}")
    page.locator(".contents a").last.click()
    expect(page.locator(".contents a").last).to_have_attribute("aria-current", "location")
    page.locator("h2 .anchor").first.click()
    assert page.evaluate("navigator.clipboard.readText()") == f"{paper}/{FIRST}#timetable-and-fares"
    expect(page.locator(".status")).to_have_text("The link is copied.")


def test_dark_by_switch_is_kept_without_a_flash(page: Page, paper: str) -> None:
    page.goto(f"{paper}/{FARES}")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_text("Display", exact=True).click()
    page.get_by_label("Dark").check()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.get_by_label("Larger").check()
    page.goto(f"{paper}/index.html", wait_until="commit")
    page.wait_for_selector("main", state="attached")
    assert page.evaluate("[document.documentElement.dataset.theme, document.documentElement.dataset.size]") == [
        "dark",
        "larger",
    ]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.get_by_text("Display", exact=True).click()
    page.get_by_label("As the system").check()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_search_and_filter(page: Page, paper: str) -> None:
    page.goto(f"{paper}/index.html")
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")
    expect(page.locator("#query")).to_be_focused()
    page.keyboard.type("harbour")
    expect(page.locator("select[name=section]")).to_be_enabled()
    expect(page.locator(".results h2").first).to_contain_text("Harbour")
    expect(page.locator(".results mark").nth(2)).to_be_visible()
    many = page.locator(".results li").count()
    page.locator("select[name=section]").select_option("Local")
    page.wait_for_function("count => document.querySelectorAll('.results li').length < count", arg=many)
    assert page.url.endswith("search.html?q=harbour&section=Local")
    page.reload()
    expect(page.locator("#query")).to_have_value("harbour")
    page.locator(".results a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "/articles/" in page.url


@pytest.mark.parametrize(
    ("query", "headline"),
    [
        ("Deich", "Der Deich von Norderhever wird billiger als geplant"),
        ("librairies", "librairie"),
        ("المكتبة", "المكتبة"),
        ("天文台", "天文台"),
        ("灯台守", "灯台守"),
        ("ספרייה", "ספרייה"),
        ("маяк", "Маяк"),
        ("Fehler", "Warum wir unsere Fehler drucken"),
    ],
)
def test_search_in_other_languages(page: Page, paper: str, query: str, headline: str) -> None:
    page.goto(f"{paper}/search.html?q={query}")
    expect(page.locator(".results h2", has_text=headline).first).to_be_visible()


def test_stories_of_all_languages_come_in_the_order_of_their_days(page: Page, paper: str) -> None:
    page.goto(f"{paper}/search.html?section=Local")
    expect(page.locator(".results li").first).to_be_visible()
    while page.locator(".more-results").is_visible():
        before = page.locator(".results li").count()
        page.locator(".more-results").click()
        page.wait_for_function("count => document.querySelectorAll('.results li').length > count", arg=before)
    told = page.locator(".results .dateline").all_inner_texts()
    found = [re.search(r"(\w+ \d+, \d{4})", text) for text in told]
    days = [datetime.strptime(day[1], "%B %d, %Y").replace(tzinfo=UTC) for day in found if day]
    languages = page.locator(".results li").evaluate_all("all => new Set(all.map((one) => one.lang)).size")
    assert languages > 2
    assert len(days) > 5
    assert days == sorted(days, reverse=True)


def test_search_finds_nothing_and_says_so(page: Page, paper: str) -> None:
    page.goto(f"{paper}/search.html?q=zzzyx")
    expect(page.locator(".search-status")).to_have_text("Nothing is found.")


def test_without_scripts_the_search_leads_to_the_sections(browser: Browser, paper: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{paper}/search.html")
    assert not page.locator(".search").is_visible()
    page.locator(".without-search a", has_text="Local").click()
    expect(page.locator(".card").nth(3)).to_be_visible()
    assert not page.locator(".display").is_visible()
    page.close()


def test_by_keyboard_alone(page: Page, paper: str) -> None:
    page.goto(f"{paper}/index.html")
    for _ in range(3):
        page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('.card-head a')")
    third = page.evaluate("document.activeElement.href")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.href") == third
    page.keyboard.press("Enter")
    page.wait_for_url(third)
    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.keys")).not_to_be_visible()


def test_what_is_wider_than_the_page_is_reached_by_keys(page: Page, paper: str) -> None:
    page.goto(f"{paper}/{CODE}")
    wide = page.locator(".story-text :is(table, pre)")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(wide.first).not_to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 390, "height": 800})
    for number in range(2):
        expect(wide.nth(number)).to_have_attribute("tabindex", "0")
        wide.nth(number).evaluate("box => { box.onscroll = () => { box.dataset.moved = box.scrollLeft; } }")
        wide.nth(number).focus()
        page.keyboard.press("ArrowRight")
        expect(wide.nth(number)).to_have_attribute("data-moved", re.compile("[1-9]"))


def test_keys_can_be_switched_off(page: Page, paper: str) -> None:
    page.goto(f"{paper}/index.html")
    page.get_by_text("Display", exact=True).click()
    page.get_by_label("No keys of this site’s own").check()
    page.keyboard.press("Escape")
    expect(page.locator(".display summary")).to_be_focused()
    page.keyboard.press("?")
    assert not page.locator("dialog.keys").is_visible()


def test_print_to_pdf(page: Page, paper: str) -> None:
    page.goto(f"{paper}/{FIRST}")
    assert page.pdf()[:5] == b"%PDF-"
    page.emulate_media(media="print", color_scheme="dark")
    for furniture in (".sections", ".contents", ".utility", ".more", ".share"):
        assert not page.locator(furniture).first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_subscribe(page: Page, paper: str) -> None:
    for path in ("sections/local.html", "topics/harrow-bay.html", "authors/mara-ellison.html"):
        page.goto(f"{paper}/{path}")
        feed = page.get_by_text("Subscribe by feed").get_attribute("href")
        response = page.request.get(page.evaluate("path => new URL(path, location.href).href", feed))
        assert response.ok
        assert "<item>" in response.text()


def test_read_offline(context: BrowserContext, page: Page, paper: str) -> None:
    page.goto(f"{paper}/index.html")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller")
    page.goto(f"{paper}/{FIRST}")
    page.wait_for_function("caches.open('pages').then(pages => pages.keys()).then(keys => keys.length > 0)")
    context.set_offline(True)
    page.goto(f"{paper}/{FIRST}")
    expect(page.locator("h1")).to_have_text("First Train in Thirty-Nine Years Leaves Harrow Bay on Time")
    page.goto(f"{paper}/{FARES}")
    expect(page.locator("h1")).to_have_text("You are offline")
    expect(page.locator(".read-before a")).to_have_text("First Train in Thirty-Nine Years Leaves Harrow Bay on Time")


def test_the_place_in_a_story_is_kept(page: Page, paper: str) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto(f"{paper}/{PICTURES}")
    page.evaluate("scrollTo(0, document.querySelector('.story-text').offsetTop + 600)")
    page.goto(f"{paper}/index.html")
    page.goto(f"{paper}/{PICTURES}")
    page.get_by_text("Go on where you left off").click()
    assert abs(page.evaluate("scrollY - document.querySelector('.story-text').offsetTop") - 600) < 40


def test_nothing_moves_and_pictures_fit(page: Page, paper: str) -> None:
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
        " window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{paper}/{PICTURES}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.moved") < 0.01
    assert page.evaluate("document.querySelector('.story-text img').currentSrc").endswith("-480.webp")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_archive_is_a_calendar(page: Page, paper: str) -> None:
    page.goto(f"{paper}/archives.html")
    page.locator("#year-2026 + .months a", has_text="March").click()
    expect(page.locator(".archive a").nth(4)).to_be_visible()  # which waits for the page, as a count does not
    page.locator(".pages a[rel=prev]").click()
    expect(page.locator("h1")).not_to_have_text("March 2026")


def test_corrections_stand_in_the_log(page: Page, paper: str) -> None:
    page.goto(f"{paper}/corrections.html")
    expect(page.locator(".correction", has_text="Harbour Line Fares")).to_contain_text("It is £2.80.")
