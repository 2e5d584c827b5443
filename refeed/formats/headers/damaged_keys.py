"""Find the keys of a header that lost a character: of the date and the title, and those that withhold the article."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from refeed.formats.headers.fields import Value, bad_header, key_name
from refeed.formats.publication.damaged_words import is_other_word
from refeed.formats.publication.stated import kept_aside
from refeed.formats.publication.words import NO, NO_WITHHOLDS, YES
from refeed.formats.vocabulary.statements import DATES, KNOWN, TITLES
from refeed.problems import Problem

# As programs write them; how people do is in the vocabulary.
_OF_DATES: Final = ("date", "published", "pubDate", "created", "created_at", "published_at", "publishDate")
_TITLE: Final = "title"
_WITHHOLDING: Final = ("draft", "published", "private", "publish", "password")
_BETWEEN: Final = (": ", " = ")
_DIGITS: Final = re.compile(r"[0-9](?:[^\n]{0,6}?[0-9]){3}")


def _one_off(text: str) -> str:
    """Return the pattern of a text of which one character is another."""
    letters = [re.escape(letter) for letter in text]
    patterns = ("".join([*letters[:at], rf"(?!{letters[at]})[\s\S]", *letters[at + 1 :]]) for at in range(len(letters)))
    return f"(?:{'|'.join(patterns)})"


def _lines_of(*names: str) -> re.Pattern[str]:
    """Return the pattern of lines whose key is one of these names, but for one character of it or of its colon."""
    keys = "|".join(_one_off(name + between) for name in names for between in _BETWEEN)
    return re.compile(rf"^({keys})([^\n]*)", re.IGNORECASE | re.MULTILINE)


_DATE_LINES: Final = _lines_of(*_OF_DATES)
_TITLE_LINES: Final = _lines_of(_TITLE)
_WITHHOLDING_LINES: Final = _lines_of(*_WITHHOLDING)
# The line break before it was damaged: the key stands at the end of another's value, before a date with a clock.
_JOINED_DATE: Final = re.compile(
    rf"(?:[^\n](?=[^\n]{{0,60}}[0-9]:[0-9]{{2}})|(?<=\S)[^\w\s])({'|'.join(_OF_DATES)})(?:: | = )([^\n]*)"
)
_JOINED_MARK: Final = re.compile(r"^[^\n:]{1,64}:[^\n]*\S(draft|published|private): ([a-z]{2,5})[ \t]*$", re.MULTILINE)


class Mended(NamedTuple):
    """The values of a header with those of its damaged keys, and the problem of each."""

    values: dict[str, Value]
    problems: tuple[Problem, ...] = ()


class _Found(NamedTuple):
    """A damaged key, as it should be, and its value."""

    name: str
    value: str
    line: int


def with_damaged_keys(text: str, values: dict[str, Value]) -> Mended:
    """Return the values of a header with those whose keys are damaged; whatever may withhold it counts, too."""
    found, joined = list(_withholding(text)), None
    if values.keys().isdisjoint(DATES):
        dates = [date for date in _damaged(_DATE_LINES, _OF_DATES, text) if _DIGITS.search(date.value[:40])]
        joined = None if dates else _JOINED_DATE.search(text)
        if joined and _DIGITS.search(joined[2][:40]):
            dates = [_Found(joined[1].casefold(), _unquoted(joined[2]), _line(text, joined.start()))]
        found += dates[:1]
    if values.keys().isdisjoint(TITLES):
        found += [*_damaged(_TITLE_LINES, (_TITLE,), text)][:1]
    mended = {name: _without(value, joined[0] if joined else "") for name, value in values.items()} if found else values
    for one in found:
        mended = mended | (kept_aside(mended, one.name, one.value) or {one.name: one.value})
    return Mended(mended, tuple(bad_header(f"a damaged key, read as {one.name!r}", one.line) for one in found))


def _withholding(text: str) -> Iterator[_Found]:
    joined = (_Found(mark[1], mark[2], _line(text, mark.start())) for mark in _JOINED_MARK.finditer(text))
    for found in (*_damaged(_WITHHOLDING_LINES, _WITHHOLDING, text), *joined):
        value = found.value.rstrip(",").casefold()
        is_no = value in NO
        if (is_no and bool(value)) if found.name in NO_WITHHOLDS else value in YES or found.name == "password":
            yield found._replace(value=value)


def _damaged(lines: re.Pattern[str], names: tuple[str, ...], text: str) -> Iterator[_Found]:
    for line in lines.finditer(text):
        written = line[1].casefold()
        if is_other_word(re.split(r"[\W_]", written, maxsplit=1)[0]) or _is_known(written):
            continue
        name = next(name for name in names for between in _BETWEEN if _is_one_off(written, (name + between).casefold()))
        yield _Found(name.casefold(), _unquoted(line[2]), _line(text, line.start()))


def _is_known(written: str) -> bool:
    """Return whether this is a whole key, of something else: `data: `."""
    return any(written.endswith(end) and key_name(written.removesuffix(end)) in KNOWN for end in _BETWEEN)


def _is_one_off(text: str, other: str) -> bool:
    return len(text) == len(other) and sum(map(str.__ne__, text, other)) == 1


def _without(value: Value, end: str) -> Value:
    """Return a value without the key that stands at its end because a line break was lost."""
    return value[: -len(end)] if end and isinstance(value, str) and value.endswith(end) else value


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if text[:1] in {'"', "'"} and text[-1:] == text[:1] and len(text) > 1 else text


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
