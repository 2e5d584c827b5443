"""`refeed diff` and `refeed check --against`, as users call them."""

import json
import shutil
from pathlib import Path
from typing import Any, Final

import pytest
from command_line import dump, run

from refeed.cli import OK, WRONG_USAGE
from refeed.commands._shared import NOT_RIGHT

HEAD: Final = '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:f</id><title>T</title>'
HEAD_END: Final = "<updated>2020-05-02T08:00:00Z</updated>"


def entry(name: str, title: str, *, day: int = 2, text: str = "Text.") -> str:
    date = f"2020-05-0{day}T08:00:00Z"
    facts = f"<id>urn:x:{name}</id><title>{title}</title><published>{date}</published><updated>{date}</updated>"
    return f'<entry>{facts}<link href="https://x.example/{title}"/><content>{text}</content></entry>'


def feed(path: Path, *entries: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + HEAD_END + "".join(entries) + "</feed>")
    return str(path)


def test_it_says_what_changed_and_exits_with_0(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    old = feed(tmp_path / "old.xml", entry("a", "Ferry", day=3), entry("b", "Lamps"))
    new = feed(tmp_path / "new.xml", entry("c", "Tide", day=4), entry("a", "Ferry", day=3, text="More text."))
    ran = run(capfdbinary, "diff", old, new)
    assert ran.out.decode().splitlines() == [
        "new: 2020-05-04 Tide",
        "changed: 2020-05-03 Ferry",
        "    content: '<p>Text.</p>' → '<p>More text.</p>'",
        "out of window: 2020-05-02 Lamps",
    ]
    assert ran.lines == ["1 new, 1 changed, 1 out of window"]
    assert ran.status == OK


def test_what_would_show_twice_gives_1(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    old, new = feed(tmp_path / "old.xml", entry("a", "Ferry")), feed(tmp_path / "new.xml", entry("b", "Ferry"))
    ran = run(capfdbinary, "diff", old, new)
    assert ran.out.decode().splitlines() == [
        "moved: 2020-05-02 Ferry (SHOWS TWICE; same link)",
        "    id: urn:x:a → urn:x:b",
    ]
    assert ran.lines == ["1 moved; 1 article would show twice"]
    assert ran.status == NOT_RIGHT
    quiet = run(capfdbinary, "diff", old, new, "--quiet")
    assert (quiet.status, quiet.out, quiet.err) == (NOT_RIGHT, b"", "")


def test_the_changes_as_json(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    old = feed(tmp_path / "old.xml", entry("a", "Ferry", day=5))
    new = feed(tmp_path / "new.xml", entry("a", "Ferry", day=5), entry("b", "Old", day=1))
    ran = run(capfdbinary, "diff", old, new, "--json")
    assert json.loads(ran.out) == {
        "feeds": [
            {
                "folder": "",
                "status": "compared",
                "changes": [
                    {
                        "kind": "new",
                        "id": "urn:x:b",
                        "old_id": None,
                        "title": "Old",
                        "link": "https://x.example/Old",
                        "published": "2020-05-01T08:00:00+00:00",
                        "harm": "old news",
                        "reason": "its id is new, and its date more than 48 h before the newest entry of the old feed",
                        "fields": [],
                    }
                ],
            }
        ],
        "twice": 0,
        "old_news": 1,
    }
    assert (ran.status, ran.err) == (NOT_RIGHT, "")


def site(folder: Path, *entries: str, archived: str = "") -> str:
    feed(folder / "feed.xml", *entries)
    feed(folder / "archive" / "2020" / "05.xml", *entries, archived)
    return str(folder)


def test_folders_of_publish_are_compared_feed_by_feed(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    ferry, lamps = entry("a", "Ferry", day=3), entry("b", "Lamps")
    old = site(tmp_path / "old", ferry, lamps)
    new = site(tmp_path / "new", ferry, archived=lamps)
    for name in ("Harbour", "Ledger"):
        feed(tmp_path / "old" / "outlet" / name / "feed.xml", ferry)
    feed(tmp_path / "new" / "outlet" / "Harbour" / "feed.xml", entry("c", "Tide", day=4), ferry)
    ran = run(capfdbinary, "diff", old, new)
    assert ran.out.decode().splitlines() == [
        "out of window: 2020-05-02 Lamps (it is in the archive)",
        "outlet/Harbour:",
        "new: 2020-05-04 Tide",
        "outlet/Ledger: the whole feed is gone",
    ]
    assert ran.status == OK
    back = run(capfdbinary, "diff", new, old)
    assert "returned: 2020-05-02 Lamps (it was in the archive of the old feed)" in back.out.decode().splitlines()
    alone = run(capfdbinary, "diff", f"{old}/feed.xml", new)
    assert alone.out.decode().splitlines() == ["out of window: 2020-05-02 Lamps (it is in the archive)"]


def test_what_the_newest_feed_says_is_deleted_is_so_in_all_feeds(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    ferry, lamps = entry("a", "Ferry", day=9), entry("b", "Lamps")
    tombstone = '<d:deleted-entry xmlns:d="http://purl.org/atompub/tombstones/1.0" ref="urn:x:b" when="{}"/>'
    for folder, entries in (("old", (ferry, tombstone.format("2020-05-08T08:00:00Z"))), ("new", (ferry, lamps))):
        feed(tmp_path / folder / "feed.xml", *entries)
        feed(tmp_path / folder / "outlet" / "Harbour" / "feed.xml", *(one for one in entries if "<entry>" in one))
    ran = run(capfdbinary, "diff", str(tmp_path / "old"), str(tmp_path / "new"))
    returned = "returned: 2020-05-02 Lamps (the old feed said that it was deleted)"
    assert ran.out.decode().splitlines() == [returned, "outlet/Harbour:", returned]
    assert ran.status == OK


@pytest.mark.parametrize("name", ["nothing here", "dumps"])
def test_what_is_no_feed_is_wrong_usage(name: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    dump(tmp_path / "dumps", "tide.md")
    ran = run(capfdbinary, "diff", feed(tmp_path / "old.xml"), str(tmp_path / name))
    assert ran.status == WRONG_USAGE
    assert len(ran.lines) == 1


def checked(folder: Path, capture: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    archive = str(folder / "archive")
    ran = run(capture, "check", archive, "--no-index", "--against", str(folder / "feed.xml"), "--json", *arguments)
    return ran.status, json.loads(ran.out)["against"]["feeds"][0]["changes"]


def test_a_build_is_compared_with_the_feed_that_it_would_replace(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for day, name in enumerate(("rain", "lamps", "ferry"), 1):
        dump(tmp_path / "archive", f"{name}.md", title=name, date=f"2020-05-0{day}")
    (tmp_path / "archive" / "refeed.toml").write_text("limit = 2\n")
    built = run(capfdbinary, "build", str(tmp_path / "archive"), "--no-index", "-o", str(tmp_path / "feed.xml"))
    assert built.status == OK
    assert checked(tmp_path, capfdbinary) == (OK, [])
    dump(tmp_path / "archive", "tide.md", title="tide", date="2020-05-04")
    status, changes = checked(tmp_path, capfdbinary)
    assert [(change["kind"], change["title"]) for change in changes] == [("new", "tide"), ("out of window", "lamps")]
    assert status == OK
    shutil.move(tmp_path / "archive" / "refeed.toml", tmp_path / "elsewhere.toml")  # then rain comes in, too
    status, changes = checked(tmp_path, capfdbinary)
    assert [(change["kind"], change["title"], change["harm"]) for change in changes] == [
        ("new", "tide", None),
        ("new", "rain", None),
    ]
    assert status == OK


def test_check_says_in_words_what_subscribers_would_see(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    dump(tmp_path / "archive", "ferry.md", title="Ferry")
    old = feed(tmp_path / "feed.xml", entry("a", "Ferry").replace("/Ferry", "/ferry"))
    ran = run(capfdbinary, "check", str(tmp_path / "archive"), "--no-index", "--against", old)
    assert "moved: 2020-05-01 Ferry (SHOWS TWICE; same link)" in ran.out.decode().splitlines()
    assert "1 moved; 1 article would show twice" in ran.lines
    assert ran.status == NOT_RIGHT
