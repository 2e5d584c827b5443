"""`refeed validate` as users call it: files and folders, an archive as a whole, the dumps behind entries."""

import json
from pathlib import Path
from typing import Final

import pytest
from command_line import dump, run

from refeed.cli import OK, WRONG_USAGE
from refeed.commands._shared import NOT_RIGHT
from refeed.validation.validate import validate_all

SITE: Final = "https://harbour.example/"
FH: Final = '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>'


def document(own: str, **links: str) -> bytes:
    """Return an Atom feed without entries at an address of the site, with these links; with `current` an archive."""
    rels = {"self": own, **{rel.replace("_", "-"): address for rel, address in links.items()}}
    shown = "".join(
        f'<link rel="{rel}" href="{SITE}{address}" type="application/atom+xml"/>' for rel, address in rels.items()
    )
    facts = "<id>urn:x:feed</id><title>Tides</title><updated>2024-05-06T07:08:09Z</updated>"
    archive = FH if "current" in links else ""
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{facts}{archive}{shown}</feed>'.encode()


NEWEST: Final = document("feed.xml", prev_archive="05.xml")
MAY: Final = document("05.xml", current="feed.xml", prev_archive="04.xml")
APRIL: Final = document("04.xml", current="feed.xml", next_archive="05.xml")
WHOLE: Final = {"feed.xml": NEWEST, "05.xml": MAY, "04.xml": APRIL}


@pytest.mark.parametrize(
    ("documents", "findings"),
    [
        (WHOLE, {}),
        ({"feed.xml": NEWEST}, {}),  # alone it is a feed like others
        (
            {"feed.xml": NEWEST, "04.xml": APRIL},
            {
                "feed.xml": ["prev-archive leads to 'https://harbour.example/05.xml', which is not one of the files"],
                "04.xml": [
                    "next-archive leads to 'https://harbour.example/05.xml', which is not one of the files",
                    "no document's prev-archive leads here",
                ],
            },
        ),
        (
            {"feed.xml": NEWEST, "05.xml": MAY, "04.xml": document("04.xml", current="feed.xml")},
            {"05.xml": ["next-archive of 'https://harbour.example/04.xml' does not lead back"]},
        ),
        ({name: data.replace(SITE.encode(), b"") for name, data in WHOLE.items()}, {}),  # relative, by names of files
        (
            {"feed.xml": NEWEST, "05.xml": document("05.xml")},
            {},  # none says that it is an archive
        ),
        (
            {"feed.xml": NEWEST, "05.xml": document("05.xml", prev_archive="04.xml"), "04.xml": APRIL},
            {
                "feed.xml": [
                    "prev-archive leads to 'https://harbour.example/05.xml', which is not an archive document"
                ],
            },
        ),
    ],
    ids=[
        "whole",
        "alone",
        "a document is missing",
        "one way only",
        "relative",
        "no archive",
        "a document that does not say so",
    ],
)
def test_an_archive_leads_from_one_document_to_the_next(
    documents: dict[str, bytes], findings: dict[str, list[str]]
) -> None:
    found = {
        file: [finding.message for finding in one.findings if finding.code == "archive-chain"]
        for file, one in validate_all(documents).items()
    }
    assert {file: messages for file, messages in found.items() if messages} == findings


def broken_feed(folder: Path, capture: pytest.CaptureFixture[bytes]) -> Path:
    """Build a feed of one dump, and break the date of its entry."""
    dump(folder / "archive", "tide.md", title="Tide")
    feed = folder / "feed.xml"
    built = run(capture, "build", str(folder / "archive"), "--base-url", SITE, "-o", str(feed), "--no-index")
    assert built.status == OK
    ran = run(capture, "validate", str(feed))
    assert (ran.status, ran.out, ran.lines) == (OK, b"", [f"{feed}: Atom: no findings"])
    feed.write_text(feed.read_text().replace("<published>2020-05-01T08:00:00Z", "<published>1 May 2020"))
    return feed


def test_a_finding_names_its_line_its_entry_its_dump_and_the_cure(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    feed = broken_feed(tmp_path, capfdbinary)
    (line,) = (number for number, text in enumerate(feed.read_text().splitlines(), 1) if "1 May 2020" in text)
    ran = run(capfdbinary, "validate", str(feed), "--archive", str(tmp_path / "archive"))
    first, entry, dumped, cure = ran.out.decode().splitlines()
    assert first.startswith(f"{feed}:{line}: error: published is not a date: '1 May 2020' (RFC 4287, 3.3; ")
    assert first.endswith("[bad-date]")
    assert entry.startswith("    entry: Tide <urn:uuid:")
    assert dumped == f"    from: {tmp_path}/archive/tide.md:1"
    assert cure.startswith("    cure: write 2020-05-01T08:00:00Z in Atom")
    assert ran.lines[-1] == f"{feed}: Atom: 1 error"
    assert ran.status == NOT_RIGHT


def test_the_findings_as_json(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    feed = broken_feed(tmp_path, capfdbinary)
    ran = run(capfdbinary, "validate", str(feed), "--json")
    told = json.loads(ran.out)
    assert (told["file"], told["format"], ran.status) == (str(feed), "atom", NOT_RIGHT)
    (finding,) = told["findings"]
    assert [finding[key] for key in ("code", "severity", "title", "dump")] == ["bad-date", "error", "Tide", None]


def test_a_folder_is_all_feeds_in_it(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for name, data in {"feed.xml": NEWEST, "archive/05.xml": MAY, "archive/04.xml": APRIL}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / "feeds.opml").write_text("<opml/>")
    (tmp_path / "sitemap.xml").write_text('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>')
    (tmp_path / "manifest.json").write_text('{"files": {}}')
    ran = run(capfdbinary, "validate", str(tmp_path))
    files = [line.partition(": Atom: no findings")[0] for line in ran.lines]
    assert files == [f"{tmp_path}/{name}" for name in ("archive/04.xml", "archive/05.xml", "feed.xml")]
    assert ran.status == OK


def test_warnings_count_with_strict_and_notices_never(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(NEWEST.replace(b' type="application/atom+xml"', b""))
    assert run(capfdbinary, "validate", str(feed)).status == OK
    assert run(capfdbinary, "validate", str(feed), "--strict").status == NOT_RIGHT
    assert run(capfdbinary, "validate", str(feed), "--quiet").out == b""
    feed.write_bytes(NEWEST.replace(b'rel="self"', b'rel="related"'))
    assert run(capfdbinary, "validate", str(feed), "--strict").status == OK


def test_of_many_findings_of_a_kind_the_first_are_shown(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(NEWEST.replace(b"<id>", b"<category/>\n" * 9 + b"<id>"))
    shown = [line for line in run(capfdbinary, "validate", str(feed)).out.decode().splitlines() if line[:1] != " "]
    assert len(shown) == 6
    assert shown[-1] == f"{feed}: … and 4 more [missing-element]: --verbose"
    assert run(capfdbinary, "validate", str(feed), "--verbose").out.count(b"[missing-element]") == 9


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_what_cannot_be_read_is_wrong_usage(
    name: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "empty").mkdir()
    ran = run(capfdbinary, "validate", str(tmp_path / name))
    assert ran.status == WRONG_USAGE
    assert len(ran.lines) == 1
