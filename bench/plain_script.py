"""Turn a folder of dumps into an Atom feed, as a script for one's own use would: no accounting, no duplicates folded.

It sorts by the headers and reads the bodies of the newest fifty; with --every-body it reads all of them first, and
with --date-lines of every file only the line of its first 2 kB that begins with "date:", which must be of one shape.

python bench/plain_script.py [--every-body | --date-lines] FOLDER OUT
"""

import json
import os
import re
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml
from bs4 import BeautifulSoup
from dateutil import parser as dates
from feedgen.feed import FeedGenerator

LINK = re.compile(r"\[(.*)\]\((https?://.*)\)\n-{3,}\n")
EPOCH = re.compile(r"<!--(\d+)-->\n")
DATE_LINE = re.compile(r"日期：(.*)\n")
DATE_FIELD = re.compile(rb"^date: *(.+)$", re.MULTILINE)
KEY_VALUE = re.compile(r"(\w+): (.*)\n")


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Split a file into its header and its body, whatever a site generator calls a header."""
    text = text.lstrip()
    if text.startswith("---\n"):
        _, header, body = text.split("---\n", 2)
        return yaml.load(header, Loader=yaml.CSafeLoader), body
    if text.startswith("+++\n"):
        _, header, body = text.split("+++\n", 2)
        return tomllib.loads(header), body
    if text.startswith("{"):
        meta, end = json.JSONDecoder().raw_decode(text)
        return meta, text[end:]
    meta, end = {}, 0
    while match := KEY_VALUE.match(text, end):
        meta[match[1].lower()] = match[2]
        end = match.end()
    return meta, text[end:]


def heading(meta: dict[str, Any], body: str) -> str:
    """Take the epoch and the linked title off the body, into the header."""
    if match := EPOCH.match(body):
        meta.setdefault("date", datetime.fromtimestamp(int(match[1]) / 1_000, UTC))
        body = body[match.end() :]
    if match := LINK.search(body, 0, 2_000):
        meta.setdefault("title", match[1])
        meta.setdefault("from", match[2])
        body = body[match.end() :]
    if match := DATE_LINE.match(body):
        meta.setdefault("date", match[1])
        body = body[match.end() :]
    return body


def read(path: Path) -> dict[str, Any] | None:
    """Read one dump; None if it has no title or no date that can be read."""
    meta, body = front_matter(path.read_text(encoding="utf-8", errors="replace"))
    body = heading(meta, body)
    if not meta.get("title") or not meta.get("date"):
        return None
    try:
        date = dates.parse(str(meta["date"]))
    except (ValueError, OverflowError):
        return None
    return {
        "title": str(meta["title"]).strip(),
        "link": meta.get("from"),
        "date": date if date.tzinfo else date.replace(tzinfo=UTC),
        "author": meta.get("author"),
        "body": body,
        "path": path,
    }


def read_body(article: dict[str, Any]) -> dict[str, Any]:
    """Make the pictures of an article absolute, and take its text out."""
    soup = BeautifulSoup(article["body"], "lxml")
    for image in soup.find_all("img", src=True):
        image["src"] = urljoin(article["link"] or "", str(image["src"]))
    return {**article, "text": soup.get_text(" ", strip=True), "content": str(soup)}


def write(articles: list[dict[str, Any]], out: str) -> None:
    """Write an Atom feed."""
    feed = FeedGenerator()
    feed.id("urn:plain-script")
    feed.title("Archive")
    feed.author({"name": "Archive"})
    for article in articles:
        entry = feed.add_entry(order="append")
        entry.id(article["link"] or f"urn:plain-script:{article['path'].name}")
        entry.title(article["title"])
        if article["link"]:
            entry.link(href=article["link"])
        if article["author"]:
            entry.author({"name": article["author"]})
        entry.published(article["date"])
        entry.updated(article["date"])
        entry.summary(article["text"][:200])
        entry.content(article["content"], type="html")
    feed.atom_file(out)


def newest_by_lines(folder: str) -> list[Path]:
    """Return the fifty files whose line of the date is the greatest."""
    found = []
    for parent, _, names in os.walk(folder):
        for name in names:
            path = f"{parent}/{name}"
            handle = os.open(path, os.O_RDONLY)
            if match := DATE_FIELD.search(os.read(handle, 2_048)):
                found.append((match[1], path))
            os.close(handle)
    return [Path(path) for _, path in sorted(found, reverse=True)[:50]]


def main(folder: str, out: str, *, every_body: bool, date_lines: bool) -> None:
    """Read every dump, write the newest fifty."""
    paths = newest_by_lines(folder) if date_lines else Path(folder).rglob("*.md")
    articles = [article for path in paths if (article := read(path))]
    if every_body:
        articles = [read_body(article) for article in articles]
    articles.sort(key=lambda article: article["date"], reverse=True)
    newest = articles[:50]
    write(newest if every_body else [read_body(article) for article in newest], out)
    print(f"{len(articles)} dumps read, {len(newest)} entries written to {out}")


if __name__ == "__main__":
    main(*sys.argv[-2:], every_body="--every-body" in sys.argv, date_lines="--date-lines" in sys.argv)
