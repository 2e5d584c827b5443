"""Choose the articles of a source that rules are found in and tried on: the newest ones, and not too many."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from refeed.clean.types import Body, BodyRules
from refeed.model import Document, RecordMeta
from refeed.options import fits_source
from refeed.pipeline.chosen_records import ChosenRecord, ChosenRecords
from refeed.pipeline.entry import body_of
from refeed.urls import host_of

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
    fitting = (one for one in _newest(records) if fits_source(source, one.document.source.name, _host(one.meta)))
    return Sample(source, tuple(_bounded(fitting, records)))


def samples(records: ChosenRecords) -> tuple[Sample, ...]:
    """Return the newest articles of every source, the source with most articles first."""
    found, counts = dict[str, list[SampledArticle]](), Counter[str]()
    room = _MOST_CHARACTERS
    for meta, document in _newest(records):
        source = source_of(meta, document)
        counts[source] += 1
        if counts[source] <= MOST and room > 0:
            article = _article(meta, document, records)
            room -= len(article.body.text)
            found.setdefault(source, []).append(article)
    return tuple(Sample(source, tuple(found.get(source, ()))) for source, _ in counts.most_common())


def source_of(meta: RecordMeta, document: Document) -> str:
    """Return the pattern that fits the articles of an outlet: its host, else the folder of its files."""
    if host := _host(meta):
        return host.removeprefix("www.")
    folder, slash, _ = document.source.name.partition("/")
    return f"{folder}/" if slash else "*"


def _newest(records: ChosenRecords) -> Iterator[ChosenRecord]:
    return islice(records.newest_first(), _MOST_READ)


def _host(meta: RecordMeta) -> str | None:
    return host_of(meta.own_url) if meta.own_url else None


def _bounded(found: Iterator[ChosenRecord], records: ChosenRecords) -> Iterator[SampledArticle]:
    room = _MOST_CHARACTERS
    for meta, document in islice(found, MOST):
        article = _article(meta, document, records)
        room -= len(article.body.text)
        if room < 0:
            return
        yield article


def _article(meta: RecordMeta, document: Document, records: ChosenRecords) -> SampledArticle:
    return SampledArticle(meta.source.path, meta.key.line, meta.title, body_of(meta, document, records.context))
