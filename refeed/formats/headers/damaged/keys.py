"""Recognise header keys that lost a character: of the date, the title, and those that withhold the article."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

from refeed.formats.headers.statements import KNOWN
from refeed.formats.publication.answers import NO, YES
from refeed.formats.publication.damaged_words import has_lost_one, is_one_off, is_other_word, is_visibly_damaged
from refeed.formats.publication.stated import kept_aside
from refeed.formats.publication.words import NO_WITHHOLDS
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import Value, bad_header, key_name
from refeed.vocabulary.keys import DATES, TITLES

# As programs write them; how people do is in the vocabulary.
_OF_DATES: Final = ("date", "published", "pubDate", "created", "created_at", "published_at", "publishDate")
_TITLE: Final = "title"
_WITHHOLDING: Final = ("draft", "published", "private", "publish", "password")
_OF_ONE_LINE: Final = DATES | {"draft", "private", "published"}
_BETWEEN: Final = (": ", " = ")
_SEPARATOR: Final = late_pattern(r"[\W_]")
_LETTER: Final = late_pattern("[A-Za-z]")
_NEXT_KEY: Final = late_pattern(r"\s*[\"']?[\w-]+[\"']?(?>[ \t]*)(?:[:=](?:\s|\Z))|\s*\Z")
_DIGITS: Final = late_pattern(r"[0-9](?:[^\n]{0,6}?[0-9]){3}")


# The line break before it was damaged: the key stands at the end of another's value, before a date with a clock.
_JOINED_DATE: Final = late_pattern(
    rf"(?:[^\n](?=[^\n]{{0,60}}[0-9]:[0-9]{{2}})|(?<=\S)[^\w\s])({'|'.join(_OF_DATES)})(?:: | = )([^\n]*)"
)
_JOINED_MARK: Final = late_pattern(
    r"^([^\n:]{1,64}):[^\n]*([^\n])(draft|published|private): ([a-z]{2,5})[ \t]*$", re.MULTILINE
)
# The line break behind a value was damaged: another key stands in it, with at least that one character before it.
_JOINED_KEY: Final = late_pattern(r"[^\n:]([A-Za-z_][\w-]{2,40}):[ \n]")


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
    values = {name: _cut(value) if name in _OF_ONE_LINE else value for name, value in values.items()}
    found, joined, dates = list(_withholding(text)), None, list[_Found]()
    if values.keys().isdisjoint(DATES):
        dates = [date for date in _damaged(text, _OF_DATES) if _DIGITS.search(date.value[:40])]
        joined = None if dates else _JOINED_DATE.search(text)
        if joined and _DIGITS.search(joined[2][:40]):
            dates = [_Found(joined[1].casefold(), _unquoted(joined[2]), _line(text, joined.start()))]
        found += dates[:1]
    if values.keys().isdisjoint(TITLES):
        found += [*_damaged(text, (_TITLE,))][:1]
    # The line before a key that nobody knew was read as if it went on.
    end = joined[0] if joined else f" {dates[0].value}" if dates else ""
    mended = {name: _without(value, end) for name, value in values.items()} if found else values
    for one in found:
        mended = mended | (kept_aside(mended, one.name, one.value) or {one.name: one.value})
    nested = {name for value in values.values() if isinstance(value, dict) for name in value}
    whole = [date for date in dates if date.name in nested]  # below another key, as Docusaurus' `last_update` has it
    told = (one for one in found if one not in whole)
    return Mended(mended, tuple(bad_header(f"a damaged key, read as {one.name!r}", one.line) for one in told))


def _withholding(text: str) -> Iterator[_Found]:
    joined = (
        _Found(mark[3], mark[4], _line(text, mark.start()))
        for mark in _JOINED_MARK.finditer(text)
        if not (mark[2].isspace() and key_name(mark[1]) in TITLES)  # a title may well say `draft: true`
    )
    for found in (*_damaged(text, _WITHHOLDING), *joined):
        value = found.value.rstrip(",").casefold()
        is_no = value in NO
        if (is_no and bool(value)) if found.name in NO_WITHHOLDS else value in YES or found.name == "password":
            yield found._replace(value=value)


def _damaged(text: str, names: tuple[str, ...]) -> Iterator[_Found]:
    """Find the lines whose keys differ from one of these names by a character or two, the colon included."""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        for name, between in product(names, _BETWEEN) if _LETTER.search(line) else ():
            if length := _length_of_damaged(text[start : start + len(line) + 2], name.casefold(), between):
                end = text.find("\n", start + length)  # that of the next line, if the colon became an end
                value = text[start + length : end if end >= 0 else None]
                if text[start + length - 1] == "\n" and _NEXT_KEY.match(value):
                    break  # it is whole, and says nothing
                yield _Found(name.casefold(), _unquoted(value), number)
                break
        start += len(line) + 1


def _length_of_damaged(line: str, name: str, between: str) -> int:
    """Return the length of a line's key, with its colon, if it is this one apart from some damage; else 0."""
    written = line[: len(name + between)]
    is_damaged = is_one_off(written.casefold(), name + between) or is_visibly_damaged(written, name, between)
    if not is_damaged:
        key, colon, _ = line.partition(between)
        is_damaged, written = bool(colon) and has_lost_one(key.casefold(), name), key + colon
    return len(written) if is_damaged and not _is_of_another_key(written) else 0


def _is_of_another_key(written: str) -> bool:
    """Return whether this is a whole key, of something else: `data: `, `craft: `."""
    folded = written.casefold()
    if is_other_word(_SEPARATOR.split(folded, maxsplit=1)[0]):
        return True
    return any(folded.endswith(end) and key_name(folded.removesuffix(end)) in KNOWN for end in _BETWEEN)


def _cut(value: Value) -> Value:
    """Return the value of a date or a flag without the next line, whose line break was damaged."""
    found = _JOINED_KEY.search(value) if isinstance(value, str) else None
    if found is None or not isinstance(value, str):
        return value
    written = found[1]
    begin = next((at for at in range(len(written)) if key_name(written[at:]) in KNOWN), None)
    return value if begin is None else value[: found.start(1) + begin - 1].rstrip()


def _without(value: Value, end: str) -> Value:
    """Return a value without the key that stands at its end because a line break was lost."""
    return value[: -len(end)] if end and isinstance(value, str) and value.endswith(end) else value


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if text[:1] in {'"', "'"} and text[-1:] == text[:1] and len(text) > 1 else text


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
