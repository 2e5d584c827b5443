"""Find articles that an archive holds in several forms: a post, the page that was built of it, its entry in a feed.

They have one title, one name and one date, and the forms are different ones. Two texts of one author are never taken
for each other, nor two pages, nor two articles that state addresses: where any two forms of a kind lie near each other,
as in a column whose posts have one title, nobody can tell which belong together, and all go out. Nor is one article
among several of a host taken for a text that is of no known one: a feed of somebody else has a `Happy New Year`, too.
What is not published withdraws its other forms, here even one of several of a host: privacy goes first.
Pure: no file.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, combinations, pairwise
from math import inf
from typing import Final

from refeed.records.forms import ADDRESSED, PAGE, host_in, key_of, kind_of
from refeed.records.identity import page_of
from refeed.records.selection.fold import Rank, RecordId
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.languages import language_tag

_DAY: Final = 86_400
_MINUTE: Final = 60
# How far the clocks of two zones are apart at most, and by what the offsets of zones differ.
_BEHIND_UTC: Final = 12 * 3600
_AHEAD_OF_UTC: Final = 14 * 3600
_STEP: Final = 15
_CODE: Final = late_pattern(r"[A-Za-z]{0,3}(?:[-_].*)?")
_SEVERAL: Final = 3  # articles of a host, of which one alone may have title, name and date of another by chance

OneRecord = tuple[bytes, Rank]
"""An article: its identity, and the rank of the record that it is made of."""


class OtherForm(NamedTuple):
    """An article that is another one in another form, or another form of what is not published."""

    identity: bytes
    record: RecordId
    winner: bytes  # the identity of the article that goes out, or is withheld
    winning: RecordId
    has_address: bool
    host: int  # a mark of it, where the article that goes out says none and has no address; else 0
    is_withdrawn: bool = False  # the other one is not published


def other_forms(
    articles: Callable[[], Iterator[OneRecord]], path_of: Callable[[int], str], withheld: Sequence[OneRecord] = ()
) -> list[OtherForm]:
    """Return the articles that are others in other forms; `articles` yields all of them, and is called twice.

    `withheld` are those that are not published.
    """
    keys = array("Q", sorted(filter(None, (_key_of(rank) for _, rank in chain(withheld, articles())))))
    groups = {one: list[OneRecord]() for one, other in pairwise(keys) if one == other}
    if not groups:
        return []
    of_hosts = Counter[int]()
    for identity, rank in articles():
        of_hosts[host_in(rank.form)] += 1
        group = groups.get(_key_of(rank))
        if group is not None:
            group.append((identity, rank))
    withdrawn = _withdrawn(groups, withheld, path_of)
    divided = (near for group in groups.values() for near in _near_each_other(_by_language(group, path_of)))
    found = [one for near in divided if _are_one(near, path_of) for one in _others(near)]
    found_of_hosts = Counter(one.host for one in found)
    by_chance = {host for host, number in found_of_hosts.items() if host and number == 1 and of_hosts[host] >= _SEVERAL}
    found = [one for one in found if one.host not in by_chance]
    return sorted(chain(withdrawn, found), key=lambda one: one.record)


def _withdrawn(
    groups: dict[int, list[OneRecord]], withheld: Sequence[OneRecord], path_of: Callable[[int], str]
) -> list[OtherForm]:
    """Return the other forms of what is not published, and take them out of the groups."""
    hidden = dict[int, list[OneRecord]]()
    for one in withheld:
        if (key := _key_of(one[1])) in groups:
            hidden.setdefault(key, []).append(one)
    found = list[OtherForm]()
    for key, unpublished in hidden.items():
        together = _near_each_other(_by_language([*unpublished, *groups[key]], path_of))
        forms = [form for near in together if _are_one(near, path_of) for form in _forms_of_withheld(near, unpublished)]
        records = {form.record for form in forms}
        groups[key] = [one for one in groups[key] if one[1].record not in records]
        found += forms
    return found


def _forms_of_withheld(near: Sequence[OneRecord], unpublished: Sequence[OneRecord]) -> Iterator[OtherForm]:
    """Yield those forms of one article that one which is not published withdraws."""
    records = {rank.record for _, rank in unpublished}
    hidden = [one for one in near if one[1].record in records]
    for identity, rank in near:
        if rank.record not in records and not any(_is_newer(rank, other) for _, other in hidden):
            for winner, other in hidden:
                if not rank.form & other.form & ADDRESSED:
                    has_address = bool(rank.form & ADDRESSED)
                    yield OtherForm(identity, rank.record, winner, other.record, has_address, 0, is_withdrawn=True)
                    break


def _is_newer(rank: Rank, withheld: Rank) -> bool:
    """Return whether a form states an update after what is withheld: their dates are one, and say nothing of it."""
    is_later = rank.newest > max(rank.date, withheld.newest)
    return is_later and not _is_same_date(rank.newest, withheld.newest)


def _key_of(rank: Rank) -> int:
    """Return what the forms of an article have in common; 0: it is not known, or a date is not."""
    return key_of(rank.marks, rank.form) if rank.date > -inf else 0


def _by_language(group: list[OneRecord], path_of: Callable[[int], str]) -> Iterable[list[OneRecord]]:
    """Divide articles by the languages that their paths say: a translation may keep the title."""
    languages = dict[str, list[OneRecord]]()
    for one in group:
        _, language = page_of(path_of(one[1].record.file))
        languages.setdefault(language.lower(), []).append(one)
    return languages.values()


def _near_each_other(groups: Iterable[list[OneRecord]]) -> Iterator[Sequence[OneRecord]]:
    """Divide articles where their dates lie further apart than zones make them; single ones are left out."""
    near = list[list[OneRecord]]()
    for group in groups:
        last = -inf
        for one in sorted(_by_first_date(group), key=lambda one: one[1].date):
            if one[1].date - last >= _DAY + _BEHIND_UTC:
                near.append([])
            near[-1].append(one)
            last = one[1].date
    return (one for one in near if len(one) > 1)


def _by_first_date(group: list[OneRecord]) -> list[OneRecord]:
    """Return articles with the date of their text where a page or a list dates them by its update: some have no other.

    The two say the same time, to the second; days alone may be the same by chance.
    """
    texts = [rank for _, rank in group if kind_of(rank.form) < PAGE]
    updated = Counter(rank.newest for rank in texts if rank.newest > rank.date and rank.newest % _DAY)
    first = {rank.newest: rank.date for rank in texts if updated[rank.newest] == 1}

    def is_first(rank: Rank) -> bool:
        return kind_of(rank.form) < PAGE or any(_is_same_date(rank.date, text.date) for text in texts)

    return [
        (identity, rank if is_first(rank) else rank._replace(date=first.get(rank.date, rank.date)))
        for identity, rank in group
    ]


def _are_one(near: Sequence[OneRecord], path_of: Callable[[int], str]) -> bool:
    """Return whether these can only be forms of one article: no two of a kind, on no two hosts, of one date.

    Nor are they in folders that are called by different languages: `english/tide.md`, `deutsch/tide.html`.
    """
    ranks = [rank for _, rank in near]
    return (
        len({kind_of(rank.form) for rank in ranks}) == len(ranks)
        and len({host_in(rank.form) for rank in ranks} - {0}) < 2
        and all(_is_same_date(one.date, other.date) for one, other in combinations(ranks, 2))
        and len({_language_by_name(path_of(rank.record.file)) for rank in ranks} - {""}) < 2
    )


def _language_by_name(path: str) -> str:
    """Return the language that the innermost folder of such a name says, or "": codes are told by `page_of`."""
    names = (part for part in reversed(path.split("/")[:-1]) if not _CODE.fullmatch(part))
    return next((tag for name in names if (tag := language_tag(name))), "")


def _others(near: Sequence[OneRecord]) -> Iterator[OtherForm]:
    """Yield the forms of one article but the first; what states another address stays an article."""
    (winner, first), *others = sorted(near, key=lambda one: kind_of(one[1].form))
    for identity, rank in others:
        if not first.form & rank.form & ADDRESSED:
            host = 0 if first.form & ADDRESSED or host_in(first.form) else host_in(rank.form)
            yield OtherForm(identity, rank.record, winner, first.record, bool(rank.form & ADDRESSED), host)


def _is_same_date(one: float, other: float) -> bool:
    """Return whether two dates, in seconds since 1970, are one: as written in two zones, or of which one says a day."""
    says_time, other_says_time = one % _DAY > 0, other % _DAY > 0
    if says_time and other_says_time:
        apart = abs(other // _MINUTE - one // _MINUTE)
        return apart <= _AHEAD_OF_UTC // _MINUTE and apart % _STEP == 0
    if not (says_time or other_says_time):
        return one == other
    day, time = (other, one) if says_time else (one, other)
    return -_AHEAD_OF_UTC <= time - day < _DAY + _BEHIND_UTC
