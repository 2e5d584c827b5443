"""TOML from anybody costs no more than it is long."""

import pytest

from refeed.toml import load_toml

DEEP = "a." * 210


@pytest.mark.parametrize(
    "text",
    [
        f"{DEEP}x = 1",
        f"[{DEEP}x]",
        f"[[{DEEP}x]]",
        f"x = {{ {DEEP}y = 1 }}",
        '"a".' * 210 + "x = 1",
        "'a' . " * 210 + "x = 1",
    ],
)
def test_a_key_of_many_parts_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="parts or more"):
        load_toml(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b.c = 1", {"a": {"b": {"c": 1}}}),
        ('x = "' + "one. " * 60 + '"', {"x": "one. " * 60}),  # sentences have blanks after their dots, and before none
        ('x = "' + "." * 200 + '"', {"x": "." * 200}),
    ],
)
def test_other_keys_and_texts_are_read(text: str, expected: dict[str, object]) -> None:
    assert load_toml(text) == expected
