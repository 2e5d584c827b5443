"""Read the feeds of public test suites with refeed and with feedparser, and tell every entry that they read otherwise.

What a reader sees is compared, in each entry: the title as text, the link that it opens, the id, the moments of
publication and update, the names of authors, tags, and the letters of summary and text. Relative links are read against
the site (a reader reads them against where it found the feed, which a saved file does not say); markup, white space,
addresses of mail and the order of tags are not compared.

Every difference has to stand in tests/formats/feed_differences.toml, with the reason; one that does not ends the run
with status 1. A file that makes refeed fail ends it at once. Of the kinds listed there the verdict "specification"
means that feedparser reads against the one that the reason names; "choice", that nothing says who is right.

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
from refeed.formats.feeds.names import joined
from refeed.input.declared_encoding import declared_encoding
from refeed.input.encoding import decode
from refeed.input.read import read
from refeed.limits import DEFAULT_LIMITS
from refeed.model import RawRecord, SourceFile, Statement
from refeed.problems import Problem
from refeed.records.fields import choose_authors, choose_categories
from refeed.text.plain import legal, plain

DATES: Final = ("published", "updated", "created")  # as feedparser names them; which stands for the day of an article
EDITOR: Final = re.compile(rb"<managingEditor>(?:<!\[CDATA\[)?\s*(.*?)\s*(?:]]>)?</managingEditor>", re.DOTALL)
ENDINGS: Final = frozenset({".atom", ".json", ".rdf", ".rss", ".xml"})
TABLE: Final = Path(__file__).parent.parent / "tests" / "formats" / "feed_differences.toml"


class Said(NamedTuple):
    """What an entry says of itself, as a reader sees it."""

    link: str  # that a reader can open
    id: str
    title: str  # as text
    published: int | None  # Unix time; one date stands for both, where an entry has no other
    updated: int | None
    authors: tuple[str, ...]  # names; those of the feed, where an entry has none (RFC 4287, 4.2.1)
    tags: tuple[str, ...]  # in small letters, in the order of the alphabet
    summary: str  # the words of the text beside the first one
    body: str  # the words of the text


def by_refeed(path: Path) -> list[Said] | None:
    """Return the entries of a file; None if it is no feed to refeed."""
    document = read(SourceFile(str(path), path.name), DEFAULT_LIMITS)
    if isinstance(document, Problem):
        return None
    decoded = decode(document, declared_encoding(document.data)).document
    if decoded is None or not sniff(decoded):
        return None
    return [entry_of_refeed(one) for one in parse(decoded) if isinstance(one, RawRecord)]


def entry_of_refeed(record: RawRecord) -> Said:
    """Return what refeed says of an entry."""
    body, summary = words(legal(str(record.body))), words(first(record.summaries))
    published, updated = date(record.dates), date(record.updates)
    return Said(
        first(record.links) or first(record.citations),
        first(record.ids),
        plain(first(record.titles)),
        updated if published is None else published,
        published if updated is None else updated,
        choose_authors(record.authors, DEFAULT_LIMITS).value,
        tags(choose_categories(record.categories, DEFAULT_LIMITS).value),
        "" if summary == body else summary,
        body,
    )


def by_feedparser(path: Path) -> list[Said]:
    """Return the entries of a file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = path.read_bytes()
        found = feedparser.parse(data, sanitize_html=False)
        return [entry_of_feedparser(one, without_editor(found.feed, data)) for one in found.entries]


def without_editor(feed: Any, data: bytes) -> Any:
    """Return a feed without whoever answers for it (RSS): feedparser takes him for an author of all its entries."""
    editor = EDITOR.search(data)
    if not editor or b"creator>" in data[: editor.end()]:  # one who is called both
        return feed
    said = unescape(editor[1].decode("utf-8", "replace"))
    stated = [*map(dict, feed.get("authors", ()))]
    return {**feed, "authors": [one for one in stated if not any(text in said for text in one.values())]}


def entry_of_feedparser(entry: Any, feed: Any) -> Said:
    """Return what feedparser says of an entry."""
    stated = {name: timegm(found) for name in DATES if (found := dict.get(entry, f"{name}_parsed"))}
    texts = [words(one["value"], is_text=one.get("type") == "text/plain") for one in texts_of(entry)]
    people = next(filter(None, (persons(one) for one in (entry, entry.get("source", {}), feed))), ())
    return Said(
        joined(feed.get("link", ""), entry.get("feedburner_origlink", link_of(entry))),
        entry.get("id", ""),
        " ".join(legal(text_of(entry.get("title_detail") or {})).split()),
        next((stated[name] for name in DATES if name in stated), None),
        next((stated[name] for name in ("updated", *DATES) if name in stated), None),
        people,
        tags(one.get("label") or one.get("term") or "" for one in entry.get("tags", ())),
        next((text for text in texts[1:] if text != texts[0]), ""),
        texts[0] if texts else "",
    )


def link_of(entry: Any) -> str:
    """Return the link of an entry; feedparser makes one of an id, too, which opens nothing if it is no address."""
    link: str = entry.get("link", "")
    return link if entry.get("links") or link.lower().startswith(("http://", "https://")) else ""


def texts_of(entry: Any) -> list[Any]:
    """Return the texts of an entry that are not empty: its content, and its summary."""
    return [one for one in (*entry.get("content", ())[:1], entry.get("summary_detail")) if one and one.get("value")]


def persons(said: Any) -> tuple[str, ...]:
    """Return the names of the authors of an entry or a feed as refeed writes them, without addresses of mail."""
    names = (one.get("name") or one.get("email") or "" for one in said.get("authors", ()))
    return choose_authors(tuple(Statement(name, "") for name in names), DEFAULT_LIMITS).value


def tags(names: Iterable[str]) -> tuple[str, ...]:
    """Return tags in one order."""
    return tuple(sorted({" ".join(unescape(name).split()).casefold() for name in names} - {""}))


def text_of(detail: Mapping[str, str]) -> str:
    """Return a title without markup."""
    text = detail.get("value", "")
    if detail.get("type") == "text/plain":
        return text
    return unescape(re.sub(r"<[^<>]*>", "", re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)))


def words(body: str, *, is_text: bool = False) -> str:
    """Return the letters of a text and nothing else: the two part lines and elements in other ways."""
    text = body if is_text else re.sub(r"<!--.*?-->|<[^<>]*>", "", body, flags=re.DOTALL)
    return re.sub(r"\s+", "", unescape(text))


def first(statements: tuple[Statement, ...]) -> str:
    """Return the strongest statement."""
    return statements[0].text if statements else ""


def date(statements: tuple[Statement, ...]) -> int | None:
    """Return the first date that can be read."""
    for one in statements:
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


def equal_entries(ours: Iterable[Said], theirs: Iterable[Said]) -> int:
    """Return how many entries both read alike, in whatever order."""
    return (Counter(ours) & Counter(theirs)).total()


class Kind(NamedTuple):
    """A listed kind of difference."""

    name: str
    verdict: str


def listed_kinds(table: Path) -> dict[str, Kind]:
    """Return the kind of each listed file."""
    kinds = tomllib.loads(table.read_text(encoding="utf-8"))["kind"]
    return {file: Kind(kind["name"], kind["verdict"]) for kind in kinds for file in kind["files"]}


def files_in(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield each file that may be a feed, and its name: the folder's and the path in it."""
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file()):
            yield path.relative_to(folder).as_posix(), path


class Sums(NamedTuple):
    """What is counted: feeds, and entries, by what becomes of them."""

    feeds: Counter[str]
    entries: Counter[str]
    kinds: Counter[Kind]  # feeds
    entries_of_kinds: Counter[Kind]


def main() -> int:
    """Print every difference that is not listed, how often each kind occurs, and the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    listed = listed_kinds(TABLE)
    sums = Sums(Counter(), Counter(), Counter(), Counter())
    for name, path in files_in(parser.parse_args().folders):
        ours, theirs = by_refeed(path), by_feedparser(path)
        if not ours or not theirs:
            by_one = "by refeed alone" if ours else "by feedparser alone" if theirs else "without entries"
            sums.feeds[by_one] += 1
        else:
            compare(name, ours, theirs, listed.get(name), sums)
    return report(sums)


def compare(name: str, ours: list[Said], theirs: list[Said], kind: Kind | None, sums: Sums) -> None:
    """Count a feed that both read, and print how it differs if that is not listed."""
    unlike, both = [*differences(ours, theirs)], max(len(ours), len(theirs))
    alike = equal_entries(ours, theirs)
    group = "equal" if not unlike else kind.verdict if kind else "unlisted"
    sums.feeds[group] += 1
    sums.entries["equal"] += alike
    if unlike:
        sums.entries[group] += both - alike
    if unlike and kind:
        sums.kinds[kind] += 1
        sums.entries_of_kinds[kind] += both - alike
    elif unlike:
        print(name, *unlike[:3], sep="\n    ")


def report(sums: Sums) -> int:
    """Print the sums; return the status of the run."""
    for kind, count in sums.kinds.most_common():
        print(f"{count:5} feeds {sums.entries_of_kinds[kind]:5} entries  {kind.verdict}: {kind.name}")
    for what in ("by refeed alone", "by feedparser alone", "without entries"):
        print(f"{sums.feeds[what]:5} feeds {what}")
    for what, counts in (("feeds", sums.feeds), ("entries", sums.entries)):
        read = {one: counts[one] for one in ("equal", "specification", "choice", "unlisted")}
        both = max(1, sum(read.values()))
        print(f"{what} that both read: {both}")
        for one, count in read.items():
            print(f"{count:5} {count / both:.2%} {one}")
    return 1 if sums.feeds["unlisted"] else 0


if __name__ == "__main__":
    sys.exit(main())
