"""Law of identity in a site: whatever page its posts are about, each goes out once, and ids hang on nothing else."""

import re
from datetime import UTC, datetime
from itertools import islice, product
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

import refeed

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
OWNER: Final = {"*": refeed.SiteOptions(site="https://tea.example")}
ATOM: Final = "{http://www.w3.org/2005/Atom}"

STEMS: Final = ("lunch", "dinner", "fog")
TITLES: Final = ("Note", "港口日记")
DAYS: Final = ("2024-01-02", "2024-01-09")
# What a post says of other pages, and of its own place; {} is the number of that combination.
SAYS: Final = (
    "",
    "external_url: https://quay.example/tool\n",
    "source: https://quay.example/tool\n",
    "原文链接: https://quay.example/tool\n",
    "canonical_url: https://quay.example/tool\nid: post-{}\n",
    "bookmark-of: https://quay.example/tool\nvia: https://quay.example/log\n",
    "link: https://quay.example/tool\nslug: name-{}\n",
    "redirect_to: https://quay.example/tool\npermalink: /page-{}/\n",
    "link: https://tea.example/own-{}/\n",
)


ABOUT: Final = "source: https://quay.example/tool\n"


class Archive(NamedTuple):
    """What a build has to show of an archive."""

    marks: list[str]
    withheld: int
    duplicates: int


def write(folder: Path) -> Archive:
    """Write every post; of each third a later dump too, of each fifth a draft about the same page beside it."""
    marks, drafts, copies = [], 0, 0
    for number, (stem, title, says) in enumerate(product(STEMS, TITLES, SAYS)):
        day = DAYS[number // len(SAYS) % 2]
        header = f"title: {title}\n{says.format(number)}"
        posts = folder / "_posts" / str(TITLES.index(title))
        name = f"{day}-{stem}-{SAYS.index(says)}.md"
        mark = f"post-{number:03}-plain"
        put(posts / name, f"---\n{header}---\nText of {mark}.\n")
        if number % 3 == 0:
            mark = f"post-{number:03}-edited"
            put(posts / "again" / name, f"---\n{header}updated: 2024-06-01\n---\n{mark}\n")
            copies += 1
        if number % 5 == 0:
            put(posts / f"{day}-plan-{number}.md", f"---\ntitle: {title}\n{ABOUT}draft: true\n---\nNot yet.\n")
            drafts += 1
        marks.append(mark)
    return Archive(sorted(marks), drafts, copies)


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def shown(feed: bytes | None) -> list[str]:
    contents = [entry.findtext(f"{ATOM}content") or "" for entry in ET.fromstring(feed or b"")]  # noqa: S314
    return sorted(mark for content in contents for mark in re.findall(r"post-\d{3}-\w+", content))


def test_no_post_of_a_site_is_lost_and_none_is_shown_twice(tmp_path: Path) -> None:
    expected = write(tmp_path / "site")
    folder, index = tmp_path / "site", str(tmp_path / "index.db")
    alone = refeed.build(folder, now=NOW, options=refeed.Options(sources=OWNER, limit=0, workers=1))
    assert shown(alone.feed) == expected.marks
    totals = alone.totals
    assert (totals.out, totals.withheld, totals.duplicates) == (
        len(expected.marks),
        expected.withheld,
        expected.duplicates,
    )
    for options in (
        refeed.Options(sources=OWNER, limit=0, workers=2),
        refeed.Options(sources=OWNER, limit=0, index=index),
        refeed.Options(sources=OWNER, limit=0, index=index),  # everything is known
    ):
        assert refeed.build(folder, now=NOW, options=options).feed == alone.feed


def test_the_ids_of_a_site_hang_on_each_post_alone(tmp_path: Path) -> None:
    write(tmp_path)
    whole = {
        entry.id for entry in refeed.entries(refeed.Options(sources=OWNER, paths=(str(tmp_path),), limit=0), now=NOW)
    }
    for path in islice(sorted((tmp_path / "_posts").rglob("*.md")), 0, None, 2):
        path.unlink()
    left = {
        entry.id for entry in refeed.entries(refeed.Options(sources=OWNER, paths=(str(tmp_path),), limit=0), now=NOW)
    }
    assert left < whole
