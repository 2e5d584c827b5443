"""Try rules on one article and on others of its source: what is shown before and after."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from refeed.clean.types import BodyRules
from refeed.rules.sample import Sample, SampledArticle
from refeed.startup.named_tuple import NamedTuple

_OTHERS: Final = 3


class Effect(NamedTuple):
    """What rules do to an article."""

    path: str
    line: int
    title: str
    before: tuple[str, ...]  # the lines that are shown
    after: tuple[str, ...]

    @property
    def removed(self) -> tuple[str, ...]:
        """The lines that are gone or were changed."""
        return _missing(self.before, self.after)

    @property
    def added(self) -> tuple[str, ...]:
        """The lines that took their place."""
        return _missing(self.after, self.before)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        return {**self._asdict(), "before": [*self.before], "after": [*self.after]}


class Trial(NamedTuple):
    """What rules do to the articles of a source."""

    source: str
    rules: BodyRules  # all of the source, with those that are tried
    own: Effect  # on the article that they were written for
    looked_at: int  # articles
    changed: int
    others: tuple[Effect, ...]  # some of those that are changed

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        own, others = self.own.as_dict(), [one.as_dict() for one in self.others]
        return {**self._asdict(), "rules": self.rules._asdict(), "own": own, "others": others}


def try_rules(rules: BodyRules, article: SampledArticle, sample: Sample) -> Trial:
    """Clean an article, and those of a sample, without rules and with them."""
    effects = (effect_of(rules, one) for one in sample.articles)
    return trial_of(sample.source, article.body.rules.plus(rules), effect_of(rules, article), effects)


def effect_of(rules: BodyRules, article: SampledArticle) -> Effect:
    """Clean an article without rules and with them."""
    before, after = (tuple(line.text for line in shown.lines) for shown in (article.shown(), article.shown(rules)))
    return Effect(article.path, article.line, article.title, before, after)


def trial_of(source: str, rules: BodyRules, own: Effect, effects: Iterable[Effect]) -> Trial:
    """Put together what rules do to an article, and to those of its source, which may be one of them."""
    looked_at, changed, others = 0, 0, list[Effect]()
    for effect in effects:
        looked_at += 1
        if effect.before != effect.after:
            changed += 1
            if len(others) < _OTHERS and (effect.path, effect.line) != (own.path, own.line):
                others.append(effect)
    return Trial(source, rules, own, looked_at, changed, tuple(others))


def _missing(lines: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines that are not among others, each as often as it is missing."""
    left, found = Counter(others), list[str]()
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            found.append(line)
    return tuple(found)
