"""From one file to its records: read, sniff, parse, and normalise each; or the reason why there is none."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from typing import Any, Final, Generic, TypeVar

from refeed.formats import detect
from refeed.input.address import is_elsewhere
from refeed.input.declared_encoding import declared_encoding
from refeed.input.encoding import decode, with_encoding_known
from refeed.input.file_types import is_own_feed, why_unclaimed
from refeed.input.other_files import may_have_more, with_other_files
from refeed.input.read import TooLargeHereError, read
from refeed.input.source_files import SourceFiles
from refeed.model import UNDATED, Crawl, Document, RawRecord, RecordKey, RecordMeta, SourceFile, Statement
from refeed.options import site_options
from refeed.problems import Problem
from refeed.records.context import Context
from refeed.records.date_evidence import NOWHERE
from refeed.records.facets import facet_digests, need_facets
from refeed.records.filters import Filter, matching_filters, missed, need_metadata
from refeed.records.last_resort import NO_DATE_CURE
from refeed.records.normalise import make_key, normalise
from refeed.records.quick import quick_key, quick_keys
from refeed.records.quick_facts import Facts, facts_of
from refeed.startup.named_tuple import NamedTuple
from refeed.urls import host

_FETCHED_FROM: Final = "WARC-Target-URI"
_OF_MANY: Final = frozenset({"feed", "mail", "movable-type", "records"})  # formats whose files are no articles
_NO_ROW: Final = "if it is of Substack's export, its row in posts.csv, or the table, is missing or damaged"

T = TypeVar("T")
Make = Callable[[RawRecord, Document, int, Context], T]
"""What is made of a record: the record, its document, its number in the file, the context."""
Quick = Callable[[Document, Context], T | None]
"""Makes it of a document with one record, without a raw record in between; None if that cannot be done."""


class FileRecords(NamedTuple, Generic[T]):
    """What one file gave: its records, or why it was left out, or neither if it is refeed's own feed."""

    document: Document | None
    records: tuple[T, ...] = ()
    problems: tuple[Problem, ...] = ()  # of the file: its format and its encoding
    left_out: Problem | None = None
    matched: frozenset[Filter] = frozenset()  # by any of the records, whether it passes all filters or not
    missed: tuple[tuple[str, ...], ...] = ()  # the kinds of filters that each record misses which they leave out
    facets: tuple[bytes, ...] = ()  # of each record, where they decide (see facets)


Keys = RecordKey | FileRecords[RecordKey | None]
"""The only key of a file that is written as usual, at once; of any other file what it gave."""
KeyReader = Callable[[Sequence[SourceFile]], Iterator[tuple[int, Keys]]]
"""Reads the keys of files, and yields those of each file with its place among them, in any order.

One that has too many bytes to be read here is left out (see TooLargeHereError).
"""


class _Judged(NamedTuple):
    """A record's key, None if a filter leaves it out, and the filters that it matches."""

    key: RecordKey | None
    matched: frozenset[Filter]
    missed: tuple[str, ...]


@contextmanager
def key_reader(context: Context) -> Iterator[KeyReader]:
    """Return the function that reads the keys of files, no body: None for a record that a filter leaves out.

    Where facets decide no record is left out yet: what is read is the same for all values of such filters.
    """
    with _files(context) as files:
        if need_facets(context.options):
            yield _each(lambda source: _with_facets(_read(source, context, files, _key_and_facets)))
        elif need_metadata(context.options):
            yield _each(lambda source: _filtered(_read(source, context, files, _judged)))
        else:
            yield partial(_read_keys, context, files)


def read_raw_records(source: SourceFile, context: Context) -> FileRecords[RawRecord]:
    """Return what the records of a file say; the whole file is UTF-8 then, so that bodies can be decoded next."""
    with _files(context) as files:
        return _read(source, context, files, lambda raw, *_: raw, decoded=True)


def read_metadata(source: SourceFile, context: Context) -> FileRecords[tuple[RecordMeta, tuple[Problem, ...]]]:
    """Return the metadata of a file's records with what is doubtful about each; the whole file is UTF-8 then."""
    with _files(context) as files:
        return _read(source, context, files, normalise, decoded=True)


def _files(context: Context) -> closing[SourceFiles]:
    return closing(SourceFiles(context.options.paths or (context.options.folder,), context.options.allow))


def _judged(raw: RawRecord, document: Document, number: int, context: Context) -> _Judged:
    meta, _ = normalise(raw, document, number, context)
    matched = matching_filters(meta, context.options)
    # What is not published withdraws its article, also one whose other copies a filter lets pass.
    unmet = () if meta.key.withheld else tuple(missed(matched, context.options))
    return _Judged(None if unmet else meta.key, matched, unmet)


def _filtered(judged: FileRecords[_Judged]) -> FileRecords[RecordKey | None]:
    matched = frozenset[Filter]().union(*(record.matched for record in judged.records))
    keys = tuple(record.key for record in judged.records)
    missing = tuple(record.missed for record in judged.records if record.missed)
    return FileRecords(judged.document, keys, judged.problems, judged.left_out, matched, missing)


def _key_and_facets(raw: RawRecord, document: Document, number: int, context: Context) -> tuple[RecordKey, bytes]:
    meta, _ = normalise(raw, document, number, context)
    return meta.key, facet_digests(meta)


def _with_facets(read: FileRecords[tuple[RecordKey, bytes]]) -> FileRecords[RecordKey | None]:
    keys, facets = tuple(key for key, _ in read.records), tuple(facets for _, facets in read.records)
    return FileRecords(read.document, keys, read.problems, read.left_out, facets=facets)


def _each(read: Callable[[SourceFile], Keys]) -> KeyReader:
    def read_each(sources: Sequence[SourceFile]) -> Iterator[tuple[int, Keys]]:
        for place, source in enumerate(sources):
            with suppress(TooLargeHereError):
                yield place, read(source)

    return read_each


def _read_keys(context: Context, files: SourceFiles, sources: Sequence[SourceFile]) -> Iterator[tuple[int, Keys]]:
    """Read what each file states first, and make keys of that for all together.

    Of their bytes nothing is kept, because the memory of the last file is the quickest for the next. So the few that
    looked as usual, but are not, are read again; of what lies in archives or elsewhere each key is made at once.
    """
    usual = dict[int, Facts]()
    is_local = not is_elsewhere("\n".join([source.path for source in sources]))
    document: Document | FileRecords[Any] | None = None
    for place, source in enumerate(sources):
        document = None  # before the next one is read: each may be as large as a file may
        try:
            is_spoken_of = bool(source.beside) and _is_spoken_of(source, context, files)
            document = _read(source, context, files, make_key) if is_spoken_of else _document(source, context, files)
        except TooLargeHereError:
            continue
        if isinstance(document, FileRecords):
            yield place, document
            continue
        try:
            facts = facts_of(document, context)
        except UnicodeDecodeError:  # the full reader meets it, too
            facts = None
        if facts and is_local:
            usual[place] = facts
            continue
        key = quick_keys([facts], context)[0] if facts else None
        yield place, key or _records(document, context, make_key, quick=quick_key)
    document = None
    again = list[int]()
    for place, key in zip(usual, quick_keys([*usual.values()], context), strict=True):
        if key:
            yield place, key
        else:
            again.append(place)
    for number, keys in _each(lambda source: _read(source, context, files, make_key))([sources[one] for one in again]):
        yield again[number], keys


def _read(
    source: SourceFile, context: Context, files: SourceFiles, make: Make[T], *, decoded: bool = False
) -> FileRecords[T]:
    document = _document(source, context, files)
    if isinstance(document, FileRecords):
        return document
    if source.beside:
        from refeed.records.publication.said_beside import with_fields_beside  # few texts have any

        document, make = with_fields_beside(document, make, files)
    return _records(document, context, make, decoded=decoded)


def _is_spoken_of(source: SourceFile, context: Context, files: SourceFiles) -> bool:
    from refeed.records.publication.said_beside import said_beside  # few texts have fields beside them

    return any(said_beside(source, context.options.allow, files))


def _document(source: SourceFile, context: Context, files: SourceFiles) -> Document | FileRecords[Any]:
    """Return what a file holds; if nothing is to be looked for in it, why it was left out."""
    no_post = None if context.is_plain else _no_post(source, context)
    if no_post:
        return FileRecords(None, left_out=no_post)
    document = read(source, context.options.allow, files, share=context.share)
    if isinstance(document, Document) and may_have_more(source.path):
        document = with_other_files(document, files)
    if isinstance(document, Problem):
        return FileRecords(None, left_out=document)
    if is_own_feed(document):
        told = Problem("own-feed", "refeed's own output is never read; give the folder of the articles", source.path)
        return FileRecords(None, left_out=told if files.local.is_given(source) else None)
    above = 0 if context.is_plain else _above_site(source, context)
    keeps_undated = context.options.undated != "skip"
    return document._replace(keeps_undated=keeps_undated, above=above) if keeps_undated or above else document


def _above_site(source: SourceFile, context: Context) -> int:
    """Return how many characters of the name of a file are the folders that its site lies in."""
    site = context.sites.around(source.path)
    return max(0, len(site.below) - (len(source.path) - len(source.name))) if site else 0


def _records(
    document: Document, context: Context, make: Make[T], *, quick: Quick[T] | None = None, decoded: bool = False
) -> FileRecords[T]:
    if not decoded:
        try:
            return _parse(document, context, make)
        except UnicodeDecodeError:
            pass  # something that had to be read is in another charset: only now is the whole file looked at
    declared = declared_encoding(document.data, document.crawl.charset if document.crawl else "")
    found = decode(document, _encoding_of(document, context) or declared)
    if found.document is None:
        return FileRecords(None, left_out=found.problem)
    record = quick(found.document, context) if quick else None
    outcome = FileRecords(found.document, (record,)) if record else _parse(found.document, context, make)
    return outcome._replace(problems=(*outcome.problems, found.problem)) if found.problem else outcome


def _no_post(source: SourceFile, context: Context) -> Problem | None:
    """Return why a file is none of the posts of the site around it, whatever it holds."""
    if context.pages and source.path.startswith(context.pages):
        return Problem("site-page", "it lies in a folder of pages, not of posts", source.path)
    if context.sites.why_kept_back(source.path) == "site-page":  # not even its site reads it
        return Problem("site-page", "its site makes no post of it, by its settings or its folder", source.path)
    return None


def _encoding_of(document: Document, context: Context) -> str | None:
    """Look up what the user says of a file's encoding: by its path, else by the host of the article's address."""
    options = context.options
    by_path = site_options(options, document.source.name, None).encoding
    if by_path or not any(site.encoding for site in options.sources.values()):
        return by_path
    # Addresses are ASCII: read byte by byte, the header shows them whatever its encoding is.
    bytewise = document._replace(data=document.data.decode("latin-1").encode("utf-8"), is_utf8=True)
    for raw in _parse(bytewise, context, lambda raw, *_: raw).records:
        for statement in raw.links:
            if encoding := site_options(options, document.source.name, host(statement.text)).encoding:
                return encoding
    return None


def _parse(document: Document, context: Context, make: Make[T]) -> FileRecords[T]:
    chosen, tie = detect(document)
    if chosen is None:
        return FileRecords(document, left_out=_why_unclaimed(document))
    records: list[T] = []
    problems = [tie] if tie else []
    said = chosen.parse(document)
    for raw in said if document.crawl is None or chosen.name in _OF_MANY else _with_address(said, document.crawl):
        if isinstance(raw, Problem):
            problems.append(raw)
        else:
            if len(records) == 1 and not document.is_utf8:
                document = with_encoding_known(document)
            records.append(make(raw, document, len(records), context))
    if records:
        return FileRecords(document, tuple(records), tuple(problems))
    return FileRecords(document, left_out=problems[-1] if problems else why_unclaimed(document))


def _with_address(said: Iterable[RawRecord | Problem], crawl: Crawl) -> Iterator[RawRecord | Problem]:
    """Yield the record of a file with the address that it was fetched from, unless it states one."""
    for raw in said:
        if isinstance(raw, Problem) or raw.links:
            yield raw
        else:
            yield raw._replace(links=(Statement(crawl.address, _FETCHED_FROM),))


def _why_unclaimed(document: Document) -> Problem:
    """Return why no format claims a document: what it is, or that it would be an article if it had a date."""
    if detect(document._replace(keeps_undated=True))[0] is not None:
        return Problem("no-date", f"no date: {NO_DATE_CURE}", document.source.path)
    why = why_unclaimed(document)
    from refeed.input.companions.substack_export import lacks_row  # nearly every file has a format

    is_without_row = why.code == "no-format" and lacks_row(document)
    return why._replace(message=f"{why.message}; {_NO_ROW}") if is_without_row else why


def with_fallback_date(meta: RecordMeta) -> RecordMeta:
    """Return an undated record with the date under which it is shown (--undated last)."""
    return meta._replace(key=meta.key._replace(date=UNDATED), evidence={**meta.evidence, "date": NOWHERE})
