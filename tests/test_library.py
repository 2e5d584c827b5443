"""The library: what the command line does, as values."""

import json
import pickle
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from command_line import dump, run

import refeed
from refeed import Options, SiteOptions

Capture = pytest.CaptureFixture[bytes]
NOW = datetime(2028, 1, 1, tzinfo=UTC)


def archive(folder: Path) -> Options:
    """Write three articles, one of them twice, and a file that is none."""
    dump(folder, "a.md", title="High", date="2020-05-01T08:00:00Z", author="Ada", tags="[tides]")
    dump(folder, "copies/a.md", title="High", date="2020-05-01T08:00:00Z", author="Ada", tags="[tides]")
    dump(folder, "b.md", title="Low", date="2020-05-02T08:00:00Z", body="<p>Low <script>x</script>water.</p>")
    dump(folder, "c.md", title="Fog", date="2020-05-03")
    (folder / "empty").touch()
    return Options(paths=(str(folder),))


def test_entries_are_those_of_the_feed_in_its_order(tmp_path: Path) -> None:
    options = archive(tmp_path)
    found = list(refeed.entries(options, now=NOW))
    assert [entry.title for entry in found] == ["Fog", "Low", "High"]
    assert all(isinstance(entry, refeed.Entry) for entry in found)
    fog, low, high = found
    assert (low.content, low.url) == ("<p>Low water.</p>", "https://x.example/b")
    assert (high.authors, high.categories) == (("Ada",), ("tides",))
    assert fog.updated == datetime(2020, 5, 3, tzinfo=UTC)
    shown = feedparser.parse(refeed.build(options=options, now=NOW).feed).entries
    assert [entry.id for entry in shown] == [entry.id for entry in found]
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  our own


def test_entries_heed_the_options_and_the_index(tmp_path: Path) -> None:
    options = archive(tmp_path / "in")
    for index in (None, str(tmp_path / "i"), str(tmp_path / "i")):
        few = list(refeed.entries(Options(paths=options.paths, limit=1, category=("tides",), index=index), now=NOW))
        assert [entry.title for entry in few] == ["High"]


def test_paths_may_be_addresses_of_this_machine(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    whole = [entry.title for entry in refeed.entries(Options(paths=(f"file://{tmp_path}/in",)), now=NOW)]
    assert whole == ["Fog", "Low", "High"]


def test_entries_fail_at_once_as_build_does(tmp_path: Path) -> None:
    with pytest.raises(refeed.NothingToBuildError):
        refeed.entries(Options(paths=(str(tmp_path),)))
    with pytest.raises(refeed.ConfigurationError, match="gone: No such file or directory"):
        refeed.entries(Options(paths=("gone",)))
    with pytest.raises(ValueError, match=r"Options\.format: expected one of: atom"):
        refeed.entries(Options(format="x"))
    with pytest.raises(ValueError, match=r"Options\.paths: expected the name of a file"):
        refeed.entries(Options(paths=("a\0b",)))
    with pytest.raises(TypeError, match=r"options: expected refeed\.Options, not str"):
        refeed.entries("x")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"options: expected refeed\.Options, not dict"):
        refeed.build(tmp_path, options={})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="now: expected a datetime, not str"):
        refeed.build(tmp_path, now="2024")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="now: expected a time with a time zone"):
        refeed.entries(archive(tmp_path), now=datetime(2028, 1, 1))  # noqa: DTZ001
    with pytest.raises(refeed.RefeedError, match="there are errors, and `strict` is set"):
        refeed.entries(Options(paths=(str(tmp_path), "/proc/self/mem"), strict=True))


def test_inspect_shows_what_the_command_line_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    archive(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    shown = [json.loads(line) for line in run(capfdbinary, "inspect", "in", "--json").out.splitlines()]
    assert list(refeed.inspect("in")) == shown
    assert [record["title"] for record in refeed.inspect(["in/b.md", Path("in/c.md")])] == ["Low", "Fog"]
    (empty,) = refeed.inspect(options=Options(paths=("in/empty",)))
    assert (empty["status"], empty["reason"]) == ("skipped", "empty-file")


def test_settings_can_be_loaded_and_are_trusted(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    path = tmp_path / "conf" / "refeed.toml"
    path.parent.mkdir()
    path.write_text('paths = ["../in"]\nlimit = 1\noutput = "../feed.xml"\n[feed]\ntitle = "Tides"\n')
    options = refeed.load_settings(path)
    assert (options.limit, options.feed.title) == (1, "Tides")
    assert [entry.title for entry in refeed.entries(options, now=NOW)] == ["Fog"]
    assert refeed.build(options=options, now=NOW).changed
    assert feedparser.parse((tmp_path / "feed.xml").read_bytes()).feed.title == "Tides"
    path.write_text("limits = 3\n")
    with pytest.raises(refeed.ConfigurationError, match=r"refeed\.toml:1: limits: unknown key; did you mean limit\?"):
        refeed.load_settings(str(path))


# A body, what is known about its article, and how it goes out.
BODIES = [
    ("<p onclick='x()'>High <b>water</b>.</p><script>alert(1)</script>", {}, "<p>High <b>water</b>.</p>"),
    ("<p><a href='/tide'>Tide</a></p>", {"url": "https://x.example/a/"}, '<p><a href="https://x.example/tide"'),
    ("<h1>High water</h1><p>It came.</p>", {"title": "High water"}, "<p>It came.</p>"),
    ("High *water*.\n\n- one\n- two\n", {"markdown": True}, "<p>High <em>water</em>.</p>"),
    ("<p>High.</p><p class='tip'>Buy!</p>", {"site": SiteOptions(drop=(".tip",))}, "<p>High.</p>"),
]


@pytest.mark.parametrize(("body", "known", "expected"), BODIES)
def test_a_body_is_cleaned_as_in_a_feed(body: str, known: dict[str, object], expected: str) -> None:
    cleaned = refeed.clean_html(body, **known)  # type: ignore[arg-type]
    assert cleaned.startswith(expected)


def test_a_rule_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="drop: not a valid CSS selector"):
        refeed.clean_html("<p>High.</p>", site=SiteOptions(drop=("p >",)))


def test_no_module_has_the_name_of_a_public_function() -> None:
    package = Path(refeed.__file__).parent
    functions = {name for name in refeed.__all__ if name.islower()}
    assert functions == {"build", "clean_html", "entries", "inspect", "load_settings"}
    assert not functions & {path.stem for path in package.iterdir()}
