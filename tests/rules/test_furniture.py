"""100 articles of one source with known furniture: `refeed rules` finds all of it, and nothing of their author's."""

import tomllib
from pathlib import Path
from random import Random
from typing import Final

import pytest
from command_line import run

Capture = pytest.CaptureFixture[bytes]
ARTICLES: Final = 100
WORDS: Final = ("harbour", "tide", "ferry", "signal", "lantern", "quay", "rope", "cargo", "wind", "storm", "pilot")

MEMBERSHIP: Final = "For the price of a cup of tea a month you keep our lamps lit."
THANKS: Final = "The gazette is printed with the help of the harbour guild, to which we owe our thanks."
SENTENCE: Final = "This text was first printed in the morning edition of the gazette."
SECTIONS: Final = ("News of the port", "Weather and tides", "Letters to the editor")
SERIES: Final = "Letters from the outer harbour"
QUOTE: Final = "He who keeps the lamp keeps the harbour, says the old rule of the pilots."
CODE: Final = "# run with: quay --all --verbose --no-fog"

DROPPED: Final = (
    ".letterbox",  # a form for a newsletter
    ".membership",  # a block with a class
    ".more-stories",  # other articles, which are others each time, in a box with a class
    ".toolbar-bits",  # a bar to share by, whose addresses differ in each article
    'a[href="https://gazette.example/fair"]',  # an advertisement: a picture that is a link
    # A list of links, and other articles, in no box: with the headings above them.
    'h4:-soup-contains-own("Sections"):has(+ ul), h4:-soup-contains-own("Sections") + ul',
    'h4:-soup-contains-own("You might have missed"):has(+ ul), h4:-soup-contains-own("You might have missed") + ul',
    'img[src="https://gazette.example/design/anchor-line.png"]',  # an ornament
)
REPLACED: Final = ([THANKS, ""], [SENTENCE, ""])  # a block without a class; the end of a paragraph


def words(rng: Random, count: int) -> str:
    return " ".join(rng.choices(WORDS, k=count))


def others(rng: Random) -> str:
    """Return a list of links to other articles."""
    links = (
        f'<li><a href="https://gazette.example/note/{rng.randrange(ARTICLES)}">{words(rng, 5)}</a></li>' for _ in "123"
    )
    return f"<ul>{''.join(links)}</ul>"


def furniture(number: int, rng: Random) -> str:
    """Return what the theme puts below an article."""
    sections = "".join(f'<li><a href="https://gazette.example/{name.split()[0]}">{name}</a></li>' for name in SECTIONS)
    ways = "".join(
        f'<a href="https://{name}.example/?u={number}">By {name}</a> ' for name in ("boat", "pigeon", "flag")
    )
    return (
        f"<div><p>{THANKS}</p></div>"
        '<p><a href="https://gazette.example/fair">'
        '<img src="https://gazette.example/fair.png" width="728" height="90"></a></p>'
        '<p><img src="https://gazette.example/design/anchor-line.png" width="600" height="80"></p>'
        f"<h4>Sections</h4><ul>{sections}</ul>"
        f'<div class="more-stories"><h4>More stories</h4>{others(rng)}</div>'
        f"<section><h4>You might have missed</h4>{others(rng)}</section>"
        f'<div class="toolbar-bits">{ways}</div>'
        '<form class="letterbox"><p>Get the gazette in your letter box every Friday.</p><button>Sign up</button></form>'
    )


def article(number: int) -> str:
    """Return an article; its author repeats a lot."""
    rng = Random(number)  # noqa: S311  for filler
    paragraphs = [f"<p>{words(rng, 25)} {number}.</p>" for _ in range(rng.randint(2, 6))]
    box = f'<div class="membership"><h3>Support the gazette</h3><p>{MEMBERSHIP}</p></div>'
    sources = f'<li><a href="https://museum.example/{number}">{words(rng, 4)}</a></li>'
    return (
        '<p class="byline">By Ada Reed</p>'
        + f"<p><em>{SERIES}</em></p>" * (number % 10 > 0)
        + f"{paragraphs[0]}{box}<h2>What happened</h2>{paragraphs[1]}<hr>{''.join(paragraphs[2:])}"
        + f"<blockquote><p>{QUOTE if number % 3 == 0 else words(rng, 12)}</p></blockquote>"
        + f"<pre><code>{CODE}\n{words(rng, 5)}</code></pre>"
        + f'<p><img src="https://gazette.example/week-{number // 7}.jpg" width="640" height="400"></p>'
        + f"<h3>Sources and links</h3><ul>{sources}</ul>"
        + f"<p>{words(rng, 20)} {number}. {SENTENCE}</p>{furniture(number, rng)}"
    )


def test_known_furniture_is_found_and_nothing_of_the_articles(tmp_path: Path, capfdbinary: Capture) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    for number in range(ARTICLES):
        facts = f"title: Note {number}\ndate: 2024-{1 + number // 28:02}-{1 + number % 28:02}\nauthor: Ada Reed\n"
        link = f"link: https://gazette.example/note/{number}\n"
        (archive / f"{number}.md").write_text(f"---\n{facts}{link}---\n\n{article(number)}\n")
    proposed = run(capfdbinary, "rules", "gazette.example", str(archive), "--no-index", "--no-config").out
    table = tomllib.loads(proposed.decode())["sources"]["gazette.example"]
    assert tuple(table["drop"]) == DROPPED
    assert tuple(table["replace"]) == REPLACED
    settings = tmp_path / "refeed.toml"
    settings.write_bytes(proposed)
    arguments = ("--config", str(settings), "--no-index", "--limit", "0")
    feed = run(capfdbinary, "build", str(archive), *arguments).out.decode()
    gone = ("Support the", MEMBERSHIP, THANKS, SENTENCE, *SECTIONS, "Sections", "More stories", "You might", "By boat")
    for text in (*gone, "fair.png", "anchor-line", "letter box", "Sign up"):
        assert text not in feed, text
    stays = {SERIES: 90, "What happened": 100, QUOTE: 34, CODE: 100, "jpg&quot; alt": 0, "Sources and links": 100}
    for text, count in stays.items():
        assert feed.count(f"&gt;{text}") == count, text
    assert feed.count("/week-") >= ARTICLES
    assert feed.count("museum.example/") == ARTICLES
