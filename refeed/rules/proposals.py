"""Propose rules that remove what recurs in the articles of a source, and nothing else."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from refeed.clean.types import BodyRules
from refeed.clean.user_rules import rule_names
from refeed.html.tree import squeeze
from refeed.rules.candidates import Seen, recurring_boxes, recurring_sentences, single_texts
from refeed.rules.recurring import needed, recurring_lines
from refeed.rules.sample import Sample, SampledArticle
from refeed.rules.shown_body import ShownBody
from refeed.startup.named_tuple import NamedTuple

FEWEST: Final = needed(0)
"""Articles of a source below which nothing is proposed."""

_MOST_EMPTY: Final = 0.1  # of the articles that rules change, those of which they may leave nothing


class Proposal(NamedTuple):
    """A rule, and what it does to the sampled articles."""

    kind: str  # "drop" or "replace"
    value: str  # a selector, or the text that is replaced by nothing
    example: str  # what it takes away
    articles: int = 0  # that it changes

    @property
    def rules(self) -> BodyRules:
        """The rule as cleaning takes it."""
        return BodyRules(drop=(self.value,)) if self.kind == "drop" else BodyRules(replace=((self.value, ""),))

    @property
    def name(self) -> str:
        """The rule as messages name it."""
        return rule_names(self.rules)[0]


def proposals(sample: Sample) -> tuple[Proposal, ...]:
    """Return the rules for a source, those that change most articles first."""
    articles = sample.articles
    if len(articles) < FEWEST:
        return ()
    bodies = tuple(article.shown() for article in articles)
    seen = Seen(bodies, recurring_lines(bodies))
    boxes = recurring_boxes(seen)
    made = [Proposal("drop", one.css, one.example) for one in boxes]
    sentences = recurring_sentences(seen)
    made += [Proposal("replace", text, text) for text in (*single_texts(seen, boxes), *sentences)]
    return tuple(sorted(_sound(made, articles, seen, sentences), key=lambda one: (-one.articles, one.kind, one.value)))


def _sound(
    made: Sequence[Proposal], articles: Sequence[SampledArticle], seen: Seen, sentences: Sequence[str]
) -> Iterator[Proposal]:
    """Try all rules on all articles, and yield those that do something, and harm none."""
    counts, harmful, empty = Counter[str](), set[str](), 0
    for article, shown, found in zip(articles, *seen, strict=True):
        tried = article.shown(*(one.rules for one in made))
        counts.update(tried.rules_used)
        empty += bool(shown.lines and not tried.lines)
        own = [line.text for number, line in enumerate(shown.lines) if number not in found]
        if not _holds(tried, own, sentences):
            harmful.update(one.name for one in made if not _holds(article.shown(one.rules), own, sentences))
    if empty > _MOST_EMPTY * max(counts.values(), default=0):
        return
    for one in made:
        if counts[one.name] >= needed(len(articles)) and one.name not in harmful:
            yield one._replace(articles=counts[one.name])


def _holds(shown: ShownBody, texts: Sequence[str], sentences: Sequence[str]) -> bool:
    """Return whether a body still shows these texts one after the other, whether or not sentences in them are left."""
    whole, position = _without("".join(line.text for line in shown.lines), sentences), 0
    for text in texts:
        wanted = _without(text, sentences)
        position = whole.find(wanted, position)
        if position < 0:
            return False
        position += len(wanted)
    return True


def _without(text: str, sentences: Sequence[str]) -> str:
    text = squeeze(text)
    for sentence in sentences:
        text = text.replace(squeeze(sentence), "")
    return text
