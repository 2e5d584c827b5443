"""Show the feed to people: its entries, their provenance, and what was left out and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote, urljoin

from refeed.input.discover import prefix_of
from refeed.inspection.problem_groups import by_code, by_source
from refeed.model import SourceFile
from refeed.pages.contents import FEEDS, MONTHS, Contents, PageLink
from refeed.pages.fit import fit
from refeed.pages.parts import Part
from refeed.pages.rendering import Choice, Paging, ShownEntry, Visit, markup, render
from refeed.problems import NOT_PUBLISHED, Problem, RefeedError, Severity
from refeed.records.context import context_for
from refeed.records.publication.decide import withheld_by_place
from refeed.report import Report
from refeed.search.update import can_search
from refeed.serve.on_demand.provenance import Provenance
from refeed.serve.published import Published
from refeed.serve.views.listing import Choices, page_of
from refeed.startup.named_tuple import NamedTuple

_PLACES: Final = (("Months", MONTHS), ("Feeds", FEEDS))
_MOST_SOURCES: Final = 10
_MOST_SHOWN: Final = 10  # problems of one code beside those of the others; its own page has all
# A duplicate names its newer copy; a backup or a copy has the name of what it is made of.
_OF_TWO_FILES: Final = frozenset({"duplicate", "leftover"})


class Group(NamedTuple):
    """The problems of one code, and as many of them as a page can show."""

    code: str
    severity: Severity
    meaning: str
    cure: str
    size: int
    named: tuple[Problem, ...]  # those that this visitor may see
    shown: tuple[tuple[Problem, str | None], ...]  # some, each with the key of its article, if that is in the feed
    sources: tuple[Choice, ...]  # outlets that they are of, else folders that they are in; those of most
    number_of_sources: int


class Sum(NamedTuple):
    """A total and the parts that it is the sum of."""

    total: Choice
    parts: tuple[Choice, ...]


class Listing(NamedTuple):
    """A page of a list of articles."""

    heading: str
    here: str  # "articles", the whole archive; "list", those of a feed; "month"
    listed: Sequence[ShownEntry]
    total: int  # of the articles, before any are filtered out
    paging: Paging
    number_in_feed: int = 0  # of the articles at the beginning of the list
    chosen: Mapping[str, str] = MappingProxyType({})  # filters
    outlets: Sequence[Choice] = ()  # those of most articles
    number_of_outlets: int = 0
    categories: Sequence[Choice] = ()
    folder: str = ""  # of the feed with these articles
    newer: PageLink | None = None  # a list beside this one
    older: PageLink | None = None


def render_list(listing: Listing, published: Published, visit: Visit) -> bytes:
    """Show a page of a list, and the address to subscribe to."""
    facts = listing._asdict()
    return page(
        "month.html" if listing.here == "month" else "home.html",
        published,
        visit,
        earlier=published.earlier,
        changed=published.last_modified if listing.here == "articles" else None,
        pictured=any(shown.entry.image for shown in listing.listed),
        **facts,
    )


def render_contents(contents: Contents, published: Published, visit: Visit) -> bytes:
    """Show a list of pages."""
    return page("contents.html", published, visit, **contents._asdict())


def render_entry(
    shown: ShownEntry,
    newer: ShownEntry | None,
    older: ShownEntry | None,
    published: Published,
    visit: Visit,
    number: int = 1,
) -> bytes | None:
    """Show a part of one entry, cleaned; None if it has fewer parts."""
    contents = fit(shown.entry.content, pictures=visit.pictures)
    if not 0 < number <= len(contents):
        return None
    part = Part(number, len(contents), markup(contents[number - 1]))
    return page("entry.html", published, visit, shown=shown, part=part, newer=newer, older=older)


def render_provenance(
    shown: ShownEntry, found: Provenance | RefeedError | None, published: Published, visit: Visit, number: int = 1
) -> bytes | None:
    """Show what an entry was made of, out of the dump as it is now, or why that cannot be shown.

    A long body is shown in parts; None if it has fewer.
    """
    facts: dict[str, Any] = {}
    if isinstance(found, Provenance) and found.parts:
        if not 0 < number <= len(found.parts):
            return None
        safe = {name: markup(getattr(found, name)) for name in ("problems", "fields", "steps")}
        part = found.parts[number - 1]
        facts = {**found._asdict(), **safe, "part": part._replace(content=markup(part.content))}
    elif isinstance(found, Provenance):
        facts = found._asdict()
    unreadable = str(found) if isinstance(found, RefeedError) else None
    return page("provenance.html", published, visit, shown=shown, found=found, unreadable=unreadable, **facts)


def render_problems(published: Published, visit: Visit) -> bytes:
    """Show what was left out and why, the totals, and whether the newest rebuild failed.

    Visitors from elsewhere learn how much is not published, and no file of it.
    """
    report = published.report
    unnamed = _unnamed(published, visit)
    groups = [*_groups(published, unnamed)]
    notes = [note for note in report.notes if not any(path in note for path in unnamed)]
    severities = Counter(problem.severity for problem in report.problems)
    sums = _sums(report)
    return page(
        "problems.html",
        published,
        visit,
        groups=groups,
        notes=notes,
        severities=severities,
        sums=sums,
        filters=report.filters,
    )


def render_problems_of(code: str, choices: Choices, published: Published, visit: Visit) -> bytes | None:
    """Show a page of the problems of one code that a visitor may see; None if there is none."""
    groups = _groups(published, _unnamed(published, visit))
    group = next((one for one in groups if one.code == code), None)
    found = page_of(range(len(group.named)), choices, pictures=visit.pictures) if group and group.named else None
    if group is None or found is None:
        return None
    positions, paging = found
    shown = _with_keys((group.named[position] for position in positions), published)
    return page("problem.html", published, visit, group=group._replace(shown=shown), paging=paging)


def page(template: str, published: Published, visit: Visit, *, folder: str = "", **facts: Any) -> bytes:
    """Render a page; all have the same frame."""
    kept = "" if visit.pictures else "?pictures=off"
    folder = quote(folder)

    def link(path: str) -> str:
        return f"{visit.root}{quote(path.removesuffix('index.html'))}{kept}"

    return render(
        template,
        feed=published.feed,
        feed_url=urljoin(visit.feed_url, f"{folder}feed.xml") if folder else visit.feed_url,
        feed_folder=f"{visit.root}{folder}",
        places=_PLACES,
        own=link(folder),
        visit=visit,
        failure=published.failure,
        problems_number=len(published.report.problems),
        can_search=can_search(published.options),
        link=link,
        link_of_article=lambda shown, part="": link(f"entry/{shown.key}{part}"),
        link_of_category=lambda name: f"{link('')}{'?' if visit.pictures else '&'}category={quote(name, safe='')}",
        published=published,
        report=published.report,
        **facts,
    )


def _not_published(published: Published) -> frozenset[str]:
    """Return the files that hold anything not published: their other problems would name them as well.

    So do those of files among drafts that are in no format.
    """
    options, problems = published.options, published.report.problems
    context = context_for(options, published.now)
    prefixes = [prefix_of(path) for path in options.paths or (options.folder,)]

    def lies_among_drafts(path: str) -> bool:
        below = (path.removeprefix(prefix) for prefix in prefixes if path.startswith(prefix))
        return withheld_by_place(SourceFile(path, next(below, path)), context) is not None

    return frozenset(
        problem.path for problem in problems if problem.code in NOT_PUBLISHED or lies_among_drafts(problem.path)
    )


def _unnamed(published: Published, visit: Visit) -> frozenset[str]:
    """Return the files that a visitor learns no name of."""
    return frozenset() if visit.local else _not_published(published)


def _with_keys(problems: Iterable[Problem], published: Published) -> tuple[tuple[Problem, str | None], ...]:
    """Put each problem beside the key of its article."""
    keys = published.entries.keys_by_record()
    return tuple((problem, keys.get((problem.path, problem.line))) for problem in problems)


def _groups(published: Published, unnamed: frozenset[str]) -> Iterator[Group]:
    """Put problems of one code together; show none of the unnamed files."""
    options = published.options
    for code, kind, found in by_code(published.report.problems):
        named = tuple(_shown(found, unnamed))
        shown = _with_keys(named[:_MOST_SHOWN], published)
        sources = [Choice(*source) for source in by_source(named, options.paths or (options.folder,))]
        yield Group(code, *kind, len(found), named, shown, tuple(sources[:_MOST_SOURCES]), len(sources))


def _shown(problems: Iterable[Problem], unnamed: frozenset[str]) -> Iterator[Problem]:
    """Return the problems that name none of these files, nor another one that may be one of them."""
    return (
        problem
        for problem in problems
        if problem.path not in unnamed and not (unnamed and problem.code in _OF_TWO_FILES)
    )


def _sums(report: Report) -> Iterator[Sum]:
    """Return where every file and every record went."""
    counts = report.totals.as_dict()
    for total, names in (
        ("files_found", ("files_with_records", "files_skipped")),
        (
            "records_read",
            ("out", "duplicates", "withheld", "filtered", "held_back", "undated", "skipped", "beyond_limit"),
        ),
    ):
        parts = tuple(Choice(name.replace("_", " "), counts[name]) for name in names)
        yield Sum(Choice(total.replace("_", " "), counts[total]), parts)
