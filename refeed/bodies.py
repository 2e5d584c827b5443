"""From a selected record to its Entry: decode the body, weigh its dateline, clean it, fill in what the header lacks."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from refeed import evidence
from refeed.clean.body import Body, Change, Cleaned, Watch, clean_body
from refeed.clean.html import sanitise
from refeed.clean.language import detect_language
from refeed.clean.step import Rules
from refeed.clean.stubs import film_picture, is_stub, stand_in
from refeed.clean.summary import stated_summary, summary_of
from refeed.clean.text import summarise
from refeed.clean.underscores import restore_underscores
from refeed.dateline import Dateline, find_dateline
from refeed.limits import over
from refeed.model import OPENING, Dated, Document, Entry, Head, SafeHtml
from refeed.normalise import Context, rule_for
from refeed.problems import Problem
from refeed.urls import host

_GROWTH: Final = 2  # how much larger a body may become: one article must not push all others out of the feed
_TITLE_WORDS: Final = 60  # characters of the text that stand in for a missing title

# What robots put around the title in a file's name: a day or a number before it, the kind of file after it.
_FILE_NAME: Final = re.compile(r"(?:\d{4}-\d{2}-\d{2}-|\d+_)?(.*?)(?:\.[A-Za-z0-9]{1,5})?", re.DOTALL)


class Finished(NamedTuple):
    """An entry, and how it came about."""

    entry: Entry
    is_stub: bool  # it has no text of its own
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    kind: str  # of the body: html, markdown or text
    published_from: str  # the evidence for `published`


def finish(
    head: Head,
    document: Document,
    context: Context,
    *,
    earlier: Sequence[datetime] = (),
    watch: Watch | None = None,
) -> Finished:
    """Make the entry of a dated record; `earlier` are the days on which other records of it say it was published.

    `watch` is shown the body between the steps of cleaning.
    """
    limits = context.options.allow
    text = document.text_within(head.body, limits.max_body_bytes + 4)  # a character more, so that it is told
    dateline = find_dateline(text[:OPENING])
    when = _published(head, dateline, document, context)
    rules = _rules(document, head, context)
    body = Body(text, head.markdown, head.title, head.url, dateline, head.images, rules, head.authors, limits)
    cleaned = clean_body(body, watch)
    doubts = [*when.doubts, *cleaned.problems]
    title = restore_underscores(head.title, cleaned.text) or summarise(cleaned.text, _TITLE_WORDS) or _name_of(head)
    if not head.title:
        doubts.append(("no-title", f"no title; shown as {title[:60]!r}"))
    summary = _summary(head, title, cleaned)
    stub = is_stub(cleaned, text)
    content, told = _content(cleaned, head, title, summary, context, is_stub=stub)
    doubts.extend(told)
    published = min([_moment(when.dated), *earlier])
    entry = Entry(
        id=head.id,
        title=title,
        updated=max(_updated(head, context), published),
        published=published,
        url=head.url,
        authors=head.authors or _byline(dateline),
        categories=head.categories,
        summary=summary,
        content=content,
        language=head.language or detect_language(cleaned.prose),
        image=cleaned.image or film_picture(cleaned, text, head.url),
        outlet=head.outlet,
    )
    problems = tuple(Problem(code, head.source.path, head.key.line, message) for code, message in doubts)
    return Finished(entry, stub, problems, cleaned.changes, cleaned.kind, when.where)


def _content(
    cleaned: Cleaned, head: Head, title: str, summary: str, context: Context, *, is_stub: bool
) -> tuple[SafeHtml, list[evidence.Doubt]]:
    """Give the cleaned body, or what stands for one that is empty or has grown beyond all bounds; and tell of it."""
    most = _GROWTH * context.options.allow.max_body_bytes
    if _bytes_in_feed(cleaned.content) > most:
        told = over(most, f"bytes in the feed, {_GROWTH} times the limit", "max_body_bytes")
        empty = cleaned._replace(content=sanitise(""))
        content = stand_in(empty, head.url, title, summary, linked=True)
        return content, [("cut", f"the body has {told}; its summary stands for it")]
    if is_stub:
        content = stand_in(cleaned, head.url, title, summary, linked=context.options.stubs == "link")
        return content, [("stub", "no text of its own")]
    return cleaned.content, []


def _bytes_in_feed(content: str) -> int:
    """Count what content takes once its markup is escaped."""
    return len(content.encode()) + 4 * content.count("&") + 3 * (content.count("<") + content.count(">"))


def published_by(head: Head, document: Document, context: Context) -> datetime:
    """Say when a record that lost was published; of its body only the opening is looked at."""
    return _moment(_published(head, find_dateline(document.opening(head.body)), document, context).dated)


def _rules(document: Document, head: Head, context: Context) -> Rules:
    rule = rule_for(document, head.url, context)
    return Rules(rule.drop or (), rule.keep, rule.replace or ())


def _published(head: Head, dateline: Dateline | None, document: Document, context: Context) -> evidence.Weighed:
    if head.key.date is None:
        raise ValueError("a record without a date has no entry")
    where = head.evidence["date"]
    if where in evidence.NOT_THE_HEADER:
        return evidence.Weighed(head.key.date, where)
    rule = rule_for(document, head.url, context)
    hints = evidence.dateline_hints(rule, host(head.url), evidence.hints_for(rule, context.now))
    weighed = evidence.published(head.key.date, dateline, hints)
    return weighed if weighed.where == evidence.DATELINE else weighed._replace(where=where)


def _moment(dated: Dated | None) -> datetime:
    if dated is None:
        raise ValueError("a record without a date has no entry")
    return dated.value


def _updated(head: Head, context: Context) -> datetime:
    """Take the header's own word, else its date; an update that is still to come has not happened."""
    date = _moment(head.key.date)
    if head.updated is None or (head.updated.value > context.now and context.options.future == "hold"):
        return date
    return head.updated.value


def _byline(dateline: Dateline | None) -> tuple[str, ...]:
    return (dateline.byline,) if dateline and dateline.byline else ()


def _summary(head: Head, title: str, cleaned: Cleaned) -> str:
    """Take the header's own words, unless they are the title again; else the first sentences of the text."""
    stated = stated_summary(head.summary) if head.summary else ""
    return stated if stated and stated != title else summary_of(cleaned.content, title, cleaned.captions)


def _name_of(head: Head) -> str:
    """Name a record that has neither title nor text: by its address, else by its file."""
    if head.url:
        return head.url.partition("://")[2].rstrip("/")
    found = _FILE_NAME.fullmatch(head.source.name.rpartition("/")[2])
    name = found[1].strip() if found else ""
    return name.encode("utf-8", "replace").decode() or "untitled"
