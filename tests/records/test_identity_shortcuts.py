"""The short ways of the frozen identities give what the ways of all texts give: no speed may move an id."""

import re
import sys
from typing import Final
from unicodedata import ucd_3_2_0

from hypothesis import given, settings
from hypothesis import strategies as st

from refeed.records.identity._addresses import (
    _FRONT_PAGE,
    _TRACKING,
    _is_tracking,
    _query,
    front_page,
    identity_url,
    is_below_all_fronts,
    usual_address,
)
from refeed.records.identity._moments import written_moment
from refeed.records.identity._texts import _INVISIBLE, _SETTLED, _WHITE_SPACE, _casefold
from refeed.records.publication.decide import _DAY_OF_FOLDERS, _is_of_a_year
from refeed.urls import readable
from refeed.vocabulary.links import _ALONE, address_in

ADDRESSES: Final = st.lists(
    st.sampled_from(
        (
            *("https://", "a.example", "~ada", "@ada", "/", "//", "%2F", "de", "pt-br", "blog", "index", ".html"),
            *(".php.bak", "?", "lang=de", "&", "id=1", "#", "#!/", "x", "7", ":", "://", "<", '"', ""),
        )
    ),
    max_size=9,
).map(lambda parts: "https://" + "".join(parts))

MOMENTS: Final = st.builds(
    "{}-{}-{}{}{}:{}{}{}".format,
    st.sampled_from(("2024", "1969", "2200", "0001")),
    st.sampled_from(("02", "13", "00")),
    st.sampled_from(("29", "31", "00", "1")),
    st.sampled_from((" ", "T", "t", "  ")),
    st.sampled_from(("00", "08", "24", "8")),
    st.sampled_from(("00", "05", "60")),
    st.sampled_from(("", ":09", ":09.123", ":9")),
    st.sampled_from(("", "Z", "z", " Z", "+08:00", "-05:30", "+0800", "+99:99", " PM", " GMT")),
)

MAILED: Final = st.builds(
    "{}, {} {} {} {}:{} {}".format,
    st.sampled_from(("Mon", "Thu", "thu", "Thursday")),
    st.sampled_from(("29", "31", "00", "02", "2")),
    st.sampled_from(("Jan", "Feb", "may", "Dec", "December")),
    st.sampled_from(("2024", "1969", "2200", "0001")),
    st.sampled_from(("00:00", "00:05", "08:05", "24:00", "8:05")),
    st.sampled_from(("09", "00", "99")),
    st.sampled_from(("GMT", "UT", "+0000", "+0800")),
)


@given(MOMENTS | MAILED | st.dates().map(str))
def test_the_usual_moment_is_that_of_a_text_that_is_not_as_usual(text: str) -> None:
    assert written_moment(text) == written_moment(f" {text}")  # the blank keeps it from the short way, and says nothing


def test_the_settled_characters_stay_themselves_in_any_company() -> None:
    settled = [chr(code) for code in range(sys.maxunicode >> 4) if _SETTLED.fullmatch(chr(code))]
    assert len(settled) > 21_000  # nearly all are ideographs
    for beside in ("", "か", "ハ", "e", "漢"):  # what marks could be joined to
        whole = "".join(character + beside for character in settled)
        assert ucd_3_2_0.normalize("NFKC", whole) == whole
    assert "".join(map(_casefold, settled)) == "".join(settled).lower()


def test_nothing_that_is_printable_goes_from_a_folded_text_but_blanks() -> None:
    gone = [chr(code) for code in range(0x10000) if _INVISIBLE.match(chr(code)) or chr(code).isspace()]
    gone += [chr(code) for code in range(0x10000) if _WHITE_SPACE.match(chr(code))]
    assert {character for character in gone if character.isprintable()} == {" "}


@settings(max_examples=200)
@given(ADDRESSES)
def test_an_address_is_a_front_page_wherever_its_pattern_could_go_back(address: str) -> None:
    going_back = re.compile(
        _FRONT_PAGE.pattern.replace("(?>[^/?#]*)", "[^/?#]*").replace("(?>[^/?#]+)", "[^/?#]+"),
        _FRONT_PAGE.flags,
    )
    assert going_back.pattern != _FRONT_PAGE.pattern
    one, other = _FRONT_PAGE.fullmatch(address), going_back.fullmatch(address)
    assert (one and one.groups()) == (other and other.groups())


SCHEMES: Final = ("https://", "http://", "HTTP://", "//", "")
HOSTS: Final = (
    *("a.example", ".example", "a..example", "localhost", "A.example", "a.example:8080", "ä.example"),
    "x" * 70 + ".example",
)
PATHS: Final = (
    *("/", "/a", "/tide-1.html", "/./", "/../", "//", "..", ":", "(1)", "%E6%BD%AE", "%e6", "%2E", "%2G", "%25", "?"),
    *("?id=1", "&utm_source=feed", "&amp;b=2", "&AMP;c", "#top", "#!/a", " ", ".", ",", "“", "潮", '"', "<", "~@"),
)
LINKS: Final = st.tuples(
    st.sampled_from(SCHEMES), st.sampled_from(HOSTS), st.lists(st.sampled_from(PATHS), max_size=6).map("".join)
).map("".join)


@settings(max_examples=1000)
@given(LINKS)
def test_a_usual_address_is_read_and_spelled_as_any_other(link: str) -> None:
    usual = usual_address(link)
    if usual:
        assert usual == identity_url(f" {link}")  # the blank keeps it from the short way, and is dropped
        assert readable(link) == link
        assert address_in(link) == link or not (link[-1] == "/" or link[-1].isalnum())


@settings(max_examples=500)
@given(ADDRESSES)
def test_no_front_page_is_taken_for_a_page_below_all(address: str) -> None:
    assert not (is_below_all_fronts(address) and _FRONT_PAGE.fullmatch(address))


def test_no_pattern_is_needed_for_the_usual_address_of_an_article() -> None:
    assert is_below_all_fronts("https://quay.example/2024/05/the-old-rope.html?from=rss#top")
    assert is_below_all_fronts("https://quay.example/a/730899.html")  # a number that is no year, nor a page of a list
    assert is_below_all_fronts("https://quay.example/202")
    assert not is_below_all_fronts("https://quay.example/2024/")
    assert not is_below_all_fronts("https://quay.example/page/202")
    assert not is_below_all_fronts("https://quay.example/tag/the-old-rope")
    assert front_page("https://quay.example/tag/the-old-rope") == "https://quay.example"


@given(ADDRESSES)
def test_an_address_stands_alone_where_no_other_follows(address: str) -> None:
    # A quotation mark within a word belongs to it; one at the end of a word is that of an attribute.
    is_alone = bool(re.fullmatch(r'https?://(?:[^<>"]|"(?![\s>]|\Z))+', address)) and "://" not in address[8:]
    assert bool(_ALONE.fullmatch(address)) == is_alone


@given(st.lists(st.sampled_from(("2027", "06", "1", "a", "posts", "1999", "20270601")), max_size=5).map("/".join))
def test_a_day_of_folders_stands_below_a_year(folder: str) -> None:
    for name in (f"{folder}/a.md", f"{folder}/01.md"):
        is_day = _DAY_OF_FOLDERS.search(name) is not None
        assert not is_day or _is_of_a_year(f"{folder}/")


QUERIES: Final = st.lists(
    st.sampled_from(
        (
            *("id=7", "", "utm_source=a", "UTM_Medium=b", "fbclid", "mc_eid=1", "igshid=", "Source=rss-a", "a=gclid"),
            *("source=rss-a", "source=rss", "full=y", "full=yes", "FULL=y", "=", "utm=1"),
        )
    )
).map("&".join)


@given(QUERIES, st.sampled_from(("a.example", "www.ftchinese.com")))
def test_a_query_without_a_sign_of_tracking_has_nothing_to_drop(query: str, host: str) -> None:
    kept = [pair for pair in query.split("&") if pair and not _is_tracking(pair, host)]
    assert _query(query, host) == "&".join(kept)


def test_each_parameter_of_tracking_has_a_sign() -> None:
    assert [name for name in _TRACKING if _query(f"{name}=1", "a.example")] == []
