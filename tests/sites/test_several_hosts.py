"""Two sites in one archive, each on a host of its own: a post of one is none of the other, whatever both are called."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from command_line import run
from packing import write

import refeed
from refeed.model import Entry
from refeed.options import Options
from refeed.site import Site
from refeed.sites.several_hosts import told_apart

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
POST: Final = b"---\ntitle: Hello\n---\n\nThe first post at the %s.\n"
QUAY: Final = {
    "quay/_config.yml": b"url: https://quay.example\n",
    "quay/_posts/2024-08-05-hello.md": POST % b"quay",
    "quay/_posts/2024-08-06-ebb.md": b"---\ntitle: Ebb\n---\n\nSand.\n",
}
PIER: Final = {
    "pier/_config.yml": b"url: https://pier.example\n",
    "pier/_posts/2024-08-05-hello.md": POST % b"pier",
}
USUAL: Final = ("--now", "2026-11-20T00:00:00Z", "--no-config", "--limit", "0")


def entries(*folders: Path) -> dict[str, Entry]:
    """Return the entries by their addresses."""
    found = refeed.entries(Options(paths=tuple(map(str, folders))), now=NOW)
    return {entry.url or "": entry for entry in found}


def test_posts_of_two_sites_are_two_articles(tmp_path: Path) -> None:
    found = entries(write(tmp_path, {**QUAY, **PIER}))
    assert found.keys() == {
        "https://quay.example/2024/08/05/hello.html",
        "https://quay.example/2024/08/06/ebb.html",
        "https://pier.example/2024/08/05/hello.html",
    }
    assert len({entry.id for entry in found.values()}) == 3


def test_the_site_whose_host_is_first_by_name_keeps_its_ids(tmp_path: Path) -> None:
    folder = write(tmp_path, {**QUAY, **PIER})
    both, quay, pier = entries(folder), entries(folder / "quay"), entries(folder / "pier")
    hello = "https://{}.example/2024/08/05/hello.html".format
    assert both[hello("pier")].id == pier[hello("pier")].id
    assert both[hello("quay")].id != quay[hello("quay")].id
    (folder / "pier").rename(folder / "zebra")  # where a site lies moves no id
    assert {url: entry.id for url, entry in entries(folder).items()} == {url: one.id for url, one in both.items()}


@pytest.mark.parametrize(
    "other", [b"https://www.quay.example/en", b"http://localhost:4000", b"/", b"http://QUAY.example"]
)
def test_sites_of_one_host_and_those_of_none_are_not_told_apart(tmp_path: Path, other: bytes) -> None:
    # A copy of a site, say, or what was looked at on the machine of its author.
    files = {**QUAY, **PIER, "pier/_config.yml": b"url: %s\n" % other}
    assert len(entries(write(tmp_path, files))) == 2


def test_a_draft_withdraws_no_post_of_another_site(tmp_path: Path) -> None:
    draft = (POST % b"pier").replace(b"---\n\n", b"published: false\n---\n\n")
    files = {**QUAY, **PIER, "pier/_posts/2024-08-05-hello.md": draft}
    assert "https://quay.example/2024/08/05/hello.html" in entries(write(tmp_path, files))


def test_a_site_that_is_left_alone_has_no_host_of_its_own() -> None:
    sites = [Site(below=one, address=f"https://{one}.example/") for one in ("quay", "pier")]
    apart = told_apart(sites)
    assert [site.own_host for site in apart] == ["https://quay.example/", ""]
    assert [site.own_host for site in told_apart(apart[:1])] == [""]


def test_shards_that_were_scanned_apart_lose_no_post(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    folder = write(tmp_path / "sea", {**QUAY, **PIER, "pier/_posts/2024-08-07-fog.md": POST.replace(b"Hello", b"Fog")})
    shards = []
    for name in ("quay", "pier"):
        shards.append(str(tmp_path / f"{name}.rows"))
        assert run(capfdbinary, "scan", str(folder / name), "-o", shards[-1], *USUAL[:3]).status == 0
    built = run(capfdbinary, "build", "--from", *shards, *USUAL)
    # Each scan knows of one site alone, so that one of the two posts with one name is told as a copy.
    assert (built.status, built.out.count(b"<entry"), "changed" in built.err) == (0, 3, False)
