"""Settings: defaults, near misses, wrong kinds, and a page of documentation that can't go stale."""

from pathlib import Path

import pytest

from copydesk.errors import SettingError
from copydesk.settings import MEANING, Settings, as_markdown, read


def test_defaults_and_given_values() -> None:
    settings = read({"SITENAME": "x", "COPYDESK_RULES": ["a", "b"], "COPYDESK_ATOMIC": False})
    assert settings == Settings(rules=("a", "b"), atomic=False)


def test_an_unknown_name_is_told_its_nearest() -> None:
    with pytest.raises(SettingError, match=r"COPYDESK_SEED: .*Did you mean COPYDESK_SEEDS"):
        read({"COPYDESK_SEED": "seeds"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SEEDS", 3),
        ("ATOMIC", "yes"),
        ("MAX_BYTES", True),
        ("MAX_BYTES", 0),
        ("RULES", "content/rules"),
        ("RULES", [1]),
    ],
)
def test_a_value_of_the_wrong_kind(name: str, value: object) -> None:
    with pytest.raises(SettingError, match=f"COPYDESK_{name}"):
        read({f"COPYDESK_{name}": value})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SITEURL", "news.example.org", "https://news.example.org"),
        ("SITEURL", "//news.example.org/bay", "https://news.example.org/bay"),
        ("SITEURL", "/news", "https://news"),
        ("COPYDESK_CNAME", "https://news.example.org", "the domain alone"),
        ("COPYDESK_CNAME", "news.example.org/bay", "the domain alone"),
    ],
)
def test_an_address_of_the_site_that_is_none(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingError, match=f"{name}: .*{said}"):
        read({name: value})


@pytest.mark.parametrize(
    "site", ["", None, "https://example.org/news", "http://localhost:8000", "HTTPS://bücher.example"]
)
def test_an_address_of_the_site(site: str | None) -> None:
    assert read({"SITEURL": site, "COPYDESK_CNAME": "bücher.example"})


def test_the_page_is_up_to_date() -> None:
    assert set(MEANING) == set(Settings.__slots__)
    page = Path(__file__).parent.parent / "docs" / "settings.md"
    assert page.read_text("utf-8") == as_markdown()
