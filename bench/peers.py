"""Build the newest 50 of the same posts with refeed, Hugo and three scripts, in turns: one table for each size.

The posts have front matter, which is what Hugo reads. Hugo gets a template of the feed and renders no page, and its
settings lie where refeed does not see them. Hugo: `apt-get install hugo`.

python bench/peers.py [COUNT ...] [--median BYTES] [--rounds N] [--workers N] [--keep FOLDER]
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from shutil import copy, which
from typing import Final

import table
from archives import Archives
from measure import Program, measure
from scale import COLD, INDEXED, ONE, SEVERAL, WARM, Bench

SCRIPT: Final = str(Path(__file__).with_name("plain_script.py"))
HUGO: Final = "Hugo"
PLAIN: Final = "plain script"
HEADS_FIRST: Final = "two-pass script"
DATES_FIRST: Final = "two-pass, dates only"
FENCES: Final = ("---\n", "+++\n")
SETTINGS: Final = """\
baseURL = "https://quay.example/"
title = "Archive"
disableKinds = ["section", "taxonomy", "term", "sitemap", "robotsTXT", "404"]
outputs = {home = ["RSS"]}
markup = {goldmark = {renderer = {unsafe = true}}}
cascade = [{_target = {kind = "page"}, _build = {render = "never", list = "always"}}]
"""
FEED: Final = """\
<rss version="2.0"><channel><title>{{ .Site.Title }}</title><link>{{ .Permalink }}</link>
{{ range first 50 .Site.RegularPages.ByDate.Reverse }}<item><title>{{ .Title }}</title><link>{{ .Params.from }}</link>
<pubDate>{{ .Date }}</pubDate><description>{{ .Content | html }}</description></item>
{{ end }}</channel></rss>
"""


def make_site(site: Path) -> None:
    """Write what Hugo needs beside posts."""
    (site / "layouts").mkdir(parents=True)
    (site / "config.toml").write_text(SETTINGS, encoding="utf-8")
    (site / "layouts" / "index.rss.xml").write_text(FEED, encoding="utf-8")


def copy_posts(archive: Path, posts: Path) -> int:
    """Copy the posts of an archive that have front matter; return how many these are."""
    posts.mkdir()
    number = 0
    for path in sorted(archive.rglob("*.md")):
        with path.open(encoding="utf-8", errors="replace") as file:
            is_post = file.read(len(FENCES[0])) in FENCES
        if is_post:
            copy(path, posts / f"{number}.md")
            number += 1
    return number


def compare(bench: Bench, count: int, median: int) -> None:
    """Print what the programs take for posts of an archive of this size."""
    site, posts = bench.work / "site", bench.work / "posts"
    make_site(site)
    number = copy_posts(bench.archives.generated(count, "--median", str(median)), posts)
    hugo = ["hugo", "--quiet", "--source", str(site), "--contentDir", str(posts)]
    programs = {
        HUGO: Program([*hugo, "--destination", str(bench.work / "hugo")]),
        PLAIN: Program([sys.executable, SCRIPT, "--every-body", str(posts), str(bench.feed("plain"))]),
        HEADS_FIRST: Program([sys.executable, SCRIPT, str(posts), str(bench.feed("two-pass"))]),
        DATES_FIRST: Program([sys.executable, SCRIPT, "--date-lines", str(posts), str(bench.feed("dates"))]),
        ONE: bench.cold(posts, ONE, 1),
        SEVERAL: bench.cold(posts, SEVERAL, bench.workers),
        COLD: bench.cold(posts),
        INDEXED: bench.indexed(posts),
        WARM: bench.warm(posts),
    }
    table.heading(f"{number} posts of about {median} bytes, the newest 50")
    table.programs(measure(programs, bench.rounds), HUGO)


def main() -> None:
    """Read the command line, measure size after size."""
    parser = argparse.ArgumentParser(description="Build the same posts with refeed, Hugo and three scripts.")
    parser.add_argument("counts", metavar="COUNT", nargs="*", type=int, default=[100, 1_000, 5_000])
    parser.add_argument("--median", type=int, default=22_000, help="bytes of a body (default: 22000)")
    parser.add_argument("--rounds", type=int, default=5, help="counted runs of each program (default: 5)")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes (default: one for each core)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep archives there, and use those that are there")
    options = parser.parse_args()
    if which("hugo") is None:
        raise SystemExit("hugo: no such program; apt-get install hugo")
    for count in options.counts:
        with tempfile.TemporaryDirectory(prefix="refeed-bench-") as work:
            archives = Archives(options.keep.absolute() if options.keep else Path(work), None)
            bench = Bench(options.rounds, 0, options.workers, archives, Path(work))
            compare(bench, count, options.median)


if __name__ == "__main__":
    main()
