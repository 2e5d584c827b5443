"""From a selected record to its Entry: decode the body, weigh its dateline, clean it, fill in what the header lacks."""

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Final, NamedTuple

from refeed import evidence
from refeed.clean.body import Body, Change, Cleaned, clean_body
from refeed.clean.html import sanitise
from refeed.clean.language import detect_language
from refeed.clean.text import summarise
from refeed.clean.underscores import restore_underscores
from refeed.dateline import Dateline, find_dateline
from refeed.model import Dated, Document, Entry, Head, SafeHtml
from refeed.normalise import Context, rule_for
from refeed.problems import Problem
from refeed.urls import host

_OPENING: Final = 4_000  # characters in which a dateline may stand
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


def finish(head: Head, document: Document, context: Context, *, earlier: Sequence[datetime] = ()) -> Finished:
    """Make the entry of a dated record; `earlier` are the days on which other records of it say it was published."""
    text = document.text(head.body)
    dateline = find_dateline(text[:_OPENING])
    when = _published(head, dateline, document, context)
    cleaned = clean_body(Body(text, head.markdown, head.title, head.url, dateline, head.images))
    doubts = [*when.doubts, *cleaned.problems]
    title = restore_underscores(head.title, cleaned.text) or summarise(cleaned.text, _TITLE_WORDS) or _name_of(head)
    if not head.title:
        doubts.append(("no-title", f"no title; shown as {title[:60]!r}"))
    if not cleaned.content:
        doubts.append(("stub", "no text of its own"))
    published = min([_moment(when.dated), *earlier])
    entry = Entry(
        id=head.id,
        title=title,
        updated=max(_updated(head, context), published),
        published=published,
        url=head.url,
        authors=head.authors or _byline(dateline),
        categories=head.categories,
        summary=head.summary or summarise(cleaned.text),
        content=_content(head, title, cleaned, context),
        language=head.language or detect_language(cleaned.text),
        image=cleaned.image,
        outlet=head.outlet,
    )
    problems = tuple(Problem(code, head.source.path, head.key.line, message) for code, message in doubts)
    return Finished(entry, not cleaned.content, problems, cleaned.changes, cleaned.kind, when.where)


def published_by(head: Head, document: Document, context: Context) -> datetime:
    """Say when a record that lost was published; of its body only the opening is looked at."""
    opening = document.text(head.body)[:_OPENING]
    return _moment(_published(head, find_dateline(opening), document, context).dated)


def _published(head: Head, dateline: Dateline | None, document: Document, context: Context) -> evidence.Weighed:
    if head.key.date is None:
        raise ValueError("a record without a date has no entry")
    where = head.evidence["date"]
    if where in _NOT_THE_HEADER:
        return evidence.Weighed(head.key.date, where)
    rule = rule_for(document, head.url, context)
    hints = evidence.dateline_hints(rule, host(head.url), evidence.hints_for(rule, context.now))
    weighed = evidence.published(head.key.date, dateline, hints)
    return weighed if weighed.where == "dateline" else weighed._replace(where=where)


_NOT_THE_HEADER: Final = frozenset({"URL", "dateline", "file name", "file time", "none"})


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


def _content(head: Head, title: str, cleaned: Cleaned, context: Context) -> SafeHtml:
    """Give the clean body; a stub becomes its summary or a link to the article, never nothing (RFC 4287, 4.1.3)."""
    if cleaned.content:
        return cleaned.content
    paragraphs = [f"<p>{escape(head.summary)}</p>"] if head.summary else []
    if head.url and (context.options.stubs == "link" or not paragraphs):
        paragraphs.append(f'<p><a href="{escape(head.url)}">{escape(title)}</a></p>')
    return sanitise("".join(paragraphs) or f"<p>{escape(title)}</p>")


def _name_of(head: Head) -> str:
    """Name a record that has neither title nor text: by its address, else by its file."""
    if head.url:
        return head.url.partition("://")[2].rstrip("/")
    found = _FILE_NAME.fullmatch(head.source.name.rpartition("/")[2])
    name = found[1].strip() if found else ""
    return name.encode("utf-8", "replace").decode() or "untitled"
