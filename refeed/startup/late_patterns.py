"""Put off compiling patterns.

A run needs few of them, and to compile all of them would slow down every start.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, AnyStr, Final, Generic, cast

from refeed.startup.kept_patterns import KEPT_PATTERNS

_RAREST: Final = "zqxjkvbpygfwmucldrhsnioate"  # letters of texts in Latin script, those of English last
_PUBLIC: Final = tuple(name for name in dir(re.Pattern) if name[0] != "_")


class LatePattern(Generic[AnyStr]):
    """A regular expression that is compiled when it is first needed."""

    def __init__(self, source: AnyStr, flags: re.RegexFlag | int) -> None:
        """Keep how it is written."""
        self._source: AnyStr = source
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[AnyStr]:
        """The pattern itself."""
        return KEPT_PATTERNS.compile(self._source, self._flags)


class _Uncompiled(LatePattern[AnyStr]):
    """One that nobody has needed yet."""

    def __getattr__(self, name: str) -> Any:
        """Return what the pattern has by this name; from then on all of it is found without asking here."""
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = self.compiled
        vars(self).update({one: getattr(compiled, one) for one in _PUBLIC})
        self.__class__ = LatePattern  # type: ignore[assignment]
        return getattr(compiled, name)


def late_pattern(source: AnyStr, flags: re.RegexFlag | int = re.NOFLAG) -> re.Pattern[AnyStr]:
    """Return what can be used as `re.compile` would return it, and is compiled when it is."""
    return cast("re.Pattern[AnyStr]", _Uncompiled(source, flags))


class LedPattern:
    """An expression behind a literal, by which it is searched for.

    What begins with an assertion the engine tries at every character; a literal it finds much sooner.
    """

    def __init__(self, lead: str, assertion: str, source: str, flags: re.RegexFlag | int, before: str) -> None:
        """Keep how it is written with its lead, and with an assertion instead; `before` stands before a text."""
        self._with_lead = late_pattern(f"{re.escape(lead)}(?:{source})", flags)
        self._pattern = late_pattern(f"{assertion}(?:{source})", flags)
        self._before = before
        self._skip = len(lead) - len(before)

    @property
    def patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """What the text is searched for, and what matches."""
        return self._with_lead, self._pattern

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match."""
        found = self._with_lead.search(self._before + text)
        return self._pattern.search(text, max(0, found.start() + self._skip)) if found else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield all matches."""
        return self._pattern.finditer(text) if self._with_lead.search(self._before + text) else iter(())

    def sub(self, write: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace all matches: one may begin right where another has ended, so that the lead is not a part of it."""
        return self._pattern.sub(write, text) if self._with_lead.search(self._before + text) else text


def line_pattern(source: str) -> re.Pattern[str]:
    """Return what is searched for, or replaced, as `^(?:source)` of several lines would be."""
    return cast("re.Pattern[str]", LedPattern("\n", "^", source, re.MULTILINE, before="\n\n"))


def pattern_behind(lead: str, source: str, flags: re.RegexFlag | int = re.NOFLAG) -> re.Pattern[str]:
    """Return what is searched for, or replaced, as `(?<=lead)(?:source)` would be."""
    return cast("re.Pattern[str]", LedPattern(lead, f"(?<={re.escape(lead)})", source, flags, before=""))


def late_words(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of some words, of which a text has hardly ever one.

    Each begins with its rarest letter, and looks back from there: a word is tried wherever its first letter stands.
    """
    return late_pattern("|".join(map(_from_rarest_letter, words)))


def _from_rarest_letter(word: str) -> str:
    at = min(range(len(word)), key=lambda at: _RAREST.find(word[at]))  # what is no letter of these is rarer still
    back = f"(?<={re.escape(word[: at + 1])})" if at else ""
    return re.escape(word[at]) + back + re.escape(word[at + 1 :])


def finds_any(patterns: Mapping[AnyStr, re.Pattern[AnyStr]], text: AnyStr) -> bool:
    """Return whether one of some patterns finds something, each of which stands under what a text has then."""
    return any(sign in text and pattern.search(text) for sign, pattern in patterns.items())


def has_any(text: str, signs: Iterable[str]) -> bool:
    """Return whether a text has one of some signs.

    One that has a character which the text has not is not looked for: that takes fifty times as long as a character.
    """
    return any(all(map(text.__contains__, sign)) and sign in text for sign in signs)


def matches(
    pattern: re.Pattern[str], firsts: Mapping[str, re.Pattern[str]], text: str, start: int = 0, end: int | None = None
) -> Iterator[re.Match[str]]:
    r"""Yield what `pattern.finditer` does, where each match begins with what one of `firsts` does, or behind its `\n`.

    Each of these stands under what a text has somewhere if it finds anything, and begins with one character. The engine
    finds a single character much sooner than any of several, and one of several much sooner than `finditer` a match.
    """
    last = len(text) if end is None else end
    begins = [first for sign, first in firsts.items() if text.find(sign, start, last) >= 0]
    places = [start] if "\n" in firsts and firsts["\n"].match("\n" + text[start:last]) else []
    for first in begins:
        places += [found.end() if found[0] == "\n" else found.start() for found in first.finditer(text, start, last)]
    passed = start
    for place in sorted(places):
        if place >= passed and (found := pattern.match(text, place, last)):
            yield found
            passed = found.end()
