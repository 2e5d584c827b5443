"""No regular expression takes more than linear time: each is shown texts made to lead it astray.

The texts are made of what the pattern itself looks for: its characters alone, in pairs, after each of its beginnings.
Times are of this process alone and are compared with one another, never with a clock.
"""

import ast
import importlib
import itertools
import pkgutil
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, Final

import pytest

import refeed
from refeed.startup.late_patterns import LatePattern, LedPattern

PACKAGE: Final = Path(refeed.__file__).parent
TESTED_ELSEWHERE: Final = ("refeed.addresses.", "refeed.clean.", "refeed.html.", "refeed.markup.", "refeed.text.")
SHORT, LONG = 500, 4_000
OFTEN: Final = 100  # what is repeated less is no more work in a longer text
LINEAR: Final = 3.5  # times LONG / SHORT that a long text may take, where a square would take 8
WORTH: Final = 0.002  # seconds below which no time is measured
# Seconds below which the short text shows that a square stays below that in the long one; of more than a square the
# short text alone takes longer.
NOT_SQUARE: Final = WORTH / (LONG / SHORT) ** 2
LEAST: Final = 0.000_04  # seconds that the short text counts for: what takes less is not measured well
SEARCHING: Final = frozenset({"findall", "finditer", "search", "split", "sub", "subn"})


def modules() -> Iterator[ModuleType]:
    """Import every module, but for those that read bodies, which have a test of their own (test_growth)."""
    for info in pkgutil.walk_packages(refeed.__path__, "refeed."):
        if not info.name.startswith(TESTED_ELSEWHERE) and info.name != "refeed.__main__":
            yield importlib.import_module(info.name)


def patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, LatePattern):
        yield value.compiled
    elif isinstance(value, LedPattern):
        yield from patterns_in(value.patterns)
    elif isinstance(value, Mapping):
        yield from patterns_in(list(value.values()))
    elif isinstance(value, list | tuple | frozenset | set):
        for item in value:
            yield from patterns_in(item)


def methods_of(source: str) -> dict[str, set[str]]:
    """Say which methods of which names a module calls."""
    found: dict[str, set[str]] = {}
    for name, method in re.findall(r"\b(\w+)\.(\w+)", source):
        found.setdefault(name, set()).add(method)
    return found


def literal_patterns(source: str) -> Iterator[tuple[str, re.Pattern[Any], bool]]:
    """Return the patterns that stand in a call of re itself."""
    if not re.search(r"\bre\.\w+\(", source):
        return
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        first = node.args[0]
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and isinstance(first, ast.Constant):
            yield f"line {node.lineno}", re.compile(first.value), node.func.attr in SEARCHING


def all_patterns() -> Iterator[tuple[str, re.Pattern[Any], bool]]:
    """Return every pattern with its name, and whether it is searched for or stands at a place that is known."""
    for module in modules():
        source = Path(str(module.__file__)).read_text()
        methods = methods_of(source)
        for name, value in vars(module).items():
            for number, pattern in enumerate(patterns_in(value)):
                used = methods.get(name, set()) & (SEARCHING | {"match", "fullmatch"})
                is_searched = bool(used & SEARCHING) or not used
                yield f"{module.__name__.removeprefix('refeed.')}.{name}[{number}]", pattern, is_searched
        for name, pattern, is_searched in literal_patterns(source):
            yield f"{module.__name__.removeprefix('refeed.')} {name}", pattern, is_searched


# Each under the first name that it has: one that several modules use is the same.
_NAMES: Final = {(pattern, searched): name for name, pattern, searched in reversed([*all_patterns()])}
PATTERNS: Final = {name: use for use, name in _NAMES.items()}


REPEATS: Final = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
# Where the parts of an operation's argument that are patterns themselves stand.
INSIDE: Final[Mapping[str, Callable[[Any], Iterable[Any]]]] = {
    **dict.fromkeys(REPEATS, lambda argument: argument[2]),
    **dict.fromkeys(("ASSERT", "ASSERT_NOT"), lambda argument: argument[1]),
    "ATOMIC_GROUP": lambda argument: argument,
    "BRANCH": lambda argument: itertools.chain.from_iterable(argument[1]),
    "IN": lambda argument: argument,
    "SUBPATTERN": lambda argument: argument[3],
}


def characters_of(parsed: Iterable[Any]) -> Iterator[int]:
    """Return the characters that a parsed pattern names."""
    for operation, argument in parsed:
        name = str(operation)
        if name in {"LITERAL", "NOT_LITERAL"}:
            yield argument
        elif name == "RANGE":
            yield argument[0]
        elif name == "CATEGORY":
            yield {"CATEGORY_SPACE": 32, "CATEGORY_DIGIT": 49}.get(str(argument), 97)
        elif name in INSIDE:
            yield from characters_of(INSIDE[name](argument))


def is_endless(parsed: Iterable[Any]) -> bool:
    """Return whether a pattern repeats anything often; one that does not has no more to look at in a longer text."""
    return any(
        (str(operation) in REPEATS and argument[1] > OFTEN)
        or (str(operation) in INSIDE and str(operation) != "IN" and is_endless(INSIDE[str(operation)](argument)))
        for operation, argument in parsed
    )


def beginnings(parsed: Iterable[Any]) -> list[str]:
    """Return what each alternative of a pattern matches in the shortest way, cut after each of its parts."""
    parts = [*parsed]
    if len(parts) == 1 and str(parts[0][0]) == "BRANCH":
        alternatives = map(beginnings, parts[0][1][1])
        return [*itertools.chain.from_iterable(itertools.zip_longest(*alternatives, fillvalue=""))]
    return [*itertools.accumulate((shortest([part]) for part in parts), initial="")]


def shortest(parsed: Iterable[Any]) -> str:
    text = ""
    for operation, argument in parsed:
        name = str(operation)
        if name in {"LITERAL", "IN", "ANY", "NOT_LITERAL"}:
            known = [chr(code) for code in characters_of([(operation, argument)])] if name in {"LITERAL", "IN"} else []
            text += known[0] if known else "x"
        elif name == "BRANCH":
            text += shortest(argument[1][0])
        elif name in REPEATS:
            text += shortest(argument[2]) * min(argument[0], 8)
        elif name == "SUBPATTERN":
            text += shortest(argument[3])
        elif name == "ATOMIC_GROUP":
            text += shortest(argument)
    return text


def misleading(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """Return beginnings, and what may be repeated after them."""
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    found = dict.fromkeys(chr(code) for code in characters_of(parsed))
    letters = [*list(found)[:10], "x", " ", "\n", "1"]
    whole = shortest(parsed)
    starts = dict.fromkeys([*beginnings(parsed)[:24], whole])
    repeated = [*letters, *map("".join, itertools.permutations(letters[:5], 2)), whole + "x", "x" + whole]
    yield from (("", opening) for opening in starts if opening)  # one that is never closed, again and again
    for start in [*starts][:12]:
        for unit in dict.fromkeys(repeated):
            yield start, unit


def took(pattern: re.Pattern[Any], text: Any, *, searched: bool, looks: int = 2) -> float:
    """Measure one look at a text, the quickest of some."""
    times = []
    for _ in range(looks):
        start = time.process_time()
        if searched:
            deque(pattern.finditer(text), maxlen=0)
        else:
            pattern.match(text)
            pattern.fullmatch(text)
        times.append(time.process_time() - start)
    return min(times)


def sized(pattern: re.Pattern[Any], start: str, unit: str, size: int) -> Any:
    text = start + unit * (size // len(unit)) + "\x01"
    return text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text


def is_linear(pattern: re.Pattern[Any], start: str, unit: str, *, searched: bool) -> bool:
    if took(pattern, sized(pattern, start, unit, SHORT), searched=searched, looks=1) < NOT_SQUARE:
        return True
    text = sized(pattern, start, unit, LONG)
    for looks in (1, 1, 1, 2):  # another program may have been at work
        long = took(pattern, text, searched=searched, looks=looks)
        if long < WORTH:
            return True
        short = took(pattern, sized(pattern, start, unit, SHORT), searched=searched)
        if long <= LINEAR * LONG / SHORT * max(short, LEAST):
            return True
    return False


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 60
    assert "formats.headers.fences._OPENING[0]" in PATTERNS


def test_a_pattern_takes_linear_time(subtests: pytest.Subtests) -> None:
    for name, (pattern, searched) in PATTERNS.items():
        if not is_endless(_parser.parse(pattern.pattern, pattern.flags)):
            continue
        with subtests.test(name):
            bad = [pair for pair in misleading(pattern) if not is_linear(pattern, *pair, searched=searched)]
            assert bad == []


@pytest.mark.parametrize("bad", [r"\s+\Z", "a*b", r"(\[[^\]]*\]|[^\[]*)x", r"<!--[^-]*-->|\{#(?:[^#]|#(?!\}))*#\}"])
def test_a_pattern_that_takes_square_time_is_found(bad: str) -> None:
    pattern = re.compile(bad)
    assert not all(is_linear(pattern, *pair, searched=True) for pair in misleading(pattern))


def possessive(parsed: Any) -> bool:
    """Return whether a possessive quantifier stands anywhere in a parsed pattern."""
    if isinstance(parsed, tuple | list | _parser.SubPattern):
        return any(str(item) == "POSSESSIVE_REPEAT" or possessive(item) for item in parsed)
    return False


def test_no_pattern_has_a_possessive_quantifier() -> None:
    """Python 3.11.2 matches some of them wrongly (gh-100061, gh-106052); atomic groups say the same."""
    assert possessive(_parser.parse("(?:a*+b)*"))
    found = {info.name for info in pkgutil.walk_packages(refeed.__path__, "refeed.") if info.name != "refeed.__main__"}
    patterns = [
        (f"{name}.{attribute}", pattern)
        for name in sorted(found)
        for attribute, value in vars(importlib.import_module(name)).items()
        for pattern in patterns_in(value)
    ]
    assert len(patterns) > 250
    assert [name for name, pattern in patterns if possessive(_parser.parse(pattern.pattern, pattern.flags))] == []
