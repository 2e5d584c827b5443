"""Choose the value of each field among the statements of a record, and say what is doubtful about it."""

from collections.abc import Iterable
from typing import Final, Generic, TypeVar

from refeed.addresses.snapshots import original
from refeed.hidden_parts.private_parts import without_private_parts_in
from refeed.limits import Limits, cap_names, cap_text, cap_url
from refeed.model import Statement
from refeed.problems import Problem
from refeed.records.fields.names import name_of, wording_of
from refeed.records.identity import identity_url, names_an_article
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.text.attribute_lists import without_attribute_list
from refeed.text.emoji_names import with_emoji
from refeed.text.plain import plain
from refeed.urls import resolve
from refeed.vocabulary.languages import language_tag

T = TypeVar("T")

# Names that robots write where they know none.
_NOBODY: Final = frozenset({"anonymous", "none", "null", "undefined", "unknown", "未知", "佚名"})
# What programs write as the creator of a text: themselves, with their versions (ox-hugo, Word, TeX).
_PROGRAM: Final = late_pattern(r"(?:GNU )?Emacs [0-9]|Microsoft® |LaTeX with hyperref\b|Pandoc [0-9]")

# A comma is as often part of a name (`Reed, Ada`, `Ada Reed, Jr.`) where the names are not Chinese.
_ENDS_OF_NAMES: Final = frozenset(";；、,，")  # where there is none, the next is not compiled: it takes long
_BETWEEN_PERSONS: Final = late_pattern(r"[;；]\s|；|、|(?<=[\u3400-\u9fff])[,，] ?(?=[\u3400-\u9fff])")
_LIST: Final = late_pattern(r"\[([^\[\]]+)\]")  # that YAML takes for a text
_LETTER: Final = late_pattern(r"\w")  # `-` is what people write for nobody
_TAG: Final = late_pattern(r"<[^<>]{0,2000}>")
_STRONG: Final = late_pattern(r"\A\*\*([^\s*](?:[^*]*[^\s*])?)\*\*\Z")  # as a whole, what a program took from a text
_OPEN_COMMENT: Final = late_pattern(r"<!--(?s:.*)")  # to its end a header's own summary is one, as for a browser


class Chosen(NamedTuple, Generic[T]):
    """A field's value, where it stands, and what is doubtful about it."""

    value: T
    origin: str = ""
    problems: tuple[Problem, ...] = ()


class Link(NamedTuple):
    """One statement of the article's address."""

    statement: Statement
    url: str | None  # as readers open it; None: it cannot be used
    address: str = ""  # as identities compare it; only of one that can be used


def read_links(links: tuple[Statement, ...]) -> tuple[Link, ...]:
    """Parse every statement of the address; header and heading often say the same."""
    parsed: dict[str, tuple[str | None, str]] = {}
    for text, _ in links:
        if text not in parsed:
            url = resolve(text, None)
            parsed[text] = (url, identity_url(text) if url else "")
    return tuple(Link(statement, *parsed[statement.text]) for statement in links)


def best_link(links: Iterable[Link]) -> Link | None:
    """Return the first link that readers can open, a home page only where there is no other."""
    usable = [link for link in links if link.url]
    if len(usable) < 2:
        return usable[0] if usable else None
    return next((link for link in usable if names_an_article(link.address)), usable[0])


def choose_url(links: tuple[Link, ...], limits: Limits) -> Chosen[str | None]:
    """Take the first usable address; report which statements are not usable, and which name another article."""
    chosen = best_link(links)
    problems = [problem for link in links if (problem := _link_problem(link, chosen))]
    if chosen is None or chosen.url is None:
        return Chosen(None, "", tuple(problems))
    url, too_long = cap_url(chosen.url, limits)
    return Chosen(url, chosen.statement.origin, (*problems, *too_long))


def choose_cited(links: tuple[Link, ...], limits: Limits) -> Chosen[str | None]:
    """Take the first of the pages that an article is about: none of them contradicts another."""
    chosen = next((link for link in links if link.url), None)
    problems = tuple(problem for link in links if not link.url and (problem := _link_problem(link, None)))
    if chosen is None or chosen.url is None:
        return Chosen(None, "", problems)
    url, too_long = cap_url(chosen.url, limits)
    return Chosen(url, chosen.statement.origin, (*problems, *too_long))


def choose_derived(links: tuple[Link, ...], url: str, origin: str, limits: Limits) -> Chosen[str | None]:
    """Take the address that a record has in its site; report which of its other statements are not usable."""
    shown, too_long = cap_url(url, limits)
    return Chosen(shown, origin, (*choose_url(links, limits).problems, *too_long))


def _link_problem(link: Link, chosen: Link | None) -> Problem | None:
    text, origin = link.statement
    if link.url is None or chosen is None:
        return Problem("bad-url", f"{origin}: {text[:80]!r} is not an address that a reader could open")
    if _of_original(link) == _of_original(chosen) or not names_an_article(link.address):
        return None
    return Problem("link-conflict", f"{origin} says {text}, {chosen.statement.origin} says {chosen.url}")


def _of_original(link: Link) -> str:
    address = original(link.url or "")
    return link.address if address == link.url else identity_url(address)


def choose_title(titles: tuple[Statement, ...], limits: Limits, *, may_hold_tags: bool = False) -> Chosen[str]:
    """Take the first title; a second one is shown instead where the first only lost something of it.

    What may hold tags is shown in a page as it is written; elsewhere whoever read it has decoded it.
    """
    chosen, origin = "", ""
    problems: list[Problem] = []
    for statement in titles:
        text = without_attribute_list(statement.text) if statement.origin == "heading" else statement.text
        shown = _shown_of(text)
        if may_hold_tags and "<" in shown:
            from refeed.text.inline_tags import without_inline_tags  # few titles have any

            shown = without_inline_tags(shown)
        title = _STRONG.sub(r"\1", with_emoji(plain(shown)))
        if not title:
            continue
        if not chosen or _only_lost(chosen, title):
            chosen, origin = title, statement.origin
        elif title != chosen:
            problems.append(Problem("title-conflict", f"{statement.origin} says {title[:80]!r}"))
    if "\ufffd" in chosen:
        problems.append(Problem("bad-encoding", "the title holds U+FFFD: characters were lost before refeed read it"))
    capped, too_long = cap_text(chosen, "the title", limits.max_title_length, "max-title-length")
    return Chosen(capped, origin, (*problems, *too_long))


def _shown_of(text: str) -> str:
    """Return a value of a header without what its writer kept private or for some readers."""
    shown = without_private_parts_in(text)
    if "%%" not in shown and "<" not in shown and "{" not in shown:  # nearly always
        return shown
    from refeed.hidden_parts.remarks import without_remarks_in

    return without_remarks_in(shown)


def _only_lost(short: str, full: str) -> bool:
    """Return whether a title is the fuller one beside it, less its first "...", which got lost on the way."""
    return short != full and "..." in full and plain(full.replace("...", "", 1)) == short


def choose_authors(authors: tuple[Statement, ...], limits: Limits) -> Chosen[tuple[str, ...]]:
    """Take every name, each once; what robots write where they know none is no name, and no program an author."""
    names = dict.fromkeys(name_of(part) for statement in authors for part in _persons(statement.text))
    known = (name for name in names if _LETTER.search(name) and name.casefold() not in _NOBODY)
    people = tuple(name for name in known if not _PROGRAM.match(name))
    shown, problems = cap_names(people, "author", limits)
    return Chosen(shown, _origin(authors), problems)


def _persons(text: str) -> list[str]:
    """Divide `A; B`, unless the mark may end a character reference."""
    if listed := _LIST.fullmatch(text):
        return listed[1].split(",")
    return [text] if "&" in text or _ENDS_OF_NAMES.isdisjoint(text) else _BETWEEN_PERSONS.split(text)


def choose_categories(categories: tuple[Statement, ...], limits: Limits) -> Chosen[tuple[str, ...]]:
    """Take every category, each once."""
    plain_names = (plain(wording_of(statement.text)).lstrip("#").strip() for statement in categories)
    names = tuple({name.casefold(): name for name in reversed([*filter(None, plain_names)])}.values())[::-1]
    shown, problems = cap_names(names, "category", limits)
    return Chosen(shown, _origin(categories), problems)


def choose_images(images: tuple[Statement, ...], limits: Limits) -> Chosen[tuple[str, ...]]:
    """Take the addresses of all pictures, as they are written."""
    capped = [cap_url(statement.text, limits) for statement in images]
    problems = tuple(problem for _, too_long in capped for problem in too_long)
    return Chosen(tuple(url for url, _ in capped if url), _origin(images), problems)


def choose_summary(summaries: tuple[Statement, ...]) -> Chosen[str]:
    """Take the first summary as plain text."""
    for text, origin in summaries:
        if summary := plain(_TAG.sub(" ", plain(_OPEN_COMMENT.sub("", _shown_of(text))))):
            return Chosen(summary, origin)
    return Chosen("", _origin(summaries))


def choose_language(languages: tuple[Statement, ...], otherwise: str | None) -> Chosen[str | None]:
    """Take the stated language if it is a tag (BCP 47), else what the user says of the source."""
    for statement in languages:
        if tag := language_tag(plain(statement.text)):
            return Chosen(tag, statement.origin)
    return Chosen(otherwise)


def choose_outlet(
    outlets: tuple[Statement, ...], stated_by_user: str | None, otherwise: str | None, limits: Limits
) -> Chosen[str | None]:
    """Take what the user says of the source, else the dump's own word, else what there is."""
    outlet = stated_by_user or _first(outlets) or otherwise
    if not outlet:
        return Chosen(None, _origin(outlets))
    shown, too_long = cap_text(outlet, "the outlet", limits.max_name_length, "max-name-length")
    return Chosen(shown, _origin(outlets), too_long)


def _first(statements: tuple[Statement, ...]) -> str:
    return next((text for statement in statements if (text := plain(statement.text))), "")


def _origin(statements: tuple[Statement, ...]) -> str:
    return statements[0].origin if statements else ""
