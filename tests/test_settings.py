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


def test_the_page_is_up_to_date() -> None:
    assert set(MEANING) == set(Settings.__slots__)
    page = Path(__file__).parent.parent / "docs" / "settings.md"
    assert page.read_text("utf-8") == as_markdown()
