"""The result of the readers of front matter: keys with their values as text, and what was wrong."""

import unicodedata
from typing import Final, TypeAlias

from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.typography import BLANKS, MARKS, WITHOUT_WIDTH

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]

# Keys of objects that are no header, but of a program or a feed.
NOT_A_HEADER: Final = frozenset({"dependencies", "feed_url", "home_page_url", "items", "scripts"})
_SEPARATORS: Final = str.maketrans("", "", "-_.:?？ \t" + BLANKS + WITHOUT_WIDTH + MARKS)


class Fields(NamedTuple):
    """What a header says; keys are folded by `key_name`, and nothing is typed: dates and numbers stay text."""

    values: dict[str, Value]
    problems: tuple[Problem, ...] = ()


def key_name(key: str) -> str:
    """Fold a key: `Last-Modified-At`, `last_modified_at` and `lastModifiedAt` are one; so are `og:title`, `og.title`.

    Full-width letters are the ordinary ones, and accents stand on their letters (NFKC), as macOS takes them apart.
    """
    plain = key if key.isalnum() else key.replace("_", "").replace("-", "")
    if plain.isascii() and plain.isalnum():  # nearly all
        return plain.lower()
    folded = key if key.isascii() else unicodedata.normalize("NFKC", key)
    folded = folded.strip().casefold()
    return folded if folded.isalnum() else folded.translate(_SEPARATORS)


def bad_header(message: str, line: int) -> Problem:
    """Report what is wrong in one line of a header, counted from its own first one."""
    return Problem("bad-header", message, line=line)


def twice(key: str, line: int) -> Problem:
    """Report a repeated key; the first one counts, as a reader of the file sees it first."""
    return bad_header(f"the key {key[:40]!r} appears twice; the first one counts", line)


def plain_values(value: object, depth: int) -> Value:
    """Turn what a TOML or JSON reader made into text, lists and mappings; what is nested deeper is left out."""
    if isinstance(value, str):
        return value
    if value is None or depth < 0:
        return ""
    if isinstance(value, dict):
        return {str(key): plain_values(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [plain_values(item, depth - 1) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
