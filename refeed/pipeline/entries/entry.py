"""From a selected record to its Entry: decode the body, weigh its dateline, clean it, fill in what the header lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from types import MappingProxyType
from typing import Final

from refeed.addresses.snapshots import publisher
from refeed.clean.body import Body, Change, Cleaned, Observer, cleaning
from refeed.clean.stubs import is_stub, stub_content, video_picture
from refeed.clean.summary import stated_summary, summary_of
from refeed.clean.types import BodyRules
from refeed.clean.user_rules import rule_names
from refeed.dates.dateline import Dateline, find_dateline
from refeed.html.sanitise import sanitise
from refeed.limits import limit_message
from refeed.model import OPENING, Document, Entry, LinkedPost, Picture, RecordMeta, SafeHtml, Timestamp
from refeed.options import SiteOptions, fitting_patterns, table_name
from refeed.pipeline.entries.site_defaults import (
    Files,
    author_of_site,
    base_of,
    dialect_of,
    files_of,
    is_called_like_its_file,
    leads_of,
    may_refer_to_posts,
    seeks_pictures,
    with_site_values,
)
from refeed.pipeline.entries.task import EarlierRecord
from refeed.problems import Problem
from refeed.records import date_evidence
from refeed.records.context import Context, hints_of, site_options_for
from refeed.records.entry_language import language_of
from refeed.stages import Staged
from refeed.startup.named_tuple import NamedTuple
from refeed.text.broken_titles import restore_underscores
from refeed.text.plain import summarise

_GROWTH: Final = 2  # how much larger a body may become: one article must not push all others out of the feed
_NO_POSTS: Final[Mapping[str, LinkedPost | None]] = MappingProxyType({})
_TITLE_WORDS: Final = 60  # characters of the text that stand in for a missing title


class FinishedEntry(NamedTuple):
    """An entry, and how it came about."""

    entry: Entry
    is_stub: bool  # it has no text of its own
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    markup: str  # of the body: html, markdown or text
    published_from: str  # the evidence for `published`
    rules: tuple[tuple[str, bool], ...] = ()  # of the settings: those that apply, and which did something
    references: tuple[str, ...] = ()  # to other posts of its site, as its body writes them


def finishing(
    meta: RecordMeta,
    document: Document,
    context: Context,
    *,
    earlier: Sequence[EarlierRecord] = (),
    posts: Mapping[str, LinkedPost | None] = _NO_POSTS,
    observer: Observer | None = None,
) -> Staged[FinishedEntry]:
    """Make the entry of a dated record in stages: decode the body, clean it (see `cleaning`), fill in the rest.

    `earlier` are the other records of its article, `posts` other posts that its body refers to, as far as they are
    known. `observer` is shown the body between the steps of cleaning.
    """
    body, when = _opened(meta, document, context, posts)
    yield
    cleaned = yield from cleaning(body, observer)
    yield
    stated = restore_underscores(meta.title, cleaned.text) or body.title or cleaned.heading
    title = stated or _title_of_nobody(meta, document, cleaned.text)
    summary = _summary(meta, title, cleaned, body.text)
    stub = is_stub(cleaned, body.text)
    content, replaced = _content(cleaned, meta, title, summary, context, is_stub=stub)
    no_title = () if stated else (Problem("no-title", f"no title; shown as {title[:60]!r}"),)
    problems = (*when.problems, *_in_file(cleaned, meta, document), *no_title, *replaced)
    published = min([_moment(when.timestamp), *(one.published for one in earlier)])
    entry = Entry(
        id=meta.id,
        title=title,
        updated=max(_updated(meta, context, earlier), published),
        published=published,
        url=meta.url,
        authors=meta.authors or _byline(when.dateline) or _credited(body) or author_of_site(meta),
        categories=meta.categories,
        summary=summary,
        content=content,
        language=language_of(meta, cleaned.prose),
        image=cleaned.image or video_picture(cleaned, body.text, meta.url),
        outlet=meta.outlet,
        enclosures=cleaned.enclosures,
    )
    placed = tuple(problem.at(meta.source.path, meta.key.line) for problem in problems)
    used = ((rule, rule in cleaned.rules_used) for rule in rule_names(body.rules))
    applied = (*_tables(meta, document, context), *used)
    references = cleaned.references if may_refer_to_posts(meta) else ()
    return FinishedEntry(entry, stub, placed, cleaned.changes, cleaned.markup, when.origin, applied, references)


def body_of(meta: RecordMeta, document: Document, context: Context) -> Body:
    """Return what cleaning is given of a dated record, while nothing is known of other posts."""
    body, _ = _opened(meta, document, context, _NO_POSTS)
    return body


def _text_of_body(meta: RecordMeta, document: Document, context: Context) -> str:
    """Return the text of a body up to one character over the limit, so that the cut is noticed and reported."""
    return document.body_within(meta.body, context.options.allow.max_body_bytes + 4)


def _title_of_nobody(meta: RecordMeta, document: Document, text: str) -> str:
    """Return what an article without a title is called; a name cut from its first words is only a part of it."""
    from refeed.pipeline.entries.missing_title import as_text_begins, name_of_record, title_of_file

    name, first_words = title_of_file(meta, document), summarise(text, _TITLE_WORDS)
    begun = as_text_begins(name, text)
    return (name if begun is None else begun) or first_words or name_of_record(meta)


def _named(meta: RecordMeta, document: Document) -> str:
    """Return the title of a record: as it states it, or the name of its file where that is one."""
    if meta.title or not is_called_like_its_file(meta):
        return meta.title
    from refeed.pipeline.entries.missing_title import title_of_file  # most articles have a title

    return title_of_file(meta, document)


def _opened(
    meta: RecordMeta, document: Document, context: Context, posts: Mapping[str, LinkedPost | None]
) -> tuple[Body, date_evidence.DateDecision]:
    """Return what cleaning is given of a record, and when that was published, which its beginning may tell."""
    text = with_site_values(_text_of_body(meta, document, context), meta)
    site = _site_of(meta, document, context)
    when = _published(meta, text[:OPENING], site, context)
    title = _named(meta, document)
    files, leads = files_of(meta), leads_of(meta, posts)
    images = {image: _address(image, leads) for image in meta.images}
    body = Body(
        text=text,
        markdown=meta.markdown,
        title=title,
        url=base_of(meta),
        dateline=when.dateline,
        images=tuple(filter(None, images.values())),
        rules=BodyRules(site.drop or (), site.keep, site.replace or ()),
        authors=meta.authors,
        limits=context.options.allow,
        is_untitled=not title,
        dialect=dialect_of(meta, text),
        files=files,
        seeks=seeks_pictures(meta),
        posts=posts,
        enclosures=tuple(file._replace(url=_address(file.url, files) or file.url) for file in meta.files.enclosures),
        players=meta.files.players,
        gallery=_placed(meta.files.gallery, files),
        leads=_placed(meta.files.leads, leads),
        lost=tuple(image for image, address in images.items() if not address),
    )
    return body, when


def _placed(pictures: tuple[Picture, ...], files: Files | None) -> tuple[Picture, ...]:
    """Return pictures with their addresses in the site, without those that cannot be found."""
    return tuple(picture._replace(url=url) for picture in pictures if (url := _address(picture.url, files)))


def _address(written: str, files: Files | None) -> str:
    """Return the address of a file of the site, "" if that is unknown; any other address as it is written."""
    found = files(written) if files else None
    return written if found is None else found


def _content(
    cleaned: Cleaned, meta: RecordMeta, title: str, summary: str, context: Context, *, is_stub: bool
) -> tuple[SafeHtml, tuple[Problem, ...]]:
    """Return the cleaned body, or what replaces one that is empty or has grown beyond all bounds, and the finding."""
    most = _GROWTH * context.options.allow.max_body_bytes
    # At first as if each character were an ampersand, of which none takes more.
    if len(cleaned.content) * len("&amp;") > most and _bytes_in_feed(cleaned.content) > most:
        reason = limit_message(most, f"bytes in the feed, {_GROWTH} times the limit", "max_body_bytes")
        empty = cleaned._replace(content=sanitise(""))
        content = stub_content(empty, meta.url, title, summary, linked=True)
        return content, (Problem("cut", f"the body has {reason}; its summary is shown instead"),)
    if is_stub:
        content = stub_content(cleaned, meta.url, title, summary, linked=context.options.stubs == "link")
        return content, (Problem("stub", "no text of its own"),)
    return cleaned.content, ()


def _in_file(cleaned: Cleaned, meta: RecordMeta, document: Document) -> list[Problem]:
    """Return the problems of a body with their lines counted from the first line of the file."""
    before = document.line_above(meta.body, meta.key.line) if any(problem.line for problem in cleaned.problems) else 0
    return [problem._replace(line=before + problem.line) if problem.line else problem for problem in cleaned.problems]


def _bytes_in_feed(content: str) -> int:
    """Count what content takes once its markup is escaped."""
    return len(content.encode()) + 4 * content.count("&") + 3 * (content.count("<") + content.count(">"))


def earlier_record(meta: RecordMeta, document: Document, context: Context) -> EarlierRecord:
    """Return what a record that lost says of an entry with the same text; only the opening of its body is read."""
    site = _site_of(meta, document, context)
    published = _moment(_published(meta, document.opening(meta.body), site, context).timestamp)
    return EarlierRecord(published, _updated(meta, context))


def _tables(meta: RecordMeta, document: Document, context: Context) -> tuple[tuple[str, bool], ...]:
    if not context.options.sources:
        return ()
    host = publisher(meta.own_url) if meta.own_url else None
    return tuple((table_name(one), True) for one in fitting_patterns(context.options, document.source.name, host))


def _site_of(meta: RecordMeta, document: Document, context: Context) -> SiteOptions:
    return site_options_for(document.source, meta.own_url, context)


def _published(meta: RecordMeta, opening: str, site: SiteOptions, context: Context) -> date_evidence.DateDecision:
    """Return when a record was published, by its header and the dateline in its body."""
    if meta.key.date is None:
        raise ValueError("a record without a date has no entry")
    origin = meta.evidence["date"]
    if origin in date_evidence.NOT_THE_HEADER:
        return date_evidence.DateDecision(meta.key.date, origin, dateline=meta.dateline)
    host = publisher(meta.own_url) if meta.own_url else None
    hints = date_evidence.dateline_hints(site, host, hints_of(site, meta.source, context))
    decision = date_evidence.published(meta.key.date, find_dateline(opening, hints))
    return decision if decision.origin == date_evidence.DATELINE else decision._replace(origin=origin)


def _moment(timestamp: Timestamp | None) -> datetime:
    if timestamp is None:
        raise ValueError("a record without a date has no entry")
    return timestamp.value


def _updated(meta: RecordMeta, context: Context, earlier: Sequence[EarlierRecord] = ()) -> datetime:
    """Take the header's own word, else the first date of the text; an update that is still to come has not happened.

    An article that was saved again, with the date of that day, has not changed (RFC 4287, 4.2.15).
    """
    updated = meta.key.updated
    if updated is None or (updated.value > context.now and context.options.future == "hold"):
        return min([_moment(meta.key.date), *(one.updated for one in earlier if one.updated)])
    return updated.value


def _byline(dateline: Dateline | None) -> tuple[str, ...]:
    return (dateline.byline,) if dateline and dateline.byline else ()


def _credited(body: Body) -> tuple[str, ...]:
    from refeed.pipeline.entries.translation_credits import credited_authors  # most articles have an author

    return credited_authors(body.text, body.limits)


def _summary(meta: RecordMeta, title: str, cleaned: Cleaned, raw: str) -> str:
    """Take the header's own words, unless they are the title again; else the first sentences of the text."""
    stated = stated_summary(meta.summary, markdown=meta.markdown) if meta.summary else ""
    return stated if stated and stated != title else summary_of(cleaned.content, title, cleaned.captions, raw)


def summarised(entry: Entry) -> Entry:
    """Leave the content out where a link and a summary stand for it (RFC 4287, 4.1.2)."""
    if entry.url and entry.summary:
        return replace(entry, content=sanitise(""))
    return replace(entry, content=sanitise(f"<p>{escape(entry.summary or entry.title)}</p>"))
