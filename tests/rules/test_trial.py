"""What `refeed inspect FILE --rule` shows: the article before and after, others of its source, lines to copy."""

import json
import tomllib
from pathlib import Path
from typing import Final

import pytest
from command_line import dump, run

from refeed.clean.types import BodyRules
from refeed.cli import OK, WRONG_USAGE
from refeed.rules.rule_text import parse_rule
from refeed.rules.toml_lines import rule_lines

Capture = pytest.CaptureFixture[bytes]
ARTICLES: Final = 5


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Save five articles of a host, three of them with a stamp, a draft with one, and another host's article."""
    for number in range(ARTICLES):
        stamp = '<p class="stamp">Seen by the harbour master.</p>' if number < ARTICLES - 2 else ""
        dump(tmp_path, f"{number}.md", title=f"Note {number}", body=f"<p>The tide rose {number} feet.</p>{stamp}")
    dump(tmp_path, "d.md", draft="true", body='<p class="stamp">A secret of the master.</p>')
    dump(tmp_path, "y.md", link="https://y.example/1", body='<p class="stamp">Seen elsewhere.</p>')
    return str(tmp_path / "0.md")


def test_a_rule_is_shown_on_the_article_and_on_others_of_its_source(file: str, capfdbinary: Capture) -> None:
    ran = run(capfdbinary, "inspect", file, "--rule", "drop=.stamp", "--rule", "replace=The tide=>Water", "--no-config")
    shown = ran.out.decode()
    assert ran.status == OK
    assert shown.startswith(f"{file}:1  Note 0\n")
    assert shown.count("− Seen by the harbour master.") == 2  # in the article, and in 2.md after 4.md and 3.md
    assert "+ Water rose 0 feet." in shown
    assert "of x.example: 5 of 5 articles looked at would change" in shown
    assert "secret" not in shown
    assert "elsewhere" not in shown
    lines = shown.partition("for refeed.toml:\n")[2]
    assert tomllib.loads(lines)["sources"]["x.example"] == {"drop": [".stamp"], "replace": [["The tide", "Water"]]}


def test_the_articles_are_those_of_the_refeed_toml_around_the_file(file: str, capfdbinary: Capture) -> None:
    folder = Path(file).parent
    dump(folder, "deep/6.md", title="Note 6", body='<p>Low water.</p><p class="stamp">Seen again.</p>')
    (folder / "refeed.toml").write_text('paths = ["."]\n[sources."x.example"]\ndrop = [".old"]\n')
    ran = run(capfdbinary, "inspect", str(folder / "deep" / "6.md"), "--rule", "drop=.stamp", "--json")
    told = json.loads(ran.out)
    assert (told["looked_at"], told["changed"]) == (ARTICLES + 1, 4)
    assert told["rules"]["drop"] == [".old", ".stamp"]  # a list of TOML is written as a whole
    assert told["own"]["before"] == ["Low water.", "Seen again."]
    assert told["own"]["after"] == ["Low water."]
    assert [one["title"] for one in told["others"]] == ["Note 2", "Note 1", "Note 0"]


def test_a_rule_that_finds_nothing_says_so(file: str, capfdbinary: Capture) -> None:
    shown = run(capfdbinary, "inspect", file, "--rule", "drop=.buoy", "--no-config").out.decode()
    assert "nothing changes here" in shown
    assert "0 of 5 articles looked at would change" in shown


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("drop=p[", "'drop=p[': not a valid CSS selector: Malformed attribute selector at position 1"),
        ("remove=p", "'remove=p': expected drop=SELECTOR, keep=SELECTOR or replace=OLD=>NEW"),
        ("drop=", "'drop=': expected drop=SELECTOR, keep=SELECTOR or replace=OLD=>NEW"),
        ("replace=old", "'replace=old': expected drop=SELECTOR, keep=SELECTOR or replace=OLD=>NEW"),
    ],
)
def test_a_wrong_rule_is_named(rule: str, expected: str, file: str, capfdbinary: Capture) -> None:
    ran = run(capfdbinary, "inspect", file, "--rule", rule, "--no-config")
    assert ran.status == WRONG_USAGE
    assert expected in ran.lines[-1]


def test_a_rule_needs_the_file_of_an_article(file: str, capfdbinary: Capture) -> None:
    ran = run(capfdbinary, "inspect", str(Path(file).parent), "--rule", "drop=p", "--no-config")
    assert ran.status == WRONG_USAGE
    assert ran.lines[-1] == "Error: --rule needs the file of an article as the first PATH"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("drop=a[href='x=1']", BodyRules(drop=("a[href='x=1']",))),
        ("keep = .story", BodyRules(keep=".story")),
        ("replace=a = b=>", BodyRules(replace=(("a = b", ""),))),
    ],
)
def test_a_rule_is_read_as_it_is_written(text: str, expected: BodyRules) -> None:
    assert parse_rule(text) == expected


def test_any_rule_is_written_so_that_toml_reads_it() -> None:
    rules = BodyRules((".a", 'a[href="it\'s"]', 'p[title="b"]'), 'div[id="x"]', (("a\x7f\x9b\u202e\\", '"'),))
    written = "\n".join(rule_lines('od"d', rules, {".a": "1 of 2: a\nb\x1b"}))
    table = tomllib.loads(written)["sources"]['od"d']
    assert (tuple(table["drop"]), table["keep"]) == (rules.drop, rules.keep)
    assert [tuple(pair) for pair in table["replace"]] == [*rules.replace]
    assert written.replace("\n", "").isprintable()
