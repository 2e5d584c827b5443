"""Read the feeds of public test suites with refeed and with feedparser, and tell every entry that they read otherwise.

What a reader sees is compared, in each entry: the title as text, the link that it opens, the id, the moments of
publication and update, the names of authors, tags, and the letters of summary and text. Relative links are read against
the site (a reader reads them against where it found the feed, which a saved file does not say); markup, white space,
addresses of mail and the order of tags are not compared.

Every statement that differs has to be of a kind in tests/formats/feed_differences.toml that lists the file, with the
reason; one that is not ends the run with status 1. A file that makes refeed fail ends it at once. Of the verdicts
"specification" means that feedparser reads against the one that the reason names; "mistake", that it loses or garbles
what the file plainly says; "choice", that nothing says who is right. A feed or an entry counts by the worst of its own.

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
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, NamedTuple

import feedparser

from refeed.dates import NO_HINTS
from refeed.formats.feed import parse, sniff
from refeed.formats.feeds.names import joined
from refeed.input.declared_encoding import declared_encoding
from refeed.input.encoding import decode
from refeed.input.read import read
from refeed.limits import DEFAULT_LIMITS
from refeed.model import RawRecord, SourceFile, Statement
from refeed.options import SiteOptions
from refeed.problems import Problem
from refeed.records.date_evidence import DateDecision, completed_date, header_date, stated_update
from refeed.records.fields.choose import choose_authors, choose_categories
from refeed.text.plain import legal, plain
from refeed.urls import readable

DATES: Final = ("published", "updated", "created")  # as feedparser names them; which stands for the day of an article
EDITOR: Final = re.compile(rb"<managingEditor>(?:<!\[CDATA\[)?\s*(.*?)\s*(?:]]>)?</managingEditor>", re.DOTALL)
VERDICTS: Final = ("specification", "mistake", "choice", "unlisted")  # the worst last
ENDINGS: Final = frozenset({".atom", ".json", ".rdf", ".rss", ".xml"})
ENTRY: Final = ("title", "link", "id")  # by which readers tell entries from others
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
    dates = (decide(record, NO_HINTS, SiteOptions()) for decide in (header_date, completed_date))
    published, updated = date(dates), date([stated_update(record, NO_HINTS, SiteOptions())])
    link = first(record.links) or first(record.citations)
    return Said(
        "" if link.startswith("http") and readable(link) is None else link,  # the feed gets none
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
        feed = without_editor(found.feed, data)
        return [entry_of_feedparser(one, feed, is_atom=found.version.startswith("atom")) for one in found.entries]


def without_editor(feed: Any, data: bytes) -> Any:
    """Return a feed without whoever answers for it (RSS): feedparser takes him for an author of all its entries."""
    editor = EDITOR.search(data)
    if not editor or b"creator>" in data[: editor.end()]:  # one who is called both
        return feed
    said = unescape(editor[1].decode("utf-8", "replace"))
    stated = [*map(dict, feed.get("authors", ()))]
    return {**feed, "authors": [one for one in stated if not any(text in said for text in one.values())]}


def entry_of_feedparser(entry: Any, feed: Any, *, is_atom: bool) -> Said:
    """Return what feedparser says of an entry. What it calls plain text in RSS is HTML in which it saw no tag."""
    stated = {name: timegm(found) for name in DATES if (found := dict.get(entry, f"{name}_parsed"))}
    texts = [
        words(one["value"], is_text=is_atom and one.get("type") == "text/plain")
        for one in texts_of(entry, is_atom=is_atom)
    ]
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


def texts_of(entry: Any, *, is_atom: bool) -> list[Any]:
    """Return the texts of an entry that are not empty: its content, and its summary.

    Of several contents of RSS the first that is HTML: what describes an episode in plain text stands among them.
    """
    contents = sorted(entry.get("content", ()), key=lambda one: not is_atom and one.get("type") == "text/plain")
    return [one for one in (*contents[:1], entry.get("summary_detail")) if one and one.get("value")]


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
    """Return the letters that are seen of a text and nothing else: the two part lines and elements in other ways."""
    if is_text:
        return "".join(body.split())
    seen = Seen()
    seen.feed(body)
    seen.close()
    return "".join(seen.text.split())


class Seen(HTMLParser):
    """The text of HTML, whatever is wrong with it, as browsers find them."""

    text = ""

    def handle_data(self, data: str) -> None:
        """Add a text."""
        self.text += data


def first(statements: tuple[Statement, ...]) -> str:
    """Return the strongest statement."""
    return statements[0].text if statements else ""


def date(decisions: Iterable[DateDecision | None]) -> int | None:
    """Return the first moment that was decided on, as Unix time."""
    return next((int(one.timestamp.value.timestamp()) for one in decisions if one and one.timestamp), None)


class Difference(NamedTuple):
    """A statement that the two read otherwise."""

    field: str  # of Said, or "count" for the number of entries
    entry: int
    ours: object
    theirs: object

    def __str__(self) -> str:
        return f"{self.field} {self.entry}: {self.ours!r} but {self.theirs!r}"


def differences(ours: list[Said], theirs: list[Said]) -> Iterator[Difference]:
    """Yield each statement that differs."""
    if len(ours) != len(theirs):
        yield Difference("count", 0, len(ours), len(theirs))
        return
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        for name in Said._fields:
            if getattr(one, name) != getattr(other, name):
                yield Difference(name, number, getattr(one, name), getattr(other, name))


def equal_entries(ours: Iterable[Said], theirs: Iterable[Said]) -> int:
    """Return how many entries both read alike, in whatever order."""
    return (Counter(ours) & Counter(theirs)).total()


class Kind(NamedTuple):
    """A listed kind of difference."""

    name: str
    verdict: str
    fields: frozenset[str]  # that it explains


UNLISTED: Final = Kind("", "unlisted", frozenset())


def listed_kinds(table: Path) -> dict[str, list[Kind]]:
    """Return the kinds of each listed file."""
    listed: dict[str, list[Kind]] = {}
    for kind in tomllib.loads(table.read_text(encoding="utf-8"))["kind"]:
        fields = frozenset(kind.get("fields", (kind["differs"],)))
        for file in kind["files"]:
            listed.setdefault(file, []).append(Kind(kind["name"], kind["verdict"], fields))
    return listed


def kind_of(difference: Difference, kinds: Iterable[Kind]) -> Kind:
    """Return the worst of the kinds that explain a difference."""
    found = [kind for kind in kinds if difference.field in kind.fields]
    return max(found, key=lambda kind: VERDICTS.index(kind.verdict), default=UNLISTED)


def files_in(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield each file that may be a feed, and its name: the folder's and the path in it."""
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file()):
            yield path.relative_to(folder).as_posix(), path


class Sums(NamedTuple):
    """What is counted, by what becomes of it."""

    feeds: Counter[str]
    entries: Counter[str]
    fields: dict[str, Counter[str]]  # statements of entries, by the names of Said
    same: Counter[str]  # feeds whose entries are the same by what readers tell them from others
    kinds: Counter[Kind]  # feeds
    entries_of_kinds: Counter[Kind]


def main() -> int:
    """Print every difference that is not listed, how often each kind occurs, and the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    listed = listed_kinds(TABLE)
    sums = Sums(Counter(), Counter(), {name: Counter() for name in Said._fields}, Counter(), Counter(), Counter())
    for name, path in files_in(parser.parse_args().folders):
        ours, theirs = by_refeed(path), by_feedparser(path)
        if not ours or not theirs:
            by_one = "by refeed alone" if ours else "by feedparser alone" if theirs else "without entries"
            sums.feeds[by_one] += 1
        else:
            compare(name, ours, theirs, listed.get(name, []), sums)
    return report(sums)


def compare(name: str, ours: list[Said], theirs: list[Said], kinds: list[Kind], sums: Sums) -> None:
    """Count a feed that both read, and print how it differs if that is not listed."""
    explained = [(one, kind_of(one, kinds)) for one in differences(ours, theirs)]
    sums.feeds[worst(kind for _, kind in explained)] += 1
    sums.same[worst(kind for one, kind in explained if one.field in {*ENTRY, "count"})] += 1
    sums.kinds.update({kind for _, kind in explained})
    sums.entries_of_kinds.update(kind for kind, _ in {(kind, one.entry) for one, kind in explained})
    if len(ours) == len(theirs):
        for number in range(len(ours)):
            unlike = {one.field: kind for one, kind in explained if one.entry == number}
            sums.entries[worst(unlike.values())] += 1
            for field, counts in sums.fields.items():
                counts[worst([unlike[field]] if field in unlike else [])] += 1
    else:
        alike = equal_entries(ours, theirs)
        sums.entries.update({"equal": alike, worst(kind for _, kind in explained): max(len(ours), len(theirs)) - alike})
    if unlisted := [one for one, kind in explained if kind is UNLISTED]:
        print(name, *unlisted[:3], sep="\n    ")


def worst(kinds: Iterable[Kind]) -> str:
    """Return the worst verdict on what differs; "equal" if nothing does."""
    return max((kind.verdict for kind in kinds), key=VERDICTS.index, default="equal")


def report(sums: Sums) -> int:
    """Print the sums; return the status of the run."""
    for kind, count in sums.kinds.most_common():
        if kind is not UNLISTED:
            print(f"{count:5} feeds {sums.entries_of_kinds[kind]:5} entries  {kind.verdict}: {kind.name}")
    for what in ("by refeed alone", "by feedparser alone", "without entries"):
        print(f"{sums.feeds[what]:5} feeds {what}")
    whole = {"feeds": sums.feeds, "feeds, by number, order, title, link and id of entries": sums.same}
    for what, counts in {**whole, "entries": sums.entries, **sums.fields}.items():
        read = {one: counts[one] for one in ("equal", *VERDICTS)}
        both = max(1, sum(read.values()))
        print(f"{what} that both read: {both}")
        for one, count in read.items():
            print(f"{count:5} {count / both:.2%} {one}")
    return 1 if sums.feeds["unlisted"] else 0


if __name__ == "__main__":
    sys.exit(main())
