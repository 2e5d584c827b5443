"""Show on a terminal what rules do to articles."""

from collections.abc import Iterator, Sequence
from typing import Final

from refeed.console import visible
from refeed.limits import truncate
from refeed.paths import without_secrets
from refeed.quantities import amount
from refeed.rules.toml_lines import rule_lines
from refeed.rules.trial import Effect, Trial

_LONGEST: Final = 100  # characters of a line
_MOST: Final = 12  # lines that went or came in one article


def trial_lines(trial: Trial) -> Iterator[str]:
    """Return what becomes of the article, of others of its source, and the lines for refeed.toml."""
    yield from _effect_lines(trial.own)
    yield ""
    looked_at = amount(trial.looked_at, "article")
    yield f"of {visible(trial.source)}: {trial.changed:,} of {looked_at} looked at would change"
    for effect in trial.others:
        yield ""
        yield from _effect_lines(effect)
    yield ""
    yield "for refeed.toml:"
    yield from rule_lines(trial.source, trial.rules)


def _effect_lines(effect: Effect) -> Iterator[str]:
    yield visible(f"{without_secrets(effect.path)}:{effect.line}  {effect.title}")
    if effect.before == effect.after:
        yield "  nothing changes here"
        return
    yield f"  before   {_size(effect.before)}"
    yield from _marked("−", effect.removed)
    yield f"  after    {_size(effect.after)}"
    yield from _marked("+", effect.added)


def _size(lines: Sequence[str]) -> str:
    return f"{amount(len(lines), 'line')}, {amount(sum(map(len, lines)), 'character')}"


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    yield from (f"    {mark} {visible(truncate(line, _LONGEST))}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"    … and {len(lines) - _MOST:,} more"
