"""What `refeed rules` proposes: all that was put into every article of a source, nothing that its author wrote."""

import json
import tomllib
from pathlib import Path
from typing import Final

import pytest
from command_line import run

from refeed.clean.types import Body
from refeed.cli import NOTHING_WRITTEN, OK
from refeed.rules.recurring import recurring_lines
from refeed.rules.shown_body import shown_body

Capture = pytest.CaptureFixture[bytes]
ARTICLES: Final = 24
WORDS: Final = ("harbour", "tide", "ferry", "signal", "lantern", "quay", "rope", "cargo", "wind", "storm", "pilot")

# What a theme or a robot put into every article, each by itself.
BOX: Final = '<div class="supporter-box"><h3>Stay afloat</h3><p>Become a member for three coins.</p></div>'
PICTURE: Final = (
    '<p><a href="https://x.example/shop"><img src="https://x.example/shop.png" width="600" height="90"></a></p>'
)
TEXT: Final = "The gazette can be heard on the wireless every morning at six."
SENTENCE: Final = "This note was first printed in the gazette of the outer harbour."
LINKED: Final = (
    '<p>All of the notes of the gazette are kept <a href="https://x.example/{}/all">in the old library</a>.</p>'
)


def words(number: int, count: int) -> str:
    """Return words that no other article has in this order."""
    return " ".join(WORDS[(number * 7 + place * (number + 3)) % len(WORDS)] for place in range(count)) + f" {number}"


def article(number: int) -> str:
    """Return an article of the source, with what its author repeats in many."""
    greeting = "<p>Hello all, here I am again with another note.</p>" if number % 2 else ""  # in half of them
    code = f"<pre><code># Licensed under the licence of the quay, version 2.0\n{words(number, 6)}</code></pre>"
    recipe = f"<h2>What you need</h2><ul><li>A long rope</li><li>{words(number, 2)}</li></ul>"
    table = f"<table><tr><th>Place of the measurement</th></tr><tr><td>{words(number, 3)}</td></tr></table>"
    middle = f"<p>{words(number, 9)}.</p>" * (number % 3)
    last = f"<p>{words(number, 12)}. {SENTENCE}</p>"
    ending = f"<p>{TEXT}</p>{LINKED.format(number)}{PICTURE}<p>Yours, Ada</p>"
    return f"{greeting}<p>{words(number, 8)}.</p>{BOX}{middle}{code}<h2>The tide</h2>{recipe}{table}{last}{ending}"


def save(folder: Path, name: str, number: int, body: str, host: str = "x.example") -> None:
    folder.mkdir(exist_ok=True)
    facts = f"title: Note {number}\ndate: 2024-05-{1 + number % 28:02}\nlink: https://{host}/{name}/{number}\n"
    (folder / f"{name}-{number}.md").write_text(f"---\n{facts}---\n\n{body}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for number in range(ARTICLES):
        save(folder, "note", number, article(number))
    for number in range(4):  # too few to say anything
        save(folder, "gull", number, f"<p>{words(number, 8)}.</p>{BOX}", "gull.example")
    return folder


def test_all_that_is_in_every_article_is_found_and_nothing_else(archive: Path, capfdbinary: Capture) -> None:
    ran = run(capfdbinary, "rules", "x.example", str(archive), "--no-index", "--no-config")
    table = tomllib.loads(ran.out.decode())["sources"]["x.example"]
    assert ran.status == OK
    assert sorted(table["drop"]) == [
        ".supporter-box",
        'a[href="https://x.example/shop"]',
        'p:-soup-contains-own("All of the notes of the gazette are kept")',  # its link is another in each article
    ]
    assert sorted(table["replace"]) == [[TEXT, ""], [SENTENCE, ""]]
    assert f"    # {ARTICLES} of {ARTICLES}: Stay afloat Become a member for three coins." in ran.out.decode()
    assert ran.lines[-1] == f"5 rules for x.example; {ARTICLES} articles looked at"


def test_the_rules_take_away_what_they_say_and_are_not_proposed_again(archive: Path, capfdbinary: Capture) -> None:
    proposed = run(capfdbinary, "rules", "x.example", str(archive), "--no-index", "--no-config").out
    settings = archive / "refeed.toml"
    settings.write_bytes(proposed)
    arguments = ("--config", str(settings), "--no-index")
    again = run(capfdbinary, "rules", "x.example", str(archive), *arguments, "--json")
    assert json.loads(again.out)["rules"] == []
    feed = run(capfdbinary, "build", str(archive), *arguments, "--source", "x.example").out.decode()
    settings.unlink()
    for gone in ("three coins", "wireless", "first printed", "old library", "shop.png"):
        assert gone not in feed, gone
    for stays in ("Hello all", "Licensed under", "What you need", "A long rope", "Place of the", "Yours, Ada"):
        assert stays in feed, stays


def test_without_a_source_all_are_listed(archive: Path, tmp_path: Path, capfdbinary: Capture) -> None:
    for number in range(6):
        save(tmp_path, "plain", number, f"<p>{words(number, 8)}.</p>", "plain.example")
    ran = run(capfdbinary, "rules", str(archive), str(tmp_path), "--no-index", "--no-config")
    assert ran.out.decode().splitlines() == [
        f"x.example: 5 rules, {ARTICLES} articles looked at",
        "plain.example: nothing recurs, 6 articles looked at",
    ]
    assert ran.lines[-1] == (
        "3 sources (1 with fewer than 5 articles, too few to find what recurs); "
        "refeed rules SOURCE prints the rules of one"
    )


def test_without_a_path_the_settings_say_where_the_articles_are(
    tmp_path: Path, capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path / "posts", "plain", 0, f"<p>{words(0, 8)}.</p>", "plain.example")
    save(tmp_path / "drafts", "note", 0, f"<p>{words(1, 8)}.</p>")
    (tmp_path / "refeed.toml").write_text('paths = ["posts"]\n')
    monkeypatch.chdir(tmp_path)
    assert run(capfdbinary, "rules", "x.example", "--no-index").status == NOTHING_WRITTEN
    ran = run(capfdbinary, "rules", "--no-index", "--json")
    assert [json.loads(line)["source"] for line in ran.out.splitlines()] == ["plain.example"]


def test_a_source_without_articles_is_told(archive: Path, capfdbinary: Capture) -> None:
    ran = run(capfdbinary, "rules", "y.example", str(archive), "--no-index", "--no-config")
    assert ran.status == NOTHING_WRITTEN
    assert ran.lines[-1].startswith("refeed: y.example: no articles of this source")


def recurring(*bodies: str) -> set[str]:
    """Return the lines that recur in bodies that are HTML."""
    shown = [shown_body(Body(raw, markdown=False, title="", url=None, dateline=None, images=())) for raw in bodies]
    found = recurring_lines(shown)
    return {body.lines[number].text for body, lines in zip(shown, found, strict=True) for number in lines}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<p>{}</p><h2>Method</h2><p>{} and so on</p>", set()),  # the heading of what an article says
        ("<h2>Method</h2><h3>{}</h3><p>{}</p>", set()),
        ("<p>{}</p><h2>Read on</h2>", {"Read on"}),  # nothing is left of what it announced
        ("<p>{}</p><h2>Read on</h2><p>Our shop</p>", {"Read on", "Our shop"}),
        ("<p>{}</p><ul><li>Salt</li><li>{}</li></ul>", set()),  # an item of the article's list
        ("<p>{}</p><ul><li>Salt</li><li>Bread</li></ul>", {"Salt", "Bread"}),
        ("<p>{}</p><pre>licence {}\nMIT</pre>", set()),
        ("<p>{}</p><p><b>In short</b></p><p>{} again</p>", set()),  # a heading in all but name
        ("<p>You need:</p><p>{}</p>", set()),
    ],
)
def test_what_belongs_to_an_article_does_not_recur(raw: str, expected: set[str]) -> None:
    assert recurring(*(raw.format(words(number, 4), words(number, 3)) for number in range(8))) == expected


def test_what_a_few_articles_share_does_not_recur() -> None:
    series = [f"<p>{words(number, 4)}</p>" + "<p>Part of a series.</p>" * (number < 5) for number in range(9)]
    assert recurring(*series) == set()  # 5 of 9 are less than 60 %
    assert recurring(*series[:8]) == {"Part of a series."}  # 5 of 8 are more
    assert recurring(*["<p>Part of a series.</p>"] * 4) == set()  # four are no source
