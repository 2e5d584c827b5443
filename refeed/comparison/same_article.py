"""Find entries that are one article under two ids: by their link, or by their title, day and text."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from refeed.comparison.changes import Kind
from refeed.comparison.fields import visible_text
from refeed.comparison.published import PublishedEntry, PublishedFeed
from refeed.records.identity import identity_url, names_an_article
from refeed.startup.named_tuple import NamedTuple

_TELLING: Final = 80  # characters of a text that two articles of a day hardly share


class Twin(NamedTuple):
    """The other entry for the same article."""

    entry: PublishedEntry
    kind: Kind  # MOVED: it is not there any more; REPEATED: it still is
    reason: str


def twins(old: PublishedFeed, new: PublishedFeed) -> dict[str, Twin]:
    """Return what the entries of the new feed are whose ids the old one lacks, by their ids."""
    before, after = ({entry.id for entry in feed.entries} for feed in (old, new))
    added = [entry for entry in new.entries if entry.id not in before]
    missing = [entry for entry in old.entries if entry.id not in after]
    if not added:
        return {}
    found = dict(_by_link(added, missing, old, new))
    found |= _by_text(added, missing, found)
    found |= _by_text(added, missing, found, retitled=True)
    return found | dict(_repeated(new.entries, {entry.id for entry in added} - found.keys()))


def _by_link(
    added: Iterable[PublishedEntry], missing: Iterable[PublishedEntry], old: PublishedFeed, new: PublishedFeed
) -> Iterator[tuple[str, Twin]]:
    """Pair entries by links that only one entry of each feed has: some feeds give all of them one."""
    was, is_ = (Counter(filter(None, map(_page, feed.entries))) for feed in (old, new))
    by_page = {page: entry for entry in missing if was[page := _page(entry)] == 1}
    for entry in added:
        page = _page(entry)
        if page in by_page and is_[page] == 1:
            yield entry.id, Twin(by_page[page], Kind.MOVED, "same link")


def _by_text(
    added: Iterable[PublishedEntry],
    missing: Iterable[PublishedEntry],
    found: Mapping[str, Twin],
    *,
    retitled: bool = False,
) -> dict[str, Twin]:
    """Pair what is not yet found by what it says; with `retitled` by its day and a text that is long enough."""
    taken = {twin.entry.id for twin in found.values()}
    by_text = defaultdict[tuple[str, ...], list[PublishedEntry]](list)
    for entry in missing:
        if entry.id not in taken:
            by_text[_text(entry, retitled=retitled)].append(entry)
    by_text.pop((), None)
    reason = "same day and text" if retitled else "same title, day and text"
    pairs = {}
    for entry in added:
        if entry.id not in found and (same := by_text.get(_text(entry, retitled=retitled))):
            pairs[entry.id] = Twin(same.pop(0), Kind.MOVED, reason)
    return pairs


def _repeated(entries: Iterable[PublishedEntry], ids: set[str]) -> Iterator[tuple[str, Twin]]:
    """Find those with these ids that say what another entry beside them says; of two new ones the later one repeats."""
    first = dict[tuple[str, ...], PublishedEntry]()
    for entry in sorted(entries, key=lambda entry: entry.id in ids):
        text = _text(entry)
        same = first.setdefault(text, entry)
        if text and entry.id in ids and same.id != entry.id:
            yield entry.id, Twin(same, Kind.REPEATED, "same title, day and text")


def _page(entry: PublishedEntry) -> str:
    """Return the address of an article, however it is spelt; "" for that of a site."""
    page = identity_url(entry.link) if entry.link else ""
    return page if page and names_an_article(page) else ""


def _text(entry: PublishedEntry, *, retitled: bool = False) -> tuple[str, ...]:
    """Return what two entries of one article share; nothing if an entry says too little."""
    text = visible_text(entry.content) or visible_text(entry.summary)
    if not (text and entry.title and entry.published) or (retitled and len(text) < _TELLING):
        return ()
    day = entry.published.date().isoformat()
    return (day, text) if retitled else (visible_text(entry.title), day, text)
