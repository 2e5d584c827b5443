"""Try rules on one article and on others of its source: what is shown before and after."""

from collections import Counter
from typing import Any, Final, NamedTuple

from refeed.clean.types import BodyRules
from refeed.rules.sample import Sample, SampledArticle

_OTHERS: Final = 3


class Effect(NamedTuple):
    """What rules do to an article."""

    article: SampledArticle
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
        article = {"path": self.article.path, "line": self.article.line, "title": self.article.title}
        return {**article, "before": [*self.before], "after": [*self.after]}


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
    changed, others = 0, list[Effect]()
    for one in sample.articles:
        effect = _effect(rules, one)
        if effect.before != effect.after:
            changed += 1
            if len(others) < _OTHERS and (one.path, one.line) != (article.path, article.line):
                others.append(effect)
    return Trial(
        sample.source,
        article.body.rules.plus(rules),
        _effect(rules, article),
        len(sample.articles),
        changed,
        tuple(others),
    )


def _effect(rules: BodyRules, article: SampledArticle) -> Effect:
    before, after = (tuple(line.text for line in shown.lines) for shown in (article.shown(), article.shown(rules)))
    return Effect(article, before, after)


def _missing(lines: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines that are not among others, each as often as it is missing."""
    left, found = Counter(others), list[str]()
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            found.append(line)
    return tuple(found)
