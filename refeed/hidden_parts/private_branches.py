"""Find the branches of conditions in a text that its site shows to some readers only."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_BRANCHES: Final = frozenset({"elif", "else", "elseif", "elsif", "when"})
_LOOPS: Final = frozenset({"for", "tablerow"})
_SETTING: Final = frozenset({"assign", "set"})
CONDITIONAL: Final = frozenset({"case", "if", "unless"}) | _BRANCHES | _LOOPS | _SETTING  # in Liquid
# In Handlebars and in Go's templates.
_FOR_SOME: Final = late_pattern(
    r"[ ](?:not[ ]+)?(?:@(?:member|paid)(?:\.\w{1,20})?|visibility=[\"']?(?:members|paid|tiers)[\"']?|"
    r"(?:\$?\.|site\.|page\.|post\.)?(?:Params\.|Page\.|Site\.Params\.)?"
    r"(?:drafts?|is_?draft|preview|private|members?_?only))[ ]*-?",
    re.IGNORECASE,
)
_LONGEST: Final = 200  # characters of what a `case` is about
_OR: Final = late_pattern(r",|(?<=\s)or(?=\s)")


class PrivateMark(NamedTuple):
    """Where a private part begins or ends."""

    start: int
    end: int
    written: str
    name: str
    is_end: bool
    needs_end: bool  # it begins nothing that nothing ends; a bracket may stand in a line of its own, too
    is_bracket: bool = False
    opens: bool = True  # whether what it begins is private; what is not may stand in what is
    language: str = ""  # of what may have branches
    says: str = ""  # what a condition asks


class _Condition:
    """A condition that is open: the part of it that is read now, and what is known of those before."""

    def __init__(self, mark: PrivateMark, name: str, variables: tuple[str, ...], value: bool | None) -> None:
        self.mark = mark
        self.name = name  # its own, of all the marks of it
        self.variables = variables
        self.is_private = value is False
        self.is_met = value is True  # a branch is shown to all, so that no later one is


def by_branches(marks: list[PrivateMark]) -> Iterator[PrivateMark]:
    """Yield marks; of each condition those where a private branch begins or ends, by a name of its own."""
    opened: dict[bool, list[_Condition]] = defaultdict(list)  # of Liquid, and of templates in double braces
    unended, given = Counter[str](), Counter[str]()  # kinds of conditions; variables that stand for no reader
    for number, mark in enumerate(marks):
        conditions = opened[mark.language == "liquid"]
        if not mark.language:
            yield mark
        elif mark.is_end:
            if unended[_kind(mark)]:
                yield from _ended(mark, conditions, unended, given)
        elif mark.name in _BRANCHES:
            if conditions:
                yield from _next_branch(mark, conditions[-1], given)
        elif mark.name in _SETTING:
            given.update(_variables(mark, "=", given))
        else:
            value = _value(mark, given)
            variables = _variables(mark, " in ", given) if mark.name in _LOOPS else ()
            given.update(variables)
            unended[_kind(mark)] += 1
            conditions.append(_Condition(mark, f"{mark.name} {number}", variables, value))
            if value is False:
                yield mark._replace(name=conditions[-1].name, opens=True)


def _kind(mark: PrivateMark) -> str:
    """Return what the beginning and the end of a condition have in common: in Go's templates one word ends all."""
    return "go" if mark.language == "go" else f"{mark.language} {mark.name}"


def _ended(
    mark: PrivateMark, conditions: list[_Condition], unended: Counter[str], given: Counter[str]
) -> Iterator[PrivateMark]:
    """Yield the end of a condition, and of those in it that nothing ends."""
    kind = ""
    while kind != _kind(mark):
        condition = conditions.pop()
        kind = _kind(condition.mark)
        unended[kind] -= 1
        for variable in condition.variables:
            given[variable] -= 1
            if not given[variable]:
                del given[variable]
        yield mark._replace(name=condition.name)


def _next_branch(mark: PrivateMark, condition: _Condition, given: Counter[str]) -> Iterator[PrivateMark]:
    value = _value_of_branch(mark, condition, given)
    is_private = condition.is_met or value is False
    if is_private != condition.is_private:
        yield mark._replace(name=condition.name, opens=is_private, is_end=not is_private)
    condition.is_private = is_private
    condition.is_met = condition.is_met or value is True


def _value_of_branch(mark: PrivateMark, condition: _Condition, given: Counter[str]) -> bool | None:
    from refeed.hidden_parts.conditions import holds  # few texts have conditions

    if mark.name == "when":
        subject = condition.mark.says if len(condition.mark.says) <= _LONGEST else ""  # each branch asks for it
        values = [holds(f"{subject} == {value}", given) for value in _OR.split(mark.says)]
        return True if True in values else None if None in values else False
    if mark.name == "else" and not mark.says.startswith("if "):
        return None
    says = mark.says.removeprefix("if ") if mark.name == "else" else mark.says
    return _value(mark._replace(name="if", says=says, language=condition.mark.language), given)


def _value(mark: PrivateMark, given: Counter[str]) -> bool | None:
    """Return whether a condition holds for all readers, None where that is not known."""
    if mark.name not in {"has", "if", "unless"}:
        return None
    if mark.language == "liquid":
        from refeed.hidden_parts.conditions import holds

        value = holds(mark.says, given)
    else:
        value = False if _FOR_SOME.fullmatch(f" {mark.says}") else None
    return value if mark.name != "unless" or value is None else not value


def _variables(mark: PrivateMark, sign: str, given: Counter[str]) -> tuple[str, ...]:
    """Return the variables that a mark sets to anything but the reader."""
    from refeed.hidden_parts.conditions import is_reader

    names, _, value = mark.says.lower().partition(sign)
    return () if is_reader(value, given) else tuple(name.strip() for name in names.split(","))
