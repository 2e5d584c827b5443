"""What a header says about who may read the article, and when: whatever its author did not publish stays unpublished.

Where a value is in doubt it withholds: a feed cannot take back what it has shown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from refeed.formats.publication import beside_others, readers, switches
from refeed.formats.publication.answers import NO, YES
from refeed.formats.publication.beside_others import is_about_something_else, said_beside_others
from refeed.formats.publication.dates import EXPIRIES, RELEASES
from refeed.formats.publication.readers import code_of_readers
from refeed.formats.publication.tables import TABLES, needs_login, whether_on
from refeed.formats.publication.values import is_no, is_no_day, is_plain_day, word_of
from refeed.formats.publication.words import (
    DRAFT_KEYS,
    EVERYDAY,
    KINDS,
    KINDS_OF_UNPUBLISHED,
    MEANING_OF,
    NO_PAGE,
    NO_WITHHOLDS,
    NOT_BUILT,
    NOT_PUBLISHED,
    NOT_YET,
    NUMBERED_STATES,
    PLAIN_PRIVATE_WORDS,
    PLAIN_WORDS,
    PLAIN_YES_WITHHOLDS,
    PUBLISHED,
    STATES,
    WITHIN_WORDS,
    YES_WITHHOLDS,
)
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.shapes import TABLES_OF_DATES

_BELOW_ZERO: Final = late_pattern(r"-[1-9]")  # Joomla's and Dotclear's states
_LETTERS: Final = late_pattern(r"[^\W\d_]+")
_WITHIN: Final = late_pattern("|".join(sorted(WITHIN_WORDS, key=len, reverse=True)))
_PARTS: Final = late_pattern(r"[{},\n]")
# A key and what it says, in a line that no reader of headers knows; or two words, the second of which is to be a "yes".
_SAID: Final = late_pattern(
    r"[\W_]{0,20}([^\W_][\w.-]{0,40}(?:[ ][\w.-]{1,20}){0,2}?)[\"'*`]{0,2}\s{0,8}"
    r"(?:(?:[:：=;]|[-=]>|-(?=\s))([\s\S]*)|(\s\S{1,20})?\s{0,8}\Z)"
)
_SECONDS: Final = len("1000000000")  # since 1970: in 2001
AGAIN: Final = " again"  # behind a key that stands twice
_DATE: Final = "date"

KNOWN: Final = frozenset({*YES_WITHHOLDS, *NO_WITHHOLDS, *STATES, *KINDS, *EXPIRIES, *RELEASES, *switches.HIDES})
_DATED: Final = frozenset({*EXPIRIES, *RELEASES})
_NO_DATE: Final = (YES | NO) - {"never"}  # as a day of publication that says something
_OWN: Final = (KNOWN, TABLES.difference(TABLES_OF_DATES), PLAIN_YES_WITHHOLDS, switches.READERS, {_DATE + AGAIN})
_DAYS: Final = frozenset({*switches.THROWN_AWAY, "删除时间"})
_LIKE_STATES: Final = switches.QUALITIES | readers.FOR_SOME
_ASKED: Final = KNOWN.union(*_OWN, switches.QUALITIES, readers.KEYS, beside_others.ASKED)


def withheld(values: Mapping[str, Value], where: str = "front matter") -> Problem | None:
    """Return why the article is not published, if its header says so at the top or in a table about the article."""
    for name, text in _pairs(values):
        if is_about_something_else(name, values, text) or _ends_then(name, values, text):
            continue
        code = _code(name, text) or (_code_of_phrase(text) if name in STATES else None)
        if code:
            return Problem(code, f"{where} says {name}: {_shown(code, text)}")
    said = said_beside_others(values)
    return Problem(said[0], f"{where} says {said[1]}, and not for everybody") if said else None


def _ends_then(name: str, values: Mapping[str, Value], text: str) -> bool:
    """Return whether a key at the top says on which day the article is thrown away, which may lie ahead."""
    return name in _DAYS and is_plain_day(text) and text in values.values()


def says_published(values: Mapping[str, Value]) -> bool:
    """Return whether a header says that its article is published; none of its values is asked twice."""
    return any(_is_release(name, word_of(text)) for name, text in values.items() if isinstance(text, str) and text)


def _is_release(name: str, word: str) -> bool:
    if name in DRAFT_KEYS:
        return word in NO
    return (name in STATES and word in PUBLISHED) or (NO_WITHHOLDS.get(name) == "draft" and word in YES)


def hidden(values: Mapping[str, Value]) -> Problem | None:
    """Return the warning for an article that its theme leaves off its lists."""
    for name, text in _pairs(values):
        if name in switches.HIDES and word_of(text) in YES:
            return Problem("hidden", f"front matter says {name}: {text.strip()}")
    return None


def speaks_of_publication(names: Iterable[str]) -> bool:
    """Return whether any of these keys may withhold the article or date its release."""
    return not _ASKED.isdisjoint(names)


def may_speak_of_publication(values: Mapping[str, Value]) -> bool:
    """Return whether a header may withhold the article, date its release, or do so in one of its tables."""
    return speaks_of_publication(values) or any(isinstance(value, dict) for value in values.values())


def kept_aside(values: Mapping[str, Value], name: str, value: Value) -> dict[str, Value]:
    """Return what to add to the values of a header for a key that may stand there: whichever withholds counts."""
    if name not in KNOWN and name not in TABLES and name != _DATE:
        return {}
    if name not in values:
        return {name: value}
    before = values.get(name + AGAIN, [])
    return {name + AGAIN: [*(before if isinstance(before, list) else [before]), value]}


def dates_again(values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return what a second date says: to YAML it is the one that counts, and it may lie ahead."""
    again = values.get(_DATE + AGAIN, [])
    return tuple(text for text in (again if isinstance(again, list) else [again]) if isinstance(text, str))


def said_in(text: str) -> Iterator[tuple[str, str]]:
    """Return the keys about publication in a text that is no line of a header, each with its value: `? draft`."""
    for part in _PARTS.split(text):
        said = _SAID.match(part)
        name = key_name(said[1]) if said else ""
        if said is None or not (name in YES_WITHHOLDS or name in NO_WITHHOLDS or name in STATES):
            continue
        if said[3] and word_of(said[3]) not in YES:
            continue
        value = (said[2] or said[3] or "").lstrip(" \t>").rstrip()
        yield name, value or ("true" if name in YES_WITHHOLDS else "")


def is_plainly_published(values: Mapping[str, Value]) -> bool:
    """Return whether these keys neither withhold the article nor date its release or its end."""
    dated = (value for name, value in values.items() if key_name(name) in _DATED)
    return withheld(values) is None and all(isinstance(value, str) and word_of(value) in _NO_DATE for value in dated)


def _pairs(values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """Return the keys of the header and of its tables, each with every text that it holds."""
    for key, value in values.items():
        name = key_name(key.removesuffix(AGAIN))
        if isinstance(value, dict) and (said := whether_on(name, value)):
            yield name, said
            if word_of(said) in NO:
                continue
        if name == "access" and needs_login(value):
            yield "login", "true"
        if name in TABLES or (name in KNOWN and isinstance(value, dict)):
            yield from _in_table(name, value)
        else:
            yield from _drafts_in(value)
        if name not in TABLES or name in KNOWN or name in switches.QUALITIES or name in readers.KEYS:
            yield from ((name, text) for text in _said_by(name, value))


def _is_own(name: str) -> bool:
    """Return whether a key speaks for itself, wherever it stands."""
    return any(name in names for names in _OWN)


def _said_by(name: str, value: Value) -> Iterator[str]:
    """Return the texts of a value that are about the article under this key."""
    if isinstance(value, str) or not value:
        yield from _texts(value)
    elif isinstance(value, list):
        texts = (one for one in value if isinstance(one, str)) if name in readers.KEYS else ()
        is_for_all = any(word_of(text) in readers.EVERYBODY for text in texts)
        for one in value:
            if not (is_for_all and isinstance(one, str) and readers.is_for_some(name, word_of(one))):
                yield from _said_by(name, one)
    else:
        for key, one in value.items():
            if not _is_own(inner := key_name(key)):
                yield from (text for text in _said_by(name, one) if not _is_of_part(name, inner, word_of(text)))


def _is_of_part(name: str, inner: str, word: str) -> bool:
    """Return whether a word in a table is about a part of it or other rights: `{toc: no}`, `{edit: admin}`."""
    if word in NO:
        return name in switches.READERS or name in switches.OF_PARTS
    return name in readers.KEYS and inner not in readers.WHO and readers.is_for_some(name, word)


def _in_table(name: str, value: Value) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if value[:1] == "{":  # of a header that was read line by line
            yield from said_in(value)
    elif isinstance(value, list):
        for item in value:
            yield from _in_table(name, item)
    else:
        inner = {key: one for key, one in value.items() if key_name(key) not in NOT_BUILT or name == "build"}
        yield from _pairs(inner)
        for one in inner.values():
            yield from _drafts_in(one)


def _drafts_in(value: Value) -> Iterator[tuple[str, str]]:
    """Return the marks of a draft in what a table nests; whatever else is said there may be about something else."""
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        if YES_WITHHOLDS.get(name := key_name(key)) == "draft":
            yield from ((name, text) for text in _texts(inner))
        yield from _drafts_in(inner)


def _texts(value: Value) -> Iterator[str]:
    """Return every text in a value; in a mapping those of keys that do not speak for themselves."""
    if isinstance(value, str) or not value:
        yield value if isinstance(value, str) else "null"
        return
    inner = value if isinstance(value, list) else [one for key, one in value.items() if not _is_own(key_name(key))]
    for one in inner:
        yield from _texts(one)


def _shown(code: str, text: str) -> str:
    """Return a value as far as it may be shown, without passwords and secrets."""
    is_word = word_of(text) in YES | NO or word_of(text) in MEANING_OF
    return "…" if code in {"locked", "private"} and not is_word else text.strip()[:40]


def _code(name: str, text: str) -> str | None:
    word = word_of(text)
    if code := _code_of_yes(name, word):
        return code
    if (name, word) in switches.FOR_NOBODY:
        return "private"
    is_number = name in NUMBERED_STATES and (word in NOT_PUBLISHED or _BELOW_ZERO.fullmatch(text.strip()))
    if is_number or (name in KINDS and word in KINDS_OF_UNPUBLISHED):
        return KINDS_OF_UNPUBLISHED.get(word, "draft")
    if name in NO_WITHHOLDS and word not in NO and is_no(text, word):
        return NO_WITHHOLDS[name]
    if word and (word in NO or (name == "render" and word in NO_PAGE)):
        code = "private" if name in NOT_BUILT else NO_WITHHOLDS.get(name)
        if code or word not in MEANING_OF:
            return code
    return _code_of_word(name, word)


def _code_of_word(name: str, word: str) -> str | None:
    """Return the meaning of a word for the state of the article, or for what it is like."""
    if name in readers.KEYS and (code := code_of_readers(name, word)):
        return code
    if name in STATES:
        return MEANING_OF.get(word) or MEANING_OF.get(_without_signs(word))
    if name in _LIKE_STATES and word in PLAIN_WORDS:
        return MEANING_OF.get(word, "draft")
    return "private" if name in switches.OF_PARTS and word in switches.LEFT_OUT else None


def _without_signs(word: str) -> str:
    """Return a word without what stands around its letters, as in Notion: `Writing ✍️`, `1. Idea`."""
    letters = [at for at, char in enumerate(word) if char.isalpha()]
    return word[letters[0] : letters[-1] + 1] if letters else word


def _code_of_yes(name: str, word: str) -> str | None:
    if name in _DAYS and is_no_day(word):
        return None
    if name in YES_WITHHOLDS and word not in NO and (name not in EVERYDAY or _is_state(word)):
        return YES_WITHHOLDS[name]
    return PLAIN_YES_WITHHOLDS.get(name) if word in YES else None


def _is_state(word: str) -> bool:
    """Return whether a word says of an article how it is, until or since when: `yes`, `draft`, `until Monday`."""
    is_moment = word.startswith(("until", "20")) or (word.isdecimal() and len(word) >= _SECONDS)
    return word in YES or word in MEANING_OF or is_moment


def _code_of_phrase(text: str) -> str | None:
    """Return the meaning of the word for a state among several: `draft (needs edit)`, `🌱 draft`, `draft-2`."""
    phrase = text.strip().casefold()
    if phrase.startswith(NOT_YET):
        return "draft"
    if len(parts := phrase.replace(";", ",").split(",")) > 1:  # Publii: `published,hidden`
        return next((MEANING_OF[one.strip()] for one in parts if one.strip() in MEANING_OF), None)
    words = [found for found in _LETTERS.finditer(phrase) if not _is_of_something_else(found, phrase)]
    if within := _WITHIN.search(phrase):
        words.append(within)
    return next((MEANING_OF.get(word[0], "draft") for word in words if word[0] in PLAIN_WORDS), None)


def _is_of_something_else(found: re.Match[str], phrase: str) -> bool:
    """Return whether a word for the private stands before another: `private beta`, `privado de libertad`."""
    return found[0] in PLAIN_PRIVATE_WORDS and phrase[found.end() : found.end() + 2][1:].isalpha()
