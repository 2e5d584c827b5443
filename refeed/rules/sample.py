"""Choose the articles of a source that rules are found in and tried on: the newest ones, and not too many."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Final

from refeed.addresses.snapshots import publisher
from refeed.clean.types import Body, BodyRules
from refeed.model import Document, RecordMeta, SourceFile
from refeed.options import fits_source
from refeed.pipeline.chosen_records import ChosenRecord, ChosenRecords
from refeed.pipeline.entries.entry import body_of
from refeed.pipeline.guard import guarded, limit_time
from refeed.problems import Problem
from refeed.records.context import Context
from refeed.rules.shown_body import ShownBody, shown_body
from refeed.startup.named_tuple import NamedTuple

MOST: Final = 200
"""Articles of one source that are looked at."""

_MOST_READ: Final = 20_000  # articles among which those of a source are looked for
_MOST_CHARACTERS: Final = 2**25  # of all bodies together


class SampledArticle(NamedTuple):
    """An article of a source, and what cleaning is given of it."""

    path: str
    line: int
    title: str
    body: Body

    def shown(self, *more: BodyRules) -> ShownBody:
        """Return what is shown of it with more rules; nothing where refeed fails on it, or takes too long."""
        body = self.body._replace(rules=self.body.rules.plus(*more))
        with limit_time(body.limits.max_seconds):
            found = guarded(SourceFile(self.path, self.path), partial(shown_body, body), debug=False)
        return ShownBody((), (), frozenset()) if isinstance(found, Problem) else found


class Sample(NamedTuple):
    """The newest articles of a source."""

    source: str  # as the pattern of a [sources] table
    articles: tuple[SampledArticle, ...]

    @property
    def rules(self) -> BodyRules:
        """The rules that hold for the source already."""
        return self.articles[0].body.rules if self.articles else BodyRules()


def sample(source: str, records: ChosenRecords) -> Sample:
    """Return the newest articles that a pattern fits."""
    fitting = (one for one in _newest(records) if is_of(source, one))
    return Sample(source, tuple(_bounded(fitting, records)))


def samples(records: ChosenRecords) -> tuple[Sample, ...]:
    """Return the newest articles of every source, the source with most articles first."""
    found, counts = dict[str, list[SampledArticle]](), Counter[str]()
    room = _MOST_CHARACTERS
    for one in _newest(records):
        source = source_of(*one)
        counts[source] += 1
        if counts[source] <= MOST and room > 0:
            article = sampled(one, records.context)
            room -= len(article.body.text)
            found.setdefault(source, []).append(article)
    return tuple(Sample(source, tuple(found.get(source, ()))) for source, _ in counts.most_common())


def source_of(meta: RecordMeta, document: Document) -> str:
    """Return the pattern that fits the articles of an outlet: its host, else the folder of its files."""
    if host := _host(meta):
        return host.removeprefix("www.")
    folder, slash, _ = document.source.name.partition("/")
    return f"{folder}/" if slash else "*"


def article_in(path: str, records: ChosenRecords) -> tuple[str, SampledArticle] | None:
    """Return the first record of a file, whether or not it goes out, and its source."""
    found = records.first_in(path)
    return found and (source_of(*found), sampled(found, records.context))


def _newest(records: ChosenRecords) -> Iterator[ChosenRecord]:
    return islice(records.newest_first(), _MOST_READ)


def _host(meta: RecordMeta) -> str | None:
    return publisher(meta.own_url) if meta.own_url else None


def _bounded(found: Iterator[ChosenRecord], records: ChosenRecords) -> Iterator[SampledArticle]:
    room = _MOST_CHARACTERS
    for one in islice(found, MOST):
        article = sampled(one, records.context)
        room -= len(article.body.text)
        if room < 0:
            return
        yield article


def sampled(record: ChosenRecord, context: Context) -> SampledArticle:
    """Return an article as rules are tried on it."""
    meta, document = record
    return SampledArticle(meta.source.path, meta.key.line, meta.title, body_of(meta, document, context))


def is_of(source: str, record: ChosenRecord) -> bool:
    """Return whether a pattern fits an article."""
    return fits_source(source, record.document.source.name, _host(record.meta))
