"""Show the lines of an article to point at, and what a rule does to it and to others of its source."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from refeed.limits import truncate
from refeed.pages.rendering import ShownEntry, Visit
from refeed.rules.offered import Offer, OfferedArticle
from refeed.rules.toml_lines import rule_lines
from refeed.rules.trial import Effect, Trial
from refeed.serve.published import Published
from refeed.serve.views.pages import page
from refeed.startup.named_tuple import NamedTuple

_ENDS: Final = 100  # lines at the beginning and at the end that can be pointed at
_LONGEST: Final = 200  # characters of a line
_COMPARED: Final = 400  # lines of an article before and after
_MOST_ROWS: Final = 40  # of them, those that are shown
_AROUND: Final = 1  # unchanged lines beside one that changes


class AskedRule(NamedTuple):
    """What a visitor points at or has typed."""

    line: int | None
    rule: str
    is_ours: bool  # it was asked for on a page of this server

    def at(self, offered: OfferedArticle) -> "AskedRule":
        """Return what is asked, with the likeliest rule for the line where no rule is."""
        best = next((offer.rule for offer in self.offers(offered)), "")
        return self._replace(rule=self.rule or best)

    def offers(self, offered: OfferedArticle) -> tuple[Offer, ...]:
        """Return the rules for the line."""
        return next((line.offers for line in offered.lines if line.number == self.line), ())


class Row(NamedTuple):
    """A line of an article before or after, or how many are left out."""

    kind: str  # "same", "gone", "new", "more"
    text: str


class Shown(NamedTuple):
    """What a rule does to an article, as a page shows it."""

    effect: Effect
    rows: tuple[Row, ...]


def render_rules(
    entry: ShownEntry,
    offered: OfferedArticle,
    asked: AskedRule,
    trial: Trial | None,
    *,
    published: Published,
    visit: Visit,
    fault: str,
    token: str,
) -> bytes:
    """Show the page."""
    lines = [line._replace(text=truncate(line.text, _LONGEST)) for line in offered.lines]
    return page(
        "rules.html",
        published,
        visit,
        shown=entry,
        source=offered.source,
        asked=asked,
        offers=asked.offers(offered),
        trial=trial,
        effects=[Shown(one, tuple(_rows(one))) for one in (trial.own, *trial.others)] if trial else [],
        toml="\n".join(rule_lines(trial.source, trial.rules)) if trial else "",
        fault=fault,
        token=token,
        lines=lines if len(lines) <= 2 * _ENDS else [*lines[:_ENDS], None, *lines[-_ENDS:]],
        left_out=len(lines) - 2 * _ENDS,
    )


def _rows(effect: Effect) -> Iterator[Row]:
    """Yield the lines that went and came, each with what is beside it."""
    before, after = effect.before[:_COMPARED], effect.after[:_COMPARED]
    rows = [*_compared(before, after)]
    near = {place + step for place, row in enumerate(rows) if row.kind != "same" for step in range(-_AROUND, 2)}
    left_out = shown = 0
    for place, row in enumerate(rows):
        if place not in near or shown == _MOST_ROWS:
            left_out += 1
            continue
        if left_out:
            yield _more(left_out)
        left_out = 0
        shown += 1
        yield row._replace(text=truncate(row.text, _LONGEST))
    if left_out:
        yield _more(left_out)


def _more(count: int) -> Row:
    return Row("more", f"{count:,} more line{'' if count == 1 else 's'}")


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield from (Row("same" if kind == "equal" else "gone", text) for text in before[start:end])
        if kind != "equal":
            yield from (Row("new", text) for text in after[new_start:new_end])
