"""Read what Hugo's sections and settings hand down to pages: https://gohugo.io/configuration/cascade/."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from refeed.formats.publication import answers
from refeed.formats.publication.dates import EXPIRIES, RELEASES
from refeed.formats.publication.no_page import without_page
from refeed.formats.publication.shown import shown_by
from refeed.formats.publication.stated import withheld
from refeed.formats.publication.values import word_of
from refeed.site import BY_ADDRESS, HandedDown
from refeed.sites.kept_back.page_patterns import page_expression, path_of_section
from refeed.sites.notations.values import NO, Table, table_at, text_at
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import key_name

_MOST: Final = 100  # parts of a cascade
_PATHS_OF_PAGES: Final = ("target.path", "_target.path")
_LANGUAGES: Final = ("target.lang", "_target.lang")
_ENVIRONMENTS: Final = ("target.environment", "_target.environment")
_KINDS: Final = ("target.kind", "_target.kind")
_TARGETS: Final = frozenset({"target", "_target"})
_LANGUAGE: Final = late_pattern(r"[a-z]{2,3}(?:-[a-z]{2,4})?")
_OF_TIME: Final = frozenset({"date", *RELEASES, *EXPIRIES})
_BUILD: Final = "build"
_TOGETHER: Final = "cascade"  # what no key says alone
_ANY_LANGUAGE: Final = "[^/]*"
_OF_ENGLISH: Final = "en"  # Hugo's default


def handed_down_by_all(says: Table, contents: Iterable[str], language: str) -> tuple[HandedDown, ...]:
    """Return what the settings of a site hand down to its folders of content."""
    return tuple(row for content in contents for row in handed_down(says, content, content, language))


def handed_down(says: Table, section: str, content: str, default: str, language: str = "") -> Iterator[HandedDown]:
    """Yield what a section of Hugo, or a whole site, hands down: https://gohugo.io/configuration/cascade/.

    `language` is that of the file that says so, if its name has one; `default` that of files whose names have none.
    """
    cascade = says.get("cascade")
    for one in islice(cascade if isinstance(cascade, list) else [cascade], _MOST):
        if not isinstance(one, dict) or not _is_of_pages(one):
            continue
        codes, dates = tuple(_codes(one)), _dates(one)
        languages = _languages(text_at(one, *_LANGUAGES).lower() or language, default)
        is_kept_back = bool(dates) or any(code for _, code in codes)
        paths = page_expression(section, content, text_at(one, *_PATHS_OF_PAGES), is_kept_back=is_kept_back)
        if paths and (codes or dates):
            yield HandedDown(path_of_section(section), f"{languages}(?:{paths})", codes, dates)


def _is_of_pages(one: Table) -> bool:
    """Return whether it is about the pages of the published site."""
    kind, environment = text_at(one, *_KINDS), text_at(one, *_ENVIRONMENTS)
    is_published = not environment or "production" in environment or "*" in environment
    return is_published and (not kind or "page" in kind or "*" in kind)


def _languages(pattern: str, default: str) -> str:
    """Return what the languages of pages fit: files in the language of the site need not state it."""
    said = pattern.strip("{}").split(",") if pattern else []
    if not all(map(_LANGUAGE.fullmatch, said)) or not said:
        return _ANY_LANGUAGE
    mine = (default or _OF_ENGLISH).lower()
    return f"(?:{'|'.join(said)})" + ("?" if {mine, mine.partition("-")[0]} & {*said} else "")


def _codes(values: Table) -> Iterator[tuple[str, str]]:
    """Yield the keys by which pages with these values are not published, and those by which they are, with ""."""
    said = {key_name(key): value for key, value in values.items() if key not in _TARGETS}
    if kept_back := withheld(said):
        by_one = [(key, one.code) for key, value in said.items() if (one := withheld({key: value}))]
        yield from by_one or [(_TOGETHER, kept_back.code)]
    yield from ((key, "") for key in shown_by(said))
    if without_page(values):
        yield BY_ADDRESS, "private"
    build = {**table_at(values, "_build"), **table_at(values, "build")}
    if any(text_at(build, key).lower() in {"never", *NO} for key in ("render", "list")):
        yield _BUILD, "private"


def _dates(values: Table) -> tuple[tuple[str, str], ...]:
    stated = ((key_name(key), text_at(values, key)) for key in values)
    return tuple((name, text) for name, text in stated if name in _OF_TIME and text and not _is_answer(name, text))


def _is_answer(name: str, text: str) -> bool:
    """Return whether a key says whether pages are published, and not when."""
    return name in RELEASES and word_of(text) in answers.YES | answers.NO
