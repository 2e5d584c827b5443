"""Posts of Substack's export: the text in `posts/`, all else in a row of `posts.csv`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from packing import write, zipped
from work_count import calls_of

import refeed
from refeed.input.companions.substack_export import with_files_beside
from refeed.input.place import FileStats
from refeed.input.source_files import SourceFiles
from refeed.model import Document, SourceFile
from refeed.options import Options
from refeed.pipeline.build import build

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
COLUMNS: Final = (
    "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\r\n"
)
FREE: Final = (
    '101.low-water,2024-03-01T10:00:00.000Z,true,,,newsletter,everyone,"Low water, and high",What is left,\r\n'
)
PAID: Final = "102.paid-net,2024-04-01T10:00:00.000Z,true,,,newsletter,only_paid,Paid net,,\r\n"
DRAFT: Final = "103.rough,,false,,,newsletter,everyone,A rough idea,,\r\n106,,false,,,newsletter,everyone,,,\r\n"
PAGE: Final = "104.about,2024-05-01T10:00:00.000Z,true,,,page,everyone,About,,\r\n"
SOUND: Final = "105.bell,2024-05-02T10:00:00.000Z,true,,,podcast,everyone,The bell,,https://api.example/bell.mp3\r\n"
UNREAD: Final = "Nobody is to read this"


def text(words: str) -> bytes:
    return f"<p>{words} before the nets were down.</p><h2>Then</h2><p>It went.</p>".encode()


FILES: Final = {
    "posts.csv": ("\ufeff" + COLUMNS + FREE + PAID + DRAFT + PAGE + SOUND).encode(),
    "posts/101.low-water.html": text("The tide came"),
    "posts/101.low-water.delivers.csv": b"post_id,timestamp,email\r\n101,2024-03-01,bo@harbour.example\r\n",
    "posts/102.paid-net.html": text(UNREAD),
    "posts/103.rough.html": text(UNREAD),
    "posts/106.html": text(UNREAD),  # neither a title nor a day yet
    "posts/104.about.html": text("About the harbour"),
    "posts/105.bell.html": text("It rings"),
    "posts/999.unknown.html": text(UNREAD),
    "email_list.harbour.csv": b"email,active_subscription\r\nbo@harbour.example,false\r\n",
}


@pytest.fixture(params=["folder", "zip"])
def export(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "zip":
        return str(write(tmp_path, {"export.zip": zipped(FILES)}) / "export.zip")
    return str(write(tmp_path / "export", FILES))


def test_what_is_published_for_all_goes_out(export: str) -> None:
    entries = [*refeed.entries(Options(paths=(export,)), now=NOW)]
    assert [(entry.title, f"{entry.published:%F %R}", entry.summary) for entry in entries] == [
        ("The bell", "2024-05-02 10:00", "It rings before the nets were down. It went."),
        ("Low water, and high", "2024-03-01 10:00", "What is left"),
    ]
    assert [file.url for entry in entries for file in entry.enclosures] == ["https://api.example/bell.mp3"]
    assert entries[1].content == "<p>The tide came before the nets were down.</p>\n<h2>Then</h2>\n<p>It went.</p>"


def test_drafts_paid_posts_and_readers_stay_in(export: str) -> None:
    report = build(Options(paths=(export,), undated="last"), NOW)
    assert report.totals.withheld == 2
    assert report.totals.add_up
    assert UNREAD.encode() not in (report.feed or b"")
    assert b"bo@harbour.example" not in (report.feed or b"")
    codes = {Path(one.path).name: one.code for one in report.left_out}
    assert (
        codes["posts.csv"] == codes["email_list.harbour.csv"] == codes["101.low-water.delivers.csv"] == "configuration"
    )
    assert codes["104.about.html"] == codes["106.html"] == "site-page"
    assert codes["999.unknown.html"] == "no-format"


def test_a_change_of_the_row_alone_reaches_the_feed_of_an_index(tmp_path: Path) -> None:
    folder = write(tmp_path / "export", FILES)

    def titles(**more: Any) -> list[str]:
        return [entry.title for entry in refeed.entries(Options(paths=(str(folder),), **more), now=NOW)]

    index = str(tmp_path / "index")
    assert titles(index=index) == ["The bell", "Low water, and high"]
    write(folder, {"posts.csv": FILES["posts.csv"].replace(b"only_paid", b"everyone")})
    assert titles(index=index) == ["The bell", "Paid net", "Low water, and high"]
    write(folder, {"posts.csv": FILES["posts.csv"].replace(b"podcast,everyone", b"podcast,only_paid")})
    assert titles(index=index) == ["Low water, and high"]


def test_twice_the_posts_take_twice_the_work(tmp_path: Path) -> None:
    def work(top: str, count: int) -> int:
        names = [f"posts/{post}.ebb.html" for post in range(count)]
        posts = [Document(SourceFile(top + name, name), text("Ebb")) for name in names]
        files = SourceFiles((top,))
        return calls_of(
            lambda: [with_files_beside(post, files, lambda: 2**62) for post in posts]
        )  # the table is old by then

    for count in (100, 200):
        rows = "".join(f"{post}.ebb,2024-03-01,true,,,newsletter,everyone,Ebb,,\n" for post in range(count))
        table = {"posts.csv": (COLUMNS + rows).encode()}
        write(tmp_path, {f"{count}/posts.csv": table["posts.csv"], f"{count}.zip": zipped(table)})
    assert work(f"{tmp_path}/200/", 200) < 2.8 * work(f"{tmp_path}/100/", 100)
    assert work(f"{tmp_path}/200.zip!/", 200) < 2.8 * work(f"{tmp_path}/100.zip!/", 100)


def test_a_table_that_changes_twice_within_a_tick_is_read_again(tmp_path: Path) -> None:
    class Files(SourceFiles):
        """Those of a file system whose clock stands still."""

        def stats(self, source: SourceFile) -> FileStats | None:
            assert source.name == "posts.csv"
            return 1, 1_000_000_001, 1_000_000_001, 1

    def header() -> bytes:
        post = Document(SourceFile(f"{tmp_path}/posts/101.low-water.html", "posts/101.low-water.html"), b"")
        return with_files_beside(post, Files(), lambda: 1_050_000_001).data

    write(tmp_path, {"posts.csv": (COLUMNS + FREE).encode()})
    assert b'audience: "everyone"' in header()
    write(tmp_path, {"posts.csv": (COLUMNS + FREE).replace("everyone", "founding").encode()})
    assert b'audience: "founding"' in header()


def test_a_long_cell_is_no_fault_of_the_other_posts(tmp_path: Path) -> None:
    long = (
        "104.about,2024-05-01,true,,,page,everyone," + "About " * 50_000 + ",,\n"
    )  # Python's csv takes 131,072 letters
    folder = write(tmp_path / "export", FILES | {"posts.csv": (COLUMNS + FREE + long).encode()})
    titles = [entry.title for entry in refeed.entries(Options(paths=(str(folder),)), now=NOW)]
    assert titles == ["Low water, and high"]


def test_a_site_gives_the_posts_their_addresses(tmp_path: Path) -> None:
    folder = write(tmp_path / "export", FILES)
    rule = {"*": refeed.SiteOptions(site="https://harbour.example", permalink="/p/:slug")}
    links = [str(entry.url) for entry in refeed.entries(Options(paths=(str(folder),), sources=rule), now=NOW)]
    assert links == ["https://harbour.example/p/bell", "https://harbour.example/p/low-water"]


def test_a_table_of_something_else_hides_nothing(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html><html><head><title>Ebb</title></head><body><article><time datetime='2024-03-01'></time>"
    body = b"<p>The tide came in before anyone had taken the nets down, and it went again.</p>" * 3
    end = b"</article></body></html>"
    folder = write(tmp_path / "tree", {"posts.csv": b"post_id,name\n7,Ebb\n", "posts/7.html": page + body + end})
    assert [entry.title for entry in refeed.entries(Options(paths=(str(folder),)), now=NOW)] == ["Ebb"]


def build_with(tmp_path: Path, table: str) -> tuple[bytes, dict[str, tuple[str, str]]]:
    """Return the feed of two posts, and what is told of those that it leaves out."""
    files = {"posts/101.low-water.html": text("The tide came"), "posts/102.paid-net.html": text(UNREAD)}
    note = b"---\ntitle: Ebb\ndate: 2024-01-01\n---\n\nThe harbour is still there.\n"  # so that there is a feed
    folder = write(tmp_path / "export", {"posts.csv": table.encode(), "note.md": note, **files})
    report = build(Options(paths=(str(folder),), undated="last"), NOW)
    told = {Path(one.path).name: (one.code, one.message) for one in (*report.left_out, *report.problems)}
    return report.feed or b"", told


@pytest.mark.parametrize(
    "row",
    [
        "102.paid-net,2024-04-01T10:00:00.000Z,,,,newsletter,everyone,Paid net,,",
        "102.paid-net,2024-04-01T10:00:00.000Z,maybe,,,newsletter,everyone,Paid net,,",
        "102.paid-net,2024-04-01T10:00:00.000Z,true,,,newsletter,,Paid net,,",
        "102.paid-net,2024-04-01T10:00:00.000Z,true,,,newsletter,harbour_club,Paid net,,",
        # cut
        *("102.paid-net,2024-04-01T10:00:00.000Z,true,,,newslett", "102.paid-net,2024-04-01T10:00:00.000Z,tr"),
        "102.paid-net,2024-04-01T10:00:00.000Z,true,,,newsletter,everyone,Paid n",
        # one cell more
        "102.paid-net,2024-04-01T10:00:00.000Z,true,,,newsletter,everyone,Paid, net,,",
        # a quotation mark that is not closed, up to the end or up to another one
        '102.paid-net,2024-04-01T10:00:00.000Z,true,,,newsletter,everyone,Paid net,,"\r\n103.rough,,false,,,',
        '102.paid-net,2024-04-01T10:00:00.000Z,true,,,newsletter,everyone,"Paid\r\n103.rough,,false,"Rough" idea,,',
        '102.paid-net,2024-04-01T10:00:00.000Z,true,,,newsletter,everyone,"Paid 103,2024-05-01T10:00:00.000Z,true",,',
        '102.paid-net,2024-04-01T10:00:00.000Z,true,,,newsletter,everyone,"Paid 103.rough,,true,newsletter,",,',
        # twice, and not the same
        f"{PAID.replace('only_paid', 'everyone')}{PAID}",
        f"{PAID}{PAID.replace('only_paid', 'everyone')}",
    ],
)
def test_a_row_that_is_not_whole_withholds_its_post(row: str, tmp_path: Path) -> None:
    feed, told = build_with(tmp_path, COLUMNS + FREE + row)
    assert b"The tide came" in feed
    assert UNREAD.encode() not in feed
    assert told["102.paid-net.html"] == ("draft", "front matter says draft: its row in posts.csv is damaged")


@pytest.mark.parametrize(
    "table",
    [
        COLUMNS,
        "",
        COLUMNS.replace("audience", "audi"),
        COLUMNS + "102.paid-net",
        COLUMNS + '101.low-water,2024-03-01T10:00:00.000Z,true,,,newsletter,everyone,"Low water,,\r\n' + PAID,
        COLUMNS + "102.paid-net\x0c," + PAID.partition(",")[2],
    ],
    ids=["no rows", "empty", "cut head", "cut row", "swallowed", "another id"],
)
def test_a_post_without_a_row_is_told(table: str, tmp_path: Path) -> None:
    feed, told = build_with(tmp_path, table)
    assert UNREAD.encode() not in feed
    code, message = told["102.paid-net.html"]
    assert code == "no-format"
    assert "its row in posts.csv, or the table, is missing or damaged" in message


@pytest.mark.parametrize("word", ["true", "TRUE", "1", "Yes"])
def test_what_is_whole_and_for_all_goes_out(word: str, tmp_path: Path) -> None:
    row = PAID.replace("only_paid", "everyone").replace("true", word)
    assert UNREAD.encode() in build_with(tmp_path, COLUMNS + row + row)[0]
