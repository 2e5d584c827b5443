"""Read the feeds of public test suites with refeed and with feedparser, and tell every entry that they read otherwise.

Files that both read are compared twice: whether they have the same entries at all (in any order, each by its id or
address, its title and its date), and whether each entry has the same address, id, title, date and words of its body, in
the same order. Every difference has to stand in tests/formats/feed_differences.toml, with the reason; one that does
not ends the run with status 1. A file that makes refeed fail ends it at once.

python bench/feeds.py FOLDER...    each folder holds suites, or is one: its name and the path in it name a feed
"""

import argparse
import re
import sys
import tomllib
import warnings
from calendar import timegm
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any, Final, NamedTuple

import feedparser

from refeed.dates import NotADate, parse_date
from refeed.formats.feed import parse, sniff
from refeed.input.declared_encoding import declared_encoding
from refeed.input.encoding import decode
from refeed.input.read import read
from refeed.limits import DEFAULT_LIMITS
from refeed.model import RawRecord, SourceFile, Statement
from refeed.problems import Problem
from refeed.text.plain import legal, plain

ENDINGS: Final = frozenset({".atom", ".json", ".rdf", ".rss", ".xml"})
TABLE: Final = Path(__file__).parent.parent / "tests" / "formats" / "feed_differences.toml"


class Said(NamedTuple):
    """What an entry says of itself."""

    link: str
    id: str
    title: str
    date: int | None  # Unix time
    body: str  # its words alone


def by_refeed(path: Path) -> list[Said] | None:
    """Return the entries of a file; None if it is no feed to refeed."""
    document = read(SourceFile(str(path), path.name), DEFAULT_LIMITS)
    if isinstance(document, Problem):
        return None
    decoded = decode(document, declared_encoding(document.data)).document
    if decoded is None or not sniff(decoded):
        return None
    return [
        Said(first(one.links), first(one.ids), plain(first(one.titles)), date(one), words(legal(str(one.body))))
        for one in parse(decoded)
        if isinstance(one, RawRecord)
    ]


def by_feedparser(path: Path) -> list[Said]:
    """Return the entries of a file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = feedparser.parse(path.read_bytes(), sanitize_html=False)
        return [entry_of_feedparser(one) for one in found.entries]


def entry_of_feedparser(entry: Any) -> Said:
    """Return what feedparser says of an entry."""
    stated = next(filter(None, (entry.get(name + "_parsed") for name in ("published", "updated", "created"))), None)
    contents = [one for one in (*entry.get("content", ()), entry.get("summary_detail")) if one and one.get("value")]
    return Said(
        entry.get("feedburner_origlink", entry.get("link", "")),
        entry.get("id", ""),
        " ".join(text_of(entry.get("title_detail") or {}).split()),
        timegm(stated) if stated else None,
        words(contents[0]["value"], is_text=contents[0].get("type") == "text/plain") if contents else "",
    )


def text_of(detail: Mapping[str, str]) -> str:
    """Return a title without markup."""
    text = detail.get("value", "")
    return text if detail.get("type") == "text/plain" else unescape(re.sub(r"<[^<>]*>", "", text))


def words(body: str, *, is_text: bool = False) -> str:
    """Return the letters of a text and nothing else: the two part lines and elements in other ways."""
    text = body if is_text else re.sub(r"<!--.*?-->|<[^<>]*>", "", body, flags=re.DOTALL)
    return re.sub(r"\s+", "", unescape(text))


def first(statements: tuple[Statement, ...]) -> str:
    """Return the strongest statement."""
    return statements[0].text if statements else ""


def date(record: RawRecord) -> int | None:
    """Return the first date that can be read."""
    for one in (*record.dates, *record.updates):
        read_as = parse_date(one.text)
        if not isinstance(read_as, NotADate):
            return int(read_as.value.timestamp())
    return None


def differences(ours: Iterable[Said], theirs: Iterable[Said]) -> Iterator[str]:
    """Yield the name of each statement that differs, and what the two make of it."""
    mine, others = list(ours), list(theirs)
    if len(mine) != len(others):
        yield f"count: {len(mine)} but {len(others)}"
        return
    for number, (one, other) in enumerate(zip(mine, others, strict=True)):
        for name in Said._fields:
            if getattr(one, name) != getattr(other, name):
                yield f"{name} {number}: {getattr(one, name)!r} but {getattr(other, name)!r}"


def are_same_entries(ours: Iterable[Said], theirs: Iterable[Said]) -> bool:
    """Return whether both read the same entries in any order, whatever their bodies are."""
    mine, others = (Counter((one.id or one.link, one.title, one.date) for one in read) for read in (ours, theirs))
    return mine == others


def listed_kinds(table: Path) -> dict[str, str]:
    """Return the kind of each listed file."""
    kinds = tomllib.loads(table.read_text(encoding="utf-8"))["kind"]
    return {file: kind["name"] for kind in kinds for file in kind["files"]}


def files_in(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield each file that may be a feed, and its name: the folder's and the path in it."""
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file()):
            yield path.relative_to(folder).as_posix(), path


def main() -> int:
    """Print every difference that is not listed, how often each kind occurs, and the shares."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("folders", nargs="+", type=Path)
    listed = listed_kinds(TABLE)
    counts, kinds, unlisted = Counter[str](), Counter[str](), 0
    for name, path in files_in(arguments.parse_args().folders):
        ours, theirs = by_refeed(path), by_feedparser(path)
        counts["files"] += 1
        if not ours or not theirs:
            counts["read by refeed alone" if ours else "read by feedparser alone" if theirs else "without entries"] += 1
            if not theirs or ours is None:
                continue
        else:
            counts["read by both"] += 1
            counts["the same entries"] += are_same_entries(ours, theirs)
        unlike = list(differences(ours or (), theirs))
        if not unlike:
            counts["equal"] += 1
        elif kind := listed.get(name):
            kinds[kind] += 1
        else:
            unlisted += 1
            print(name, *unlike[:3], sep="\n    ")
    return report(counts, kinds, unlisted)


def report(counts: Counter[str], kinds: Counter[str], unlisted: int) -> int:
    """Print the sums; return the status of the run."""
    both = max(1, counts["read by both"])
    for kind, count in kinds.most_common():
        print(f"{count:5} {kind}")
    print(dict(counts))
    print(
        f"the same entries {counts['the same entries'] / both:.2%}",
        f"equal {counts['equal'] / both:.2%}, or listed {1 - unlisted / both:.2%}",
        f"unlisted {unlisted}",
    )
    return 1 if unlisted else 0


if __name__ == "__main__":
    sys.exit(main())
