"""Identity: the frozen tables in fixtures/records/identity, and what identify() takes for the same article."""

import json
import re
import unicodedata
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from folders import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

import refeed
from refeed.records.identity import SelfDescription, identify, identity_url, is_iri_or_uuid, names_an_article
from refeed.records.identity._addresses import front_page
from refeed.records.identity._file_names import page_of
from refeed.records.identity._moments import moment_of_name, written_moment
from refeed.records.identity._texts import fold

TABLES: Final = FIXTURES / "records" / "identity"
GOLDEN: Final = json.loads((TABLES / "golden.json").read_text("utf-8"))["ids"]
WITHOUT_ADDRESS: Final = UUID("7f0b4f42-62fe-5bf2-9059-6d7911df79eb")

BASE: Final = SelfDescription(title="渡轮停航", dates=("2024-05-06T08:05:00Z",), outlet="港口日报", file="a/fog.md")


def _rows(name: str) -> list[list[str]]:
    """Read a table; `uXXXX` after a backslash is a character, and a line that begins with "# " is a comment."""
    lines = (TABLES / name).read_text("utf-8").rstrip("\n").split("\n")
    rows = [line.split("\t") for line in lines if not line.startswith("# ")]
    assert rows, f"{name} is empty"
    return [[re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), cell) for cell in row] for row in rows]


def _same(one: SelfDescription, other: SelfDescription) -> bool:
    return identify(one).digest == identify(other).digest


@pytest.mark.parametrize(("url", "expected", "why"), _rows("identity.tsv"))
def test_identity_url(url: str, expected: str, why: str) -> None:
    assert identity_url(url) == expected, why
    assert identity_url(expected) == expected, why
    assert why


@pytest.mark.parametrize(("url", "expected", "why"), _rows("front_pages.tsv"))
def test_a_front_page_names_no_article(url: str, expected: str, why: str) -> None:
    assert (front_page(identity_url(url)) or "-") == expected, why
    assert names_an_article(identity_url(url)) == (expected == "-")
    assert why


@pytest.mark.parametrize(("text", "expected", "why"), _rows("moments.tsv"))
def test_the_moment_as_written(text: str, expected: str, why: str) -> None:
    assert (written_moment(text) or "-") == expected, why
    assert why


@pytest.mark.parametrize(("name", "moment", "stem", "language", "why"), _rows("file_names.tsv"))
def test_what_a_file_name_says(name: str, moment: str, stem: str, language: str, why: str) -> None:
    assert (moment_of_name(name) or "-") == moment, why
    assert page_of(name) == (stem, "" if language == "-" else language), why
    assert why


@pytest.mark.parametrize("row", GOLDEN, ids=[row["why"] for row in GOLDEN])
def test_golden_ids_never_change(row: dict[str, Any]) -> None:
    facts: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row["record"].items()
    }
    is_shared, facts["address"] = facts.pop("is_shared", False), identity_url(facts.pop("url", ""))
    found = UUID(bytes=identify(SelfDescription(**facts), is_shared=is_shared).digest)
    by_address = row["name"].startswith("http") and "\n" not in row["name"]
    # RFC 9562, 5.5: what the id is made of stands in the table, so that it can be made without refeed.
    assert uuid5(NAMESPACE_URL if by_address else WITHOUT_ADDRESS, row["name"]).urn == row["id"]
    assert found.urn == row["id"], row["why"]


def test_what_erb_makes_of_a_text_moves_no_id(tmp_path: Path) -> None:
    # Its text tells an article without a title apart, as it stands in the file.
    text = '<%= link_to "Ebb", "https://quay.example/ebb" %> at six.'
    header = "created_at: 2024-08-05 06:00:00 +0200\nkind: article\n"
    (tmp_path / "tide.md").write_text(f"---\n{header}---\n\n{text}\n")
    (record,) = refeed.inspect(tmp_path)
    digest = f"sha256:{sha256(text.encode()).hexdigest()}"
    described = SelfDescription(dates=("2024-08-05 06:00:00 +0200",), file="tide.md", body=digest)
    assert record["id"] == identify(described).id
    assert "<%" not in record["content"]


def test_an_address_is_all_that_counts() -> None:
    with_address = BASE._replace(address="https://harbour.example/fog")
    assert _same(
        with_address, SelfDescription(address="https://harbour.example/fog", title="Другое", author="Ada", slug="x")
    )
    assert not _same(with_address, with_address._replace(address="https://harbour.example/mist"))


def test_a_stated_id_is_the_id_but_the_address_stays_the_identity() -> None:
    url = "https://harbour.example/fog"
    stated = identify(BASE._replace(address=url, ids=("tag:harbour.example,2024:7",)))
    assert stated.id == stated.stated == "tag:harbour.example,2024:7"
    assert stated.digest == identify(SelfDescription(address=url)).digest


@pytest.mark.parametrize("address", ["", "https://harbour.example/", "https://harbour.example/index.html"])
def test_without_address_the_stated_id_is_the_identity(address: str) -> None:
    first = BASE._replace(address=address, ids=("tag:harbour.example,2024:7",))
    assert _same(first, first._replace(title="Another title", dates=()))
    assert not _same(first, first._replace(ids=("tag:harbour.example,2024:8",)))


def test_the_first_id_that_can_be_used_counts() -> None:
    assert identify(BASE._replace(ids=("7", "http://harbour.example/?p=7"))).id == "http://harbour.example/?p=7"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BASE._replace(title="Fog &amp; &quot;mist&#34; &#X26; rain"), BASE._replace(title='Fog & "mist" & rain')),
        (BASE._replace(title="Fog&nbsp;1"), BASE._replace(title="fog 1")),
        (BASE._replace(author="Ada <ada@harbour.example>"), BASE._replace(author="Ada")),
        (BASE._replace(author="Ada (ada@harbour.example)"), BASE._replace(author="Ada")),
        (BASE._replace(author="ada@harbour.example (Ada)"), BASE._replace(author="Ada")),
        (BASE._replace(outlet="Fog &amp; Co"), BASE._replace(outlet="fog & co")),
        (BASE, BASE._replace(dates=("2024-05-06T16:05:00+08:00",))),
        (BASE, BASE._replace(dates=("1714982700",))),
    ],
)
def test_spellings_of_one_fact_are_one_article(one: SelfDescription, other: SelfDescription) -> None:
    assert _same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BASE._replace(title="&amp;amp;"), BASE._replace(title="&")),  # of what is said of HTML, once is enough
        (BASE._replace(title="&#99999999;"), BASE._replace(title="")),
        (BASE._replace(author="<ada@harbour.example>"), BASE._replace(author="<bea@harbour.example>")),
        (BASE._replace(author="ada@harbour.example"), BASE._replace(author="bea@harbour.example")),
        (BASE._replace(dates=("2024-05-06T08:05+08:00",)), BASE),
    ],
)
def test_facts_that_only_look_alike_are_two(one: SelfDescription, other: SelfDescription) -> None:
    assert not _same(one, other)


@pytest.mark.parametrize(
    "id_",
    [
        "00000000-0000-0000-0000-000000000000",
        "urn:uuid:FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
        "https://harbour.example/posts/",
        "https://harbour.example/?feed=rss2",
        "12",
        " #12 ",
        "12.0",
        "undefined",
        "https://harbour.example/",
        "http://harbour.example/index.php",
    ],
)
def test_a_stated_id_that_names_nothing_is_ignored(id_: str) -> None:
    found = identify(BASE._replace(ids=(id_,)))
    assert found.digest == identify(BASE).digest
    assert found.stated is None


def test_without_address_and_id_every_fact_tells_articles_apart() -> None:
    others = [
        BASE._replace(address="https://harbour.example/"),
        BASE._replace(address="https://quay.example/"),
        BASE._replace(address="https://quay.example/de/"),
        BASE._replace(outlet="另一家"),
        BASE._replace(author="Ada"),
        BASE._replace(language="zh"),
        BASE._replace(title="渡轮"),
        BASE._replace(dates=("2024-05-07T08:05:00Z",)),
        BASE._replace(dates=("2024-05-06T08:06:00Z",)),
        BASE._replace(dates=("2024-05-06",)),
        BASE._replace(permalink="/fog/"),
        BASE._replace(permalink="/mist/"),
        BASE._replace(slug="fog"),
        BASE._replace(slug="mist"),
        BASE._replace(file="de/fog.md"),
        BASE._replace(file="a/fog.fr.md"),
    ]
    assert len({identify(one).digest for one in [BASE, *others]}) == 1 + len(others)


def test_where_a_file_lies_and_what_it_is_called_says_nothing_beside_a_date() -> None:
    assert _same(BASE, BASE._replace(file="somewhere/else/2023-01-01-mist.md", number=3))


def test_a_column_without_dates_is_told_apart_by_the_days_of_its_files() -> None:
    column = BASE._replace(dates=())
    names = ["_posts/2024-01-02-notes.md", "_posts/2024-01-09-notes.md", "2024/02/01/index.md", "2024/02/02/index.md"]
    assert len({identify(column._replace(file=name)).digest for name in names}) == 4
    assert _same(column._replace(file=names[0]), column._replace(file="moved/2024-01-02-renamed.md"))


def test_what_programs_write_for_no_date_is_none() -> None:
    column = BASE._replace(dates=("1970-01-01T00:00:00Z", "NaN"), file="2024-01-02-a.md")
    assert _same(column, column._replace(dates=()))
    assert not _same(column, column._replace(file="2024-01-09-a.md"))


def test_without_any_date_the_stem_counts() -> None:
    undated = BASE._replace(dates=())
    assert not _same(undated, undated._replace(file="a/mist.md"))
    assert not _same(undated, undated._replace(number=1))
    assert _same(undated, undated._replace(file="b/fog.html"))


def test_a_permalink_names_an_article_whatever_its_title_and_date() -> None:
    post = BASE._replace(permalink="/2024/fog/")
    assert _same(post, post._replace(permalink="2024/fog", title="Fog", dates=("2024-05-07",)))
    assert not _same(post, post._replace(permalink="/2024/mist/"))


# Nothing at all; front pages; patterns, and Jekyll's name of one.
_NO_PERMALINKS: Final = """
    / /index.html /blog/ /posts /archives/ /de/ blog posts index.html
    /:year/:title/ :slug /{{slug}}/ /blog/${slug}/ /blog/{slug}.html /{date:%Y}/x/ /blog/[slug] /[year]/[...slug].html
    /blog/%year%/%postname%/ /<slug>/ /<slug:name> pretty ordinal
"""


@pytest.mark.parametrize("permalink", ["", *_NO_PERMALINKS.split()])
def test_a_permalink_that_names_no_article_says_nothing(permalink: str) -> None:
    assert _same(BASE._replace(permalink=permalink), BASE)


@pytest.mark.parametrize(
    "permalink", ["/2024/update", "/caf%e3%ade%20x/", "/fog-[solved]/", "/re:invent/", "/post%category/"]
)
def test_a_permalink_that_only_looks_like_a_pattern_names_an_article(permalink: str) -> None:
    assert not _same(BASE._replace(permalink=permalink), BASE)


def test_a_slug_tells_articles_apart_beside_their_titles_and_moments() -> None:
    # A column, or a robot, may have one slug for all.
    post = BASE._replace(slug="fog")
    assert _same(post, post._replace(slug="", permalink="fog"))
    assert _same(post, post._replace(slug="FOG", title="渡轮停航 ", file="b/mist.md"))
    assert not _same(post, post._replace(dates=("2024-05-13T08:05:00Z",)))
    assert not _same(post, post._replace(dates=("2024-05-06T18:00:00Z",)))
    assert not _same(post, post._replace(title="Fog"))


@pytest.mark.parametrize(
    "slug", ["-", "0", "000", "index", "Index", "untitled", "blog", "posts", "{{slug}}", "undefined"]
)
def test_a_slug_that_names_nothing_does_not_count(slug: str) -> None:
    assert _same(BASE._replace(slug=slug), BASE)


def test_a_post_without_title_keeps_its_slug_when_its_text_changes() -> None:
    post = BASE._replace(title="", body="sha256:1")
    assert not _same(post, post._replace(body="sha256:2"))
    assert _same(post._replace(slug="fog"), post._replace(slug="fog", body="sha256:2"))


def test_a_shared_address_is_the_site() -> None:
    one = BASE._replace(
        address="https://harbour.example/live", ids=("tag:harbour.example,2024:7",), permalink="/live/now/"
    )
    other = one._replace(dates=("2024-05-13T08:05:00Z",))
    assert identify(one, is_shared=True).digest != identify(other, is_shared=True).digest
    elsewhere = one._replace(address="https://quay.example/live")
    assert identify(one, is_shared=True).digest != identify(elsewhere, is_shared=True).digest


@pytest.mark.parametrize(("one", "other"), [("zh-CN", "zh_cn"), ("DE", "de")])
def test_spellings_of_a_language_are_one(one: str, other: str) -> None:
    assert _same(BASE._replace(language=one), BASE._replace(language=other))


def test_a_language_is_one_by_statement_suffix_and_folder() -> None:
    german = BASE._replace(language="de")
    assert _same(german, BASE._replace(file="a/fog.de.md"))
    assert _same(german, BASE._replace(file="de/fog.md"))
    assert _same(german, BASE._replace(language="de", file="en/fog.md"))


@pytest.mark.parametrize(
    "title", ["  渡轮停航 ", "渡轮\u200b停航", "\ufeff渡轮停航", "渡轮\u00ad停航", "渡轮停航\u0007"]
)
def test_invisible_differences_of_the_title_do_not_count(title: str) -> None:
    assert _same(BASE._replace(title=title), BASE)


def test_case_width_and_white_space_do_not_count() -> None:
    assert _same(BASE._replace(title="Ｆｏｇ　on the\n RIVER"), BASE._replace(title="fog on the river"))


def test_facts_do_not_flow_into_each_other() -> None:
    assert not _same(BASE._replace(outlet="a\nb", author="c"), BASE._replace(outlet="a", author="b\nc"))


@given(st.text())
def test_the_fold_of_a_text_is_settled(text: str) -> None:
    once = fold(text)
    assert fold(once) == once or not once.isascii()  # a fold may open the way for another: compatibility, then case
    assert not set(once) & {"\n", "\t", "\u200b", "\xad"}


@pytest.mark.parametrize("character", ["\U0001f130", "\u32ff", "\U00016e40", "\u1c89", "\ua7cb"])
def test_what_unicode_added_later_is_not_folded(character: str) -> None:
    # Squared letters, the sign of an era, capitals of Unicode 11 and 16: a newer Python would fold what an older keeps.
    assert fold(character) == character
    assert unicodedata.ucd_3_2_0.category(character) == "Cn"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://harbour.example/a", "https://harbour.example/a"),
        ("https://harbour.example/中", "https://harbour.example/中"),  # an IRI may (RFC 3987)
        (" tag:harbour.example,2024-05:7\n", "tag:harbour.example,2024-05:7"),
        ("urn:isbn:0451450523", "urn:isbn:0451450523"),
        ("ni:///sha-256;f4OxZX", "ni:///sha-256;f4OxZX"),
        ("info:lccn/2002022641", "info:lccn/2002022641"),
        ("doi:10.1000/182", "doi:10.1000/182"),
        ("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        ("URN:UUID:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        ("urn:uuid:12", None),  # says UUID and is none
        ("urn:x", None),
        ("tag:harbour.example:7", None),  # no date (RFC 4151)
        ("12", None),
        ("post-7", None),
        ("foo:bar", None),  # no scheme that lasts
        ("mailto:ann@harbour.example", None),
        ("/a/b", None),
        ("https://", None),
        ("https://harbour.example/a b", None),
        ("https://harbour.example/a\u3000b", None),
        ('https://harbour.example/"', None),
        ("https://harbour.example/<a>", None),
        ("https://harbour.example/{a}", None),
        ("https://harbour.example/%zz", None),
        ("https://harbour.example/\u202e", None),  # a bidi mark (RFC 3987, 4.1)
        ("https://harbour.example/\ud800", None),
        ("", None),
    ],
)
def test_is_iri_or_uuid(text: str, expected: str | None) -> None:
    assert is_iri_or_uuid(text) == expected


def _ids(folder: Path, **files: str) -> list[str]:
    """Return the ids of files of one day."""
    for name, text in files.items():
        (folder / f"2024-05-06-{name}.md").write_text(text, "utf-8")
    return [record["id"] for record in refeed.inspect(folder)]


def test_photos_of_one_day_without_title_and_text_are_each_an_article(tmp_path: Path) -> None:
    """Losing one is worse than showing it twice: only their pictures, sounds or summaries tell them apart."""
    ids = _ids(
        tmp_path,
        heron="---\nimage: https://harbour.example/heron.jpg\n---\n",
        lamp="---\nimage: https://harbour.example/lamp.jpg\n---\n",
        swell="---\naudio: https://harbour.example/swell.mp3\n---\n",
        tide="---\ndescription: The tide came at noon.\n---\n",
    )
    assert len(set(ids)) == 4


def test_a_copy_of_a_photo_without_title_and_text_is_the_same_article(tmp_path: Path) -> None:
    photo = "---\nimage: https://harbour.example/heron.jpg\n---\n"
    assert len(set(_ids(tmp_path, heron=photo, heron_again=f"{photo}\n"))) == 1
