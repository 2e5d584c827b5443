"""Addresses in bodies: every row of fixtures/addresses, and the tables of pictures and links."""

import pytest
from folders import FIXTURES
from hypothesis import example, given
from hypothesis import strategies as st

from refeed.addresses.picture_sizes import same_picture
from refeed.addresses.pictures import real_picture
from refeed.clean.body import Body, clean_body
from refeed.clean.links import link_target
from refeed.clean.pictures.image_sources import LAZY, read_set

TABLES = FIXTURES / "addresses"
URL = "https://example.org/news/1"


def rows(name: str) -> list[list[str]]:
    lines = (TABLES / name).read_text("utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


ADDRESSES = [address for name in ("links.tsv", "pictures.tsv") for address, _, _ in rows(name)]


def clean(text: str) -> str:
    return clean_body(Body(text, markdown=False, title="", url=URL, dateline=None, images=())).content


@pytest.mark.parametrize(("address", "expected", "why"), rows("links.tsv"))
def test_link_target(address: str, expected: str, why: str) -> None:
    assert (link_target(address, URL) or "-") == expected, why


@pytest.mark.parametrize(("text", "expected", "why"), rows("srcsets.tsv"))
def test_read_set(text: str, expected: str, why: str) -> None:
    found = ", ".join(f"{width:g} {address}" for width, address in read_set(text))
    assert (found or "-") == expected, why


@pytest.mark.parametrize(("address", "other", "expected", "why"), rows("sizes.tsv"))
def test_same_picture(address: str, other: str, expected: str, why: str) -> None:
    assert ("same" if same_picture(address, other) else "other") == expected, why


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_clean_address_stays_as_it_is(address: str) -> None:
    target, picture = link_target(address, URL), real_picture(address, URL)
    assert target is None or link_target(target, URL) == target
    assert picture is None or real_picture(picture, URL) == picture


@pytest.mark.parametrize("name", LAZY)
@pytest.mark.parametrize("source", ["", "data:image/gif;base64,R0lGODlhAQABAAAAACw=", "/img/loading.gif", "undefined"])
def test_every_attribute_of_late_pictures_is_read(name: str, source: str) -> None:
    body = f'<p>Text.</p><img src="{source}" {name}="//pics.example/a.jpg">'
    assert clean(body) == '<p>Text.</p>\n<p><img src="https://pics.example/a.jpg" alt=""></p>'


@given(st.text(st.characters(), max_size=200))
@example("http://http://http://")
@example("https://link.zhihu.com/?target=https%3A%2F%2Flink.zhihu.com%2F%3Ftarget%3D")
def test_no_address_stops_the_cleaning(text: str) -> None:
    for address in (text, "https://" + text, "https://wsrv.nl/?url=" + text, "https://www.google.com/url?q=" + text):
        assert (link_target(address, URL) or "mailto:").startswith(("http://", "https://", "mailto:", "tel:", "ftp:"))
        assert (real_picture(address, URL) or "http://").startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "piece", [",", "a,", "a 1x,", "%25", "http:", "https%3A", "https://a/", "1w ", "?url=", "-", "&"]
)
def test_a_long_address_of_one_thing_is_read_in_time(piece: str) -> None:
    text = "https://a.example/" + piece * (200_000 // len(piece))
    assert clean(f'<p>Text.</p><a href="{text}">x</a><img src="{text[:7_000]}" srcset="{text}">').startswith("<p>Text.")


PICTURES = st.sampled_from(
    ["/a.jpg", "/a-300x200.jpg", "/b.jpg", "https://i0.wp.com/p.example/a.jpg?w=9", "/1x1.gif", ""]
)
PIECE = st.one_of(
    st.builds('<img src="{}" data-src="{}" class="{}">'.format, PICTURES, PICTURES, st.sampled_from(["", "avatar"])),
    st.builds('<figure><img src="{}"><figcaption>Sea</figcaption></figure>'.format, PICTURES),
    st.builds('<noscript><img src="{}"></noscript>'.format, PICTURES),
    st.builds('<picture><source srcset="{} 900w"><img src="{}"></picture>'.format, PICTURES, PICTURES),
    st.builds('<a href="{}"><img src="{}" srcset="{} 300w, {} 1200w"></a>'.format, *[PICTURES] * 4),
    st.sampled_from(
        ["<p>Text.</p>", "<div>", "</div>", "<small style='color:#999'>Bay</small>", "<amp-img src=/a.jpg>"]
    ),
)


@given(st.lists(PIECE, max_size=8).map("".join), st.lists(PICTURES, max_size=1).map(tuple))
def test_clean_pictures_stay_as_they_are(text: str, images: tuple[str, ...]) -> None:
    once = clean_body(Body(text, markdown=False, title="", url=URL, dateline=None, images=images)).content
    assert clean(once) == once


PLAIN = st.one_of(
    st.builds('<img src="{}" alt="">'.format, PICTURES),
    st.builds('<p>Text.</p><figure><img src="{}"><figcaption>Sea</figcaption></figure>'.format, PICTURES),
    st.builds('<noscript><img src="{}"></noscript>'.format, PICTURES),
)


@given(st.lists(PLAIN, max_size=8).map("".join))
def test_no_picture_of_an_article_is_lost(text: str) -> None:
    content = clean(text)
    for name in ("/a.jpg", "/a-300x200.jpg", "/b.jpg", "p.example/a.jpg"):
        assert f'"{name}"' not in text or name in content or name.replace("-300x200", "") in content
    assert ("/b.jpg" in content) == ("/b.jpg" in text)
