"""Rules of the settings that match nothing are reported, with what may have been meant."""

import json
from pathlib import Path

import pytest
from command_line import Ran, dump, run

from refeed.cli import OK

Capture = pytest.CaptureFixture[bytes]


@pytest.fixture(autouse=True)
def _archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    dump(tmp_path, "in/a.md", title="High", tags="[tides]", author="Ada", lang="en", link="https://youtube.com/a")
    dump(tmp_path, "in/b.md", title="Low", tags="[tides, pier]", author="Ada", lang="en", link="https://youtube.com/b")
    dump(tmp_path, "in/c.md", title="Fog", tags="[fog]", author="Bob", lang="zh-Hans", link="https://harbour.example/c")


def unused(ran: Ran) -> list[str]:
    lines = [*ran.lines, *ran.out.decode().splitlines()]
    return [line.removesuffix(" [rule-unused]") for line in lines if line.endswith("[rule-unused]")]


# What is asked for, and what is said of it after "settings: warning: ".
FILTERS = {
    "--outlet youtub": "outlet = 'youtub' matched no article; did you mean 'youtube.com'?",
    "--source tube": "outlet = 'tube' matched no article; did you mean 'youtube.com'?",
    "--outlet nobody": "outlet = 'nobody' matched no article; known outlets are youtube.com, harbour.example",
    "--category TIDES": "category = 'TIDES' matched no article; did you mean 'tides'?",
    "--category boats": "category = 'boats' matched no article; known categories are tides, fog, pier",
    "--author ada": "author = 'ada' matched no article; did you mean 'Ada'?",
    "--language de": "language = 'de' matched no article; known languages are en, zh-Hans",
    "--match storm": "match = 'storm' matched no article",
    "--category tides --category boat": "category = 'boat' matched no article; known categories are tides, fog, pier",
    "--author Ada --outlet nobody": (
        "outlet = 'nobody' matched no article; known outlets are youtube.com, harbour.example"
    ),
}


@pytest.mark.parametrize("given", FILTERS)
def test_a_filter_that_matches_nothing_is_told_with_the_nearest_names(given: str, capfdbinary: Capture) -> None:
    for command in ("build", "build", "build --no-index", "check"):  # with an index the second one is warm
        ran = run(capfdbinary, *command.split(), "in", *given.split())
        assert (ran.status, unused(ran)[:1]) == (OK, [f"settings: warning: {FILTERS[given]}"])


@pytest.mark.parametrize(
    "given", ["--author Ada --category fog", "--language en", "--match ^High", "--outlet youtube.com", ""]
)
def test_a_filter_that_matches_something_is_not_told(given: str, capfdbinary: Capture) -> None:
    assert unused(run(capfdbinary, "build", "in", *given.split())) == []


def test_a_filter_that_matches_nothing_gives_an_empty_feed(capfdbinary: Capture) -> None:
    ran = run(capfdbinary, "build", "in", "--outlet", "youtub")
    assert ran.out.count(b"<entry>") == 0
    assert b"</feed>" in ran.out
    assert ran.lines[-1].startswith(
        "3 files (3 with articles, 0 skipped); 3 records: 0 out, 0 duplicates, 0 withheld, 3 filtered"
    )
    both = run(capfdbinary, "build", "in", "--author", "Ada", "--category", "fog")  # each matches, but no article both
    assert "note: no article passed the filters: 3 records filtered out" in both.lines
    assert unused(both) == []


def test_an_exclusion_that_leaves_out_nothing_is_told(capfdbinary: Capture) -> None:
    ran = run(capfdbinary, "build", "in", "--exclude", "*.tmp", "--exclude", "b.md", "--exclude", "draft/")
    assert unused(ran) == [
        "settings: warning: exclude = '*.tmp' left out nothing",
        "settings: warning: exclude = 'draft/' left out nothing",
    ]


def test_a_source_that_fits_no_file_is_told(tmp_path: Path, capfdbinary: Capture) -> None:
    sources = "".join(f'[sources."{pattern}"]\ntitle = "X"\n' for pattern in ("in/*", "old/*", "a.m?", "*/c.md"))
    (tmp_path / "refeed.toml").write_text(f'paths = ["in"]\n{sources}')
    told = [
        'refeed.toml: warning: [sources."in/*"] matched no file; names begin below the folder that is read: try "*"',
        'refeed.toml: warning: [sources."old/*"] matched no file',
        'refeed.toml: warning: [sources."*/c.md"] matched no file',
    ]
    for command in ("build", "build", "check"):
        assert unused(run(capfdbinary, command)) == told
    problems = json.loads(run(capfdbinary, "check", "--json").out)["problems"]
    assert [(p["code"], p["path"], p["line"]) for p in problems] == [("rule-unused", "refeed.toml", 0)] * 3


BODY = "<p>High water.</p><p class='tip'>Buy a boat.</p>"
# Tables of sources, and what is said of them by a build of everything.
BODY_RULES = {
    '[sources."youtube.com"]\ndrop = [".tip", ".ad"]': ["drop = '.ad' found nothing in any article"],
    '[sources."youtube.com"]\nreplace = [["boat", "ship"], ["car", ""]]': [
        "replace = 'car' found nothing in any article"
    ],
    '[sources."*"]\ndrop = ".tip"\nreplace = [["High", "Low"]]': [],  # one of three articles is enough
    '[sources."gone.example"]\ndrop = ".tip"': ['[sources."gone.example"] matched no article'],
    '[sources."tube.com"]\ntitle = "T"': ['[sources."tube.com"] matched no article'],  # no subdomain of it
    '[sources."harbour.example"]\ntitle = "H"': [],
}


@pytest.mark.parametrize("table", BODY_RULES)
def test_a_rule_for_bodies_that_finds_nothing_is_told(table: str, tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "in/a.md", title="High", link="https://youtube.com/a", body=BODY)
    (tmp_path / "refeed.toml").write_text(f'paths = ["in"]\n{table}\n')
    for command in ("build", "build", "build --no-index --workers 2", "check"):
        told = [line.partition(": warning: ")[2] for line in unused(run(capfdbinary, *command.split()))]
        assert told == BODY_RULES[table], command


def test_a_host_beyond_the_limit_may_have_articles(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "in/old.md", date="2010-01-01", link="https://old.example/a")
    (tmp_path / "refeed.toml").write_text('paths = ["in"]\n[sources."old.example"]\ndrop = ".tip"\n')
    assert unused(run(capfdbinary, "build", "--limit", "1")) == []
    assert unused(run(capfdbinary, "check")) == ["refeed.toml: warning: drop = '.tip' found nothing in any article"]


def test_the_last_build_is_remembered_with_its_unused_rules(tmp_path: Path, capfdbinary: Capture) -> None:
    (tmp_path / "refeed.toml").write_text('paths = ["in"]\n[sources."youtube.com"]\ndrop = ".ad"\n')
    first = run(capfdbinary, "build", "--index", "i")
    for _ in range(2):
        assert run(capfdbinary, "build", "--index", "i") == first
    dump(tmp_path, "in/d.md", title="Pier", link="https://youtube.com/d", body="<p class='ad'>Boats!</p><p>Pier.</p>")
    assert unused(run(capfdbinary, "build", "--index", "i")) == []
