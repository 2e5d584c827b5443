"""No regular expression of cleaning takes more than linear time, as it is used, on long hostile texts."""

import re
import time
from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from folders import ROOT

from refeed.markup.comments import without_remarks
from refeed.startup.late_patterns import LatePattern, LedPattern

PACKAGES = ("addresses", "clean", "html", "markup", "markup.templates", "text")
SEARCHING = re.compile(r"\b(\w+)\.(?:findall|finditer|search|split|sub|subn)\(")
SEARCHED = {  # "module.NAME", where the module itself searches for the expression NAME
    f"{path.stem}.{name}"
    for package in PACKAGES
    for path in sorted((ROOT / "refeed" / package.replace(".", "/")).glob("*.py"))
    for name in SEARCHING.findall(path.read_text("utf-8"))
}
SHARED = {name.partition(".")[2] for name in SEARCHED}  # by any module, for names that others import

# What is repeated; beside these, every word of the expression itself.
PIECES = [
    " ", "\n", "\t", "<", ">", "<a", "<!", "</", "&", "&#", ";", "; ", ":", "=", "'", '"', "a", "1", "1.", "A", "-",
    "_", ".", ",", ", ", "a,", "a ", "a-", "a.", "/", "//", "/a", "?", "?a=", "&a=", "#", "%", "%2", "%25", "@",
    "a@", "(", ")", "[", "]", "](", "{", "{%", "{{", "|", "|-", "`", "``", "~", "*", "+", "\\", "\x00", "漢", "，",
    "。", "“", "…", "ı",
]  # fmt: skip
SHORT = 500
MOST = 24  # eight times the text: 8 where the work is linear, 64 where it goes back at every place

# Expressions that are only given the end of a text: so many characters, which take no time.
BOUNDED = {"summary._CUT": 200, "plain._LAST_WORD": 20}


def patterns_in(value: object, name: str, depth: int = 0) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, LatePattern):
        yield name, value.compiled
    elif isinstance(value, LedPattern):
        yield from patterns_in(value.patterns, name, depth)
    elif isinstance(value, Mapping) and depth < 4:
        for key, inner in value.items():
            yield from patterns_in((key, inner), name, depth + 1)
    elif isinstance(value, (tuple, list, set, frozenset)) and depth < 4:
        for inner in value:
            yield from patterns_in(inner, name, depth + 1)


def all_patterns() -> list[tuple[str, re.Pattern[str]]]:
    """List the expressions of all modules, each under the first name that it has."""
    found: dict[re.Pattern[str], str] = {}
    for package in PACKAGES:
        for module in iter_modules(import_module(f"refeed.{package}").__path__):
            for name, value in vars(import_module(f"refeed.{package}.{module.name}")).items():
                for _, pattern in patterns_in(value, name):
                    found.setdefault(pattern, f"{module.name}.{name}")
    return [(name, pattern) for pattern, name in found.items()]


def is_searched(name: str) -> bool:
    """Return whether an expression is looked for anywhere in a text, or only at one place."""
    own = name.partition(".")[2]
    is_private = own.startswith("_")
    return name.startswith("styles.") or (name in SEARCHED if is_private else own in SHARED)  # styles: in a loop


def hostile_texts(pattern: re.Pattern[Any], size: int) -> Iterator[str]:
    """Write long texts that nearly match: one word of the expression, one piece again and again, no end."""
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    words = ["", *dict.fromkeys(re.findall(r"[A-Za-z0-9<>/:.=-]{2,}|[^\x00-\x7f]+", source.replace("\\", "")))]
    for word in words[:12]:
        for piece in (*PIECES, word, f"{word} ", f"<{word}"):
            yield word + piece * (size // max(1, len(piece))) + "\x01"


def seconds(pattern: re.Pattern[Any], text: str, *, searched: bool) -> float:
    use = pattern.search if searched else pattern.match
    read = text.encode() if isinstance(pattern.pattern, bytes) else text
    begin = time.process_time()
    use(read)
    pattern.fullmatch(read)
    return time.process_time() - begin


def growth(pattern: re.Pattern[str], *, searched: bool) -> float:
    """Return how much longer eight times the worst text takes; the least of some attempts, for others are at work."""
    pairs = zip(hostile_texts(pattern, SHORT), hostile_texts(pattern, 8 * SHORT), strict=True)
    _, short, long = max((seconds(pattern, one, searched=searched), one, other) for one, other in pairs)
    once = min(seconds(pattern, short, searched=searched) for _ in range(5))
    more = min(seconds(pattern, long, searched=searched) for _ in range(5))
    return more / max(once, 0.000_2)  # what takes less is not measured well, and is no danger


def test_there_are_expressions() -> None:
    assert len(all_patterns()) > 200
    assert BOUNDED.keys() <= dict(all_patterns()).keys()


def test_an_expression_that_goes_back_is_found() -> None:
    for pattern in (re.compile(r"<(pre|script)\b.*?</\1\s*>", re.DOTALL), re.compile(r"\s*end")):
        assert any(growth(pattern, searched=True) > MOST for _ in range(3))  # a busy machine flattens one attempt


def test_eight_times_the_text_takes_eight_times_the_work(subtests: pytest.Subtests) -> None:
    for name, pattern in all_patterns():
        if name not in BOUNDED:
            with subtests.test(name, pattern=pattern.pattern):
                assert growth(pattern, searched=is_searched(name)) < MOST


@pytest.mark.parametrize("opening", ["<%# ", "{# ", "{-- ", "{>> ", "{{/* "])
def test_eight_times_the_remarks_that_never_end_take_eight_times_the_work(opening: str) -> None:
    def took(number: int) -> float:
        text, begin = opening * number, time.process_time()
        assert without_remarks(text, "markdown", is_source=True) == text
        return time.process_time() - begin

    once, more = (min(took(number) for _ in range(3)) for number in (500, 4_000))
    assert more / max(once, 0.000_2) < MOST
