"""Whose address a key states, and what makes an identity then: fixtures/records/identity/whose_address.tsv."""

from datetime import UTC, datetime
from typing import Final

import pytest
from folders import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

from refeed.formats import detect
from refeed.model import Document, RawRecord, RecordKey, SourceFile
from refeed.options import Options, SiteOptions
from refeed.records.addresses.own_address import is_own
from refeed.records.context import context_for
from refeed.records.identity import SelfDescription, identify, identify_address, name_of_page
from refeed.records.normalise import make_key
from refeed.site import Site
from refeed.vocabulary.keys import names_of

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
TABLES: Final = FIXTURES / "records" / "identity"
FILE: Final = "_posts/2024-05-06-fog.md"
BARE: Final = SelfDescription(title="Fog", dates=("2024-05-06",), file=FILE)
# What the identity of a post is made of, by the last column but one of the table.
IDENTITIES: Final = {
    "id": BARE._replace(ids=("tag:tea.example,2024:7",)),
    "permalink": BARE._replace(permalink="/b/"),
    "slug": BARE._replace(slug="fog"),
    "title": BARE,
}


def rows(name: str) -> list[list[str]]:
    lines = (TABLES / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("# ")]


def key_of(header: str, *, site: str = "", stated: str = "", file: str = FILE, text: str = "Thick.") -> RecordKey:
    """Read a post in a site that a generator's settings name, or that refeed.toml states."""
    sites = (Site(below="", generator="Jekyll", address=site),) if site else ()
    sources = {"*": SiteOptions(site=stated)} if stated else {}
    read = Document(SourceFile(file, file), f"---\n{header}\n---\n{text}\n".encode())
    chosen, _ = detect(read)
    assert chosen is not None
    (raw,) = chosen.parse(read)
    assert isinstance(raw, RawRecord)
    return make_key(raw, read, 0, context_for(Options(sites=sites, sources=sources), NOW))


@pytest.mark.parametrize(("site", "header", "made_of", "why"), rows("whose_address.tsv"))
def test_what_an_identity_is_made_of(site: str, header: str, made_of: str, why: str) -> None:
    stated = header.replace("\\n", "\n")
    by_user = site.startswith("stated ")
    where = {"stated" if by_user else "site": site.removeprefix("stated ").strip("-")}
    found = key_of(f"title: Fog\ndate: 2024-05-06\n{stated}", **where)
    if made_of == "address":
        addresses = [line.split(": ")[1] for line in stated.split("\n")]
        own = "https://" + addresses[-1].partition("://")[2]  # of two the last
        assert found.identity == identify_address(own), why
    else:
        assert found.identity == identify(IDENTITIES[made_of]).digest, why
    assert why


@pytest.mark.parametrize(("name", "expected", "why"), rows("names_of_files.tsv"))
def test_the_name_that_a_file_gives_its_page(name: str, expected: str, why: str) -> None:
    assert name_of_page(name) == expected.strip("-"), why
    assert why


@pytest.mark.parametrize(
    ("url", "site", "expected"),
    [
        ("https://quay.example/a", None, True),
        ("https://quay.example/a", "", True),  # nobody knows where the site is
        ("https://quay.example/a", "https://quay.example/log/", True),
        ("https://www.quay.example:443/a", "http://quay.example/", True),
        ("https://quay.example/a", "https://tea.example/", False),
        ("https://log.tea.example/a", "https://tea.example/", False),  # github.io is a host of many
    ],
)
def test_an_address_is_a_posts_own_on_the_host_of_its_site(url: str, site: str | None, expected: bool) -> None:
    assert is_own(url, site) is expected


KEYS_OF_PAGES: Final = st.sampled_from([*names_of("links"), *names_of("citations"), "via", "like_of", "in_reply_to"])
STEMS: Final = st.sampled_from(["fog", "mist", "2", "雾", "lunch", "dinner"])
TITLES: Final = st.sampled_from(["Note", "Fog", "雾"])
PAGES: Final = st.sampled_from(["https://quay.example/a", "https://quay.example/", "http://git.example/ada/boat"])


@given(KEYS_OF_PAGES, PAGES, st.lists(st.tuples(STEMS, TITLES), min_size=2, max_size=4, unique_by=lambda post: post[0]))
def test_posts_of_a_site_about_one_page_are_never_one(key: str, page: str, posts: list[tuple[str, str]]) -> None:
    found = {
        key_of(
            f"title: {title}\ndate: 2024-05-06\n{key}: {page}", stated="https://tea.example/", file=f"_posts/{stem}.md"
        )
        for stem, title in posts
    }
    assert len({one.identity for one in found}) == len(posts)


@given(KEYS_OF_PAGES, PAGES, STEMS, TITLES, st.sampled_from(["", "https://tea.example/"]))
def test_a_record_that_is_dumped_again_keeps_its_identity(
    key: str, page: str, stem: str, title: str, stated: str
) -> None:
    header = f"title: {title}\ndate: 2024-05-06\n{key}: {page}"
    first = key_of(header, stated=stated, file=f"_posts/2024-05-06-{stem}.md")
    again = key_of(header, stated=stated, file=f"again/2024/_posts/2024-05-06-{stem}.md", text="Longer, and edited.")
    assert (again.identity, again.marks) == (first.identity, first.marks)
