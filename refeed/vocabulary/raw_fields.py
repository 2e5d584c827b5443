"""The fields of a RawRecord that a header, an object or a page fills, before the record around them is made."""

from typing import Final, TypedDict, cast

from refeed.model import FileStatement, Statement
from refeed.problems import Problem

_FRONT_MATTER: Final = "front matter"


class RawFields(TypedDict, total=False):
    """Fields of a RawRecord; one that nothing is stated of is left out."""

    titles: tuple[Statement, ...]
    dates: tuple[Statement, ...]
    updates: tuple[Statement, ...]
    clocks: tuple[Statement, ...]
    links: tuple[Statement, ...]
    citations: tuple[Statement, ...]
    permalinks: tuple[Statement, ...]
    slugs: tuple[Statement, ...]
    aliases: tuple[Statement, ...]
    ids: tuple[Statement, ...]
    authors: tuple[Statement, ...]
    presenters: tuple[Statement, ...]
    categories: tuple[Statement, ...]
    images: tuple[Statement, ...]
    enclosures: tuple[FileStatement, ...]
    summaries: tuple[Statement, ...]
    languages: tuple[Statement, ...]
    outlets: tuple[Statement, ...]
    expiries: tuple[Statement, ...]
    releases: tuple[Statement, ...]
    withheld: Problem | None
    is_off_menus: bool
    says_published: bool
    shown_by: frozenset[str]


def with_origin(fields: RawFields, where: str) -> RawFields:
    """Return fields that say where they stand, which the vocabulary of front matter has read elsewhere."""
    return cast("RawFields", {name: _renamed(said, where) for name, said in fields.items()})


def _renamed(said: object, where: str) -> object:
    if isinstance(said, Problem):
        return said._replace(message=said.message.replace(_FRONT_MATTER, f"a {where}", 1))
    if isinstance(said, tuple):
        return tuple(one._replace(origin=one.origin.replace(_FRONT_MATTER, where, 1)) for one in said)
    return said
