"""Read what Hugo never builds: languages that are disabled, and what the mounts of its content leave out.

https://gohugo.io/configuration/languages/, https://gohugo.io/configuration/module/#mounts
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from refeed.sites.facts import folder_of
from refeed.sites.kept_back.globs import left_out
from refeed.sites.notations.values import Table, table_at, text_at

_CONTENT: Final = "content/"  # where mounts lead
_MOST: Final = 50  # mounts, and languages


def never_built(table: Table, contents: Iterable[str]) -> tuple[str, ...]:
    """Return what the paths of files fit that a site does not build; `contents` are the folders of its content."""
    folders = [*contents]
    disabled = _disabled(table)
    return (*_of_languages(table, folders, disabled), *_outside_mounts(table, folders, disabled))


def _disabled(table: Table) -> set[str]:
    listed = table.get("disablelanguages", "")
    names = listed if isinstance(listed, list) else str(listed).split()
    languages = table_at(table, "languages")
    off = (name for name, one in languages.items() if isinstance(one, dict) and text_at(one, "disabled") == "true")
    return {*islice((name.lower() for name in (*names, *off) if isinstance(name, str)), _MOST)}


def _of_languages(table: Table, contents: list[str], disabled: set[str]) -> Iterator[str]:
    """Yield the files whose name says a disabled language, and the folders that only such languages have."""
    if not disabled:
        return
    said = "|".join(map(re.escape, sorted(disabled)))
    yield rf"(?:{_any_of(contents)})(?>(?:[^/]*/)*)[^/]*\.(?i:{said})\.[^/.]*\Z"
    folders: dict[str, bool] = {}  # whether a language has it that is built
    for name, one in table_at(table, "languages").items():
        for folder in folder_of(text_at(one, "contentdir")) if isinstance(one, dict) else ():
            folders[folder] = folders.get(folder, False) or name not in disabled
    yield from map(re.escape, (folder for folder, is_built in folders.items() if not is_built))


def _outside_mounts(table: Table, contents: list[str], disabled: set[str]) -> Iterator[str]:
    """Yield the files of content that no mount takes in: where there is one, the usual one does not count."""
    mounts = table_at(table, "module").get("mounts")
    listed = [one for one in (mounts if isinstance(mounts, list) else ())[:_MOST] if isinstance(one, dict)]
    found = [one for one in listed if next(iter(folder_of(text_at(one, "target"))), "").startswith(_CONTENT)]
    if found:
        sources = [source for one in found for source in folder_of(text_at(one, "source"))]
        built = [_built(one) for one in found if not _languages(one) or _languages(one) - disabled]
        yield f"(?={_any_of([*contents, *sources])})" + (f"(?!{'|'.join(built)})" if built else "")


def _built(mount: Table) -> str:
    """Return what the paths of files fit that a mount takes in."""
    source = re.escape("".join(folder_of(text_at(mount, "source"))).rstrip("/"))
    folder = f"{source}/" if source else ""  # the site itself
    unread = (
        *left_out(folder, mount.get("excludefiles"), mount.get("includefiles")),
        *left_out(folder, None, mount.get("files")),
    )
    return "".join(f"(?!(?i:{one}))" for one in unread) + (rf"{source}(?:/|\Z)" if source else "")


def _languages(mount: Table) -> set[str]:
    """Return the languages that a mount is of; none where it is of all."""
    matrix = table_at(table_at(mount, "sites"), "matrix").get("languages")
    stated = matrix if isinstance(matrix, list) else [matrix]
    return {one.lower() for one in (text_at(mount, "lang"), *stated) if isinstance(one, str) and one}


def _any_of(folders: Iterable[str]) -> str:
    return "|".join(map(re.escape, dict.fromkeys(folders)))
