"""Draws what builds cost against the number of stories: an SVG for the docs, and the same as PNG."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 960, 420, 70, 350, 30, 50
COLOURS = {
    "Copydesk": "#0b5cad",
    "Copydesk, search and pictures": "#6a9fd4",
    "Copydesk, stories by hand": "#7a5ca8",
    "Pelican": "#b3541e",
    "Hugo": "#4c7a34",
}
DASHES = {"from nothing": "", "one story edited": "7 4", "nothing changed": "2 4"}

Costs = Mapping[int, Mapping[str, Mapping[str, float]]]


def draw(path: Path, costs: Costs) -> None:
    """Write `path`.svg and `path`.png: processor seconds by number of stories, tool and scenario, on log scales."""
    svg = "\n".join(_svg(costs))
    path.with_suffix(".svg").write_text(svg)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2)
        page.set_content(f"<style>body{{margin:0}}</style>{svg}")
        page.screenshot(path=str(path.with_suffix(".png")))
        browser.close()


def _svg(costs: Costs) -> Iterable[str]:
    numbers = sorted(costs)
    values = [value for tools in costs.values() for found in tools.values() for value in found.values()]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))

    def x(number: int) -> float:
        span = math.log(numbers[-1] / numbers[0])
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log(number / numbers[0]) / span

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - math.log10(value)) / (high - low)

    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    yield "<title>Processor seconds of a build by number of stories</title>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    for power in range(low, high + 1):
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(10**power):.1f}" y2="{y(10**power):.1f}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y(10**power) + 4:.1f}" text-anchor="end">{10**power:g} s</text>'
    for number in numbers:
        yield f'<text x="{x(number):.1f}" y="{HEIGHT - 25}" text-anchor="middle">{number:,}</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}" text-anchor="middle">stories</text>'
    taken: list[float] = []
    for tool, colour in COLOURS.items():
        for what, dash in DASHES.items():
            points = [(x(n), y(costs[n][tool][what])) for n in numbers if tool in costs[n]]
            if not points:
                continue
            line = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
            stroke = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"'
            yield f'<polyline points="{line}" fill="none" {stroke}/>'
            place = _free(points[-1][1] + 4, taken)
            yield f'<text x="{WIDTH - RIGHT + 8}" y="{place:.1f}" fill="{colour}">{tool}: {what}</text>'
    yield "</svg>"


def _free(place: float, taken: list[float]) -> float:
    """Return the nearest place below where a line of text meets no other."""
    while any(abs(place - other) < 15 for other in taken):
        place += 3
    taken.append(place)
    return place
