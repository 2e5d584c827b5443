"""Decide whether and when a record is published by its author; privacy comes before completeness."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from refeed.dates import Hints, NotADate, parse_date
from refeed.formats.front_matter import tags_in
from refeed.formats.publication.dates import EXPIRIES, RELEASES
from refeed.model import NEVER, Document, RawRecord, SourceFile, Statement, Timestamp
from refeed.problems import Problem
from refeed.records.context import Context
from refeed.records.date_evidence import DateDecision, lies_ahead, refusal
from refeed.records.publication.draft_marks import draft_mark
from refeed.records.publication.post_templates import is_template_of_posts
from refeed.records.publication.unpublished_places import code_of_folders, code_of_name, names_messages
from refeed.records.publication.vague_times import vague_times
from refeed.site import BY_ADDRESS
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_DAY_IN_NAME: Final = late_pattern(
    r"(?<![0-9])(20[0-9]{2})(?:[-_.]?([01][0-9])[-_.]?([0-3][0-9])|[-_.]([01]?[0-9])[-_.]([0-3]?[0-9]))(?![0-9])"
)
_YEAR_OF_FOLDER: Final = late_pattern(r"/20[0-9]{2}/")
_DAY_OF_FOLDERS: Final = late_pattern(r"(?<![^/])(20[0-9]{2})/([01]?[0-9])/([0-3]?[0-9])(?=[/.])")  # 2027/06/01/a.md
_CATEGORIES: Final = frozenset({"front matter: categories", "front matter: category"})
_NO_PASSWORD: Final = late_pattern(rb"""(?m)^password:[ \t]{1,8}(?:""|'')(?=\s|\Z)""")  # no empty line of a scaffold
_ZONES: Final = timedelta(days=1)  # a file may be named by another zone's day than its header has
_UNSETTLED: Final = frozenset(
    {"coming soon", "later", "never", "not yet", "pending", "someday", "soon", "tba", "tbc", "tbd", "to be announced"}
    | {"tomorrow", "unscheduled"}
)
_TOLD_ELSEWHERE: Final = frozenset({NotADate.NONE, NotADate.TOO_LATE})
_IN_DRAFTS: Final = "the file lies in a folder of drafts"


class Publication(NamedTuple):
    """What a record says about its own publication."""

    withheld: Problem | None = None  # why it does not go out
    release: datetime | None = None
    expiry: datetime | None = None
    problems: tuple[Problem, ...] = ()
    is_lasting: bool = True  # with any later present the same holds


def read_publication(
    raw: RawRecord, document: Document, date: DateDecision, hints: Hints, context: Context
) -> Publication:
    """Weigh what the header, the folder and the file name say; --withheld include lets all but the future out."""
    source = document.source
    if context.sites.hand_down_dates:
        raw = _with_dates(raw, context.sites.dates_for(source.path))
    by_place = withheld_by_place(source, context, raw)
    stated = None if raw.is_off_menus and context.sites.shows_off_menus(source.path) else raw.withheld
    reason = stated or by_place or _withheld_by_date(raw.releases) or draft_mark(raw)
    if not reason and context.sites.lock_tags and _is_locked_by_tag(raw, document, context):
        reason = Problem("locked", "the settings of its site lock posts with one of its tags")
    releases, bad_releases, is_lasting = _read(raw.releases, hints)
    expiries, bad_expiries, _ = _read(raw.expiries, hints._replace(latest=None))
    bad = [*bad_releases, *bad_expiries]
    releases += [max(times) for one in raw.releases if (times := vague_times(one.text, hints, date.timestamp))]
    expiries += [min(times) for one in raw.expiries if (times := vague_times(one.text, hints, None))]
    if date.is_too_late:
        releases.append(NEVER)
    folder, slash, file = source.name.rpartition("/")
    if date.timestamp and (by_name := release_by_name(folder + slash, file, date.timestamp)):
        releases.append(by_name)
    release = max(releases, default=None)
    if release and date.timestamp and release <= date.timestamp.value:
        release = None  # it says no more than the date
    is_included = context.options.withheld == "include"
    return Publication(
        withheld=None if is_included else reason,
        release=release,
        expiry=None if is_included else min(expiries, default=None),
        problems=(*((reason,) if reason else ()), *(one for one in bad if one not in date.problems)),
        is_lasting=is_lasting,
    )


def _is_locked_by_tag(raw: RawRecord, document: Document, context: Context) -> bool:
    """Return whether a tag of a post locks it: no category does, nor any tag where the post says `password: ""`."""
    others = [one.text for one in raw.categories if one.origin not in _CATEGORIES]
    if not context.sites.locks(document.source.path, (*others, *tags_in(document))):
        return False
    return isinstance(raw.body, str) or not _NO_PASSWORD.search(document.data, raw.span[0], raw.body[0])


def _with_dates(raw: RawRecord, handed_down: Mapping[str, str]) -> RawRecord:
    """Return a record with the dates that its section hands down, as far as it states none itself."""
    said = [(key, Statement(text, f"cascade: {key}")) for key, text in handed_down.items()]
    expiries = raw.expiries or tuple(one for key, one in said if key in EXPIRIES)
    releases = raw.releases or tuple(one for key, one in said if key in RELEASES)
    if not raw.dates:
        releases += tuple(one for key, one in said if key not in RELEASES and key not in EXPIRIES)
    return raw._replace(releases=releases, expiries=expiries)


def release_by_name(folder: str, file: str, date: Timestamp) -> datetime | None:
    """Return the day of a file's name or folders if it is later than the header's date: a post that is scheduled so."""
    is_of_a_year = bool(folder) and _is_of_a_year(folder)
    if not is_of_a_year and ("20" not in file or _is_of_day(file, date.day)):  # nearly always
        return None
    by_name = _DAY_IN_NAME.search(file)
    by_folders = _DAY_OF_FOLDERS.search(folder + file) if is_of_a_year else None
    release, latest = None, date.value + _ZONES
    for found in (by_name, by_folders):
        named = _day(*found.groups()) if found else None
        if named and named > latest:
            release = latest = named
    return release


def _is_of_day(file: str, day: str) -> bool:
    return file.startswith(day) and not file[len(day) : len(day) + 1].isdecimal()


@lru_cache(maxsize=256)  # files of one day stand side by side
def _day(year: str, month: str, day: str, other_month: str = "", other_day: str = "") -> datetime | None:
    try:
        return datetime(int(year), int(month or other_month), int(day or other_day), tzinfo=UTC)
    except ValueError:  # no such month or day
        return None


def _is_public_message(name: str, raw: RawRecord) -> bool:
    if not names_messages(name):
        return False
    from refeed.formats.objects.messages import is_public  # few archives hold messages

    return is_public(raw)


def withheld_by_place(source: SourceFile, context: Context, raw: RawRecord | None = None) -> Problem | None:
    """Return why a file is not published, if its folder, its name, or a default of its site says so."""
    folder, _, name = source.name.rpartition("/")
    if code := code_of_folders(folder):
        return Problem(code, _IN_DRAFTS if code == "draft" else "the file lies in a private folder")
    if (code := code_of_name(name, folder)) and not (raw and _is_public_message(name, raw)):
        return Problem(code, "the name of the file says that it is not published")
    if is_template_of_posts(folder, name, raw):
        return Problem("draft", "the file is a template of posts, by its name")
    code = context.sites.why_kept_back(source.path)
    shown_by = raw.shown_by if raw else frozenset[str]()
    if raw and (raw.permalinks or raw.links):
        shown_by |= {BY_ADDRESS}
    if code and shown_by:
        code = context.sites.why_kept_back_anyway(source.path, shown_by)
    says_published = raw is not None and raw.says_published
    if code and not (says_published and code == "draft"):  # that is a default, and the header says otherwise
        return Problem(code, "the settings of its site say that it is not published")
    is_draft = bool(context.drafts) and context.is_given_as_draft(source)
    return Problem("draft", _IN_DRAFTS) if is_draft else None


def _withheld_by_date(releases: Iterable[Statement]) -> Problem | None:
    """Return why a record has no date of release yet, if its header says so."""
    open_ = next((one for one in releases if _is_unsettled(one.text.strip(" .?!").casefold())), None)
    return Problem("draft", f"{open_.origin}: {open_.text.strip()!r} is not a date yet") if open_ else None


def _is_unsettled(text: str) -> bool:
    return text in _UNSETTLED or text.startswith("next ")


@lru_cache(maxsize=256)
def _is_of_a_year(folder: str) -> bool:
    """Return whether one of the folders, each with its slash, is a year: nowhere else a day of folders begins."""
    return _YEAR_OF_FOLDER.search(f"/{folder}") is not None


def _read(statements: Iterable[Statement], hints: Hints) -> tuple[list[datetime], list[Problem], bool]:
    """Return the dates of release or expiry, the problems with them, and whether these last."""
    found: list[datetime] = []
    problems: list[Problem] = []
    is_lasting = True
    for statement in statements:
        date = parse_date(statement.text, hints)
        if not isinstance(date, NotADate):
            found.append(date.value)
            continue
        if date is NotADate.TOO_LATE or (
            lies_ahead(statement.text, date, hints) and not vague_times(statement.text, hints, None)
        ):
            found.append(NEVER)
            is_lasting = False
        if date not in _TOLD_ELSEWHERE:
            problems.append(refusal(statement, date))
    return found, problems, is_lasting
