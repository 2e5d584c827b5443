"""Any article of an archive has its entry made long after the build, the same that a build of all would make."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from command_line import dump

from refeed.feed_history import FeedLink
from refeed.options import Options
from refeed.pipeline.build import build_with_entries
from refeed.pipeline.build_context import BuiltFeed
from refeed.pipeline.entries.packed_entry import unpack_entry
from refeed.pipeline.entry_maker import ArchiveOfBuild, EntryMaker
from refeed.pipeline.first_pass.article_table import ArticleTable
from refeed.urls import entry_key

NOW: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)


def links(_: ArticleTable, __: Options) -> tuple[FeedLink, ...]:
    return (FeedLink("prev-archive", "archive/2025/04.xml"),)


def built(folder: Path, **options: object) -> BuiltFeed:
    chosen = {"paths": (str(folder),), "workers": 1, "format": "atom", **options}
    return build_with_entries(Options(**chosen), NOW, archive_links=links)  # type: ignore[arg-type]


def archive(folder: Path) -> Path:
    """Write five articles: two state an id of their own, two the same; one has an older copy, one names another."""
    dump(folder, "_posts/2025-03-01-tide.md", title="Tide", date="2025-03-01T08:00:00Z", id="tag:x.example,2025:tide")
    dump(
        folder,
        "_posts/2025-03-02-fog.md",
        title="Fog",
        date="2025-03-02T08:00:00Z",
        body="{% post_url 2025-03-01-tide %}",
    )
    dump(
        folder, "lamp.md", title="Lamp", date="2025-04-01T08:00:00Z", id="urn:uuid:6F3F2C1E-9A54-4D0C-8B1D-1C2F0B7F5A10"
    )
    dump(folder, "old/lamp.md", title="Lamp", date="2025-03-31T20:00:00Z", link="https://x.example/lamp")
    dump(folder, "pier.md", title="Pier", date="2025-04-02T08:00:00Z", id="tag:x.example,2025:twice")
    dump(folder, "quay.md", title="Quay", date="2025-04-03T08:00:00Z", id="tag:x.example,2025:twice")
    return folder


def test_every_entry_is_the_one_that_a_build_of_all_articles_makes(tmp_path: Path) -> None:
    feed = built(archive(tmp_path), limit=1)
    whole = built(tmp_path, limit=0)
    assert feed.table
    assert feed.table.number == len(whole.entries) == 5
    with closing(EntryMaker(ArchiveOfBuild(feed.table, feed.options, NOW))) as maker:
        made = [*maker.make(range(5))]
    assert [one and one.entry for one in made] == [*whole.entries]
    # An entry is found by what its address says of its id.
    keys = [entry_key(unpack_entry(entry).id) for entry in whole.entries]
    assert [feed.table.find(key) for key in keys] == [0, 1, 2, 3, 4]
    assert feed.table.find(entry_key("tag:x.example,2025:twice")) is None


def test_what_is_withdrawn_after_the_build_is_not_made(tmp_path: Path) -> None:
    feed = built(archive(tmp_path), limit=1)
    assert feed.table
    dump(tmp_path, "quay.md", title="Quay", date="2025-04-03T08:00:00Z", draft="true", id="tag:x.example,2025:twice")
    (tmp_path / "pier.md").unlink()
    dump(tmp_path, "lamp.md", title="Lamp", date="2026-05-02T08:00:00Z")  # tomorrow
    with closing(EntryMaker(ArchiveOfBuild(feed.table, feed.options, NOW))) as maker:
        assert [one is None for one in maker.make(range(5))] == [True, True, True, False, False]
        assert [one is None for one in maker.metadata(range(5))] == [True, True, True, False, False]  # nor told of


def test_what_fields_beside_it_withhold_after_the_build_is_not_made(tmp_path: Path) -> None:
    dump(tmp_path, "tide.md", title="Tide", date="2025-03-01T08:00:00Z")
    fields = tmp_path / "tide.yml"
    fields.write_text("draft: false\n")
    feed = built(tmp_path, limit=1)
    assert feed.table
    for said, is_made in (("false", True), ("true", False)):
        fields.write_text(f"draft: {said}\n")
        with closing(EntryMaker(ArchiveOfBuild(feed.table, feed.options, NOW))) as maker:
            assert [bool(one) for one in (*maker.make([0]), *maker.metadata([0]))] == [is_made, is_made]


def test_a_feed_leads_to_its_archive_and_is_kept_apart_from_one_that_does_not(tmp_path: Path) -> None:
    index = str(tmp_path.parent / "index-of-archive")
    options = Options(paths=(str(archive(tmp_path)),), workers=1, index=index)
    plain = build_with_entries(options, NOW)
    assert (plain.table, b"prev-archive" in plain.report.feed) == (None, False)
    for _ in range(2):  # the second time from the index
        again = built(tmp_path, index=index, format=None)
        assert b'<link rel="prev-archive" href="archive/2025/04.xml"' in again.report.feed.replace(
            b'" rel="', b'" rel="'
        )
        assert again.table
        assert again.feed.links == links(again.table, options)
    assert build_with_entries(options, NOW).report.feed == plain.report.feed
