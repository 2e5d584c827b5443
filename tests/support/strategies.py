"""What hypothesis makes dumps of: valid ones of every format, and what mutation makes of them."""

import json
from typing import Final

from hypothesis import strategies as st

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    (
        "Harbour",
        "港口",
        "a: b",
        "[x](y)",
        "]]>",
        "<b>bold</b>",
        "&amp;lt;",
        '"',
        "\x1b[31m",
        "\u202e",
        "\ufffe",
        "#",
        "",
    )
)
DATES = st.sampled_from(
    (
        "2020-05-01T08:00:00Z",
        "2020-05-02T08:00:00+02:00",
        "2021-01-01",
        "2020-05-01 08:00",
        "Thu, 02 Jul 2020 18:28:24 +0000",
        "2022年10月12日 17:21",
        "03/04/2021",
        "1665567543000",
        "2026-11-20T00:00:01Z",
        "3000-01-01",
        "Invalid Date",
        "NaN",
        "",
    )
)
# Few addresses, so that articles meet again.
LINKS = st.sampled_from(
    (
        "https://x.example/1",
        "http://X.example/1?utm_source=feed",
        "https://x.example/2",
        "/relative",
        "javascript:0",
        "",
    )
)
BODIES = st.lists(
    st.sampled_from(
        (
            "<p>The ferry sails at noon.</p>",
            "<div><i>Wed, 12 Oct 2022 09:21:33 GMT</i></div>",
            '<img src="a.jpg"><script>x()</script>',
            "<table><tr><td>1<td>2</table>",
            "# Heading\n\n- one\n- two\n",
            "\n\n<!--1665567543000-->\n[again](https://x.example/3)\n------\n\n",
            "\n---\n",
            "<" * 200,
            "\x00",
            "&#11;&#xFFFE;&#0;",
            "港口。",
        )
    )
    | WORDS,
    max_size=4,
).map("".join)

EPOCH_LINK = st.builds("<!--{}-->\n[{}]({})\n------\n\n{}".format, DATES, WORDS, LINKS, BODIES)
DATED_LINK = st.builds("[{}]({})\n------\n日期：{}\n\n{}".format, WORDS, LINKS, DATES, BODIES)
FRONT_MATTER = st.builds(
    "{0}title: {2}\ndate: {3}\n{4}: {5}\ndraft: {6}\n{1}\n{7}".format,
    st.sampled_from(("---\n", "\n\n---\n", "")),
    st.sampled_from(("---\n", "")),
    WORDS,
    DATES,
    st.sampled_from(("link", "guid", "updated", "tags", "author", "headimg")),
    LINKS | WORDS,
    st.sampled_from(("true", "false", "")),
    BODIES | EPOCH_LINK,
)
TOML = st.builds('+++\ntitle = "{}"\ndate = {}\n+++\n{}'.format, WORDS, DATES, BODIES)
JSON = st.builds('{{"title": "{}", "date": "{}"}}\n\n{}'.format, WORDS, DATES, BODIES)
FEED = st.builds(
    "<rss version='2.0'><channel><title>{0}</title><item><title>{0}</title><pubDate>{1}</pubDate><link>{2}</link>"
    "<description><![CDATA[{3}]]></description></item></channel></rss>".format,
    WORDS,
    DATES,
    LINKS,
    BODIES,
)
HEADED = st.builds("# {}\n\n{}\n\n{}".format, WORDS, DATES, BODIES)
RECORDS = st.builds(
    lambda title, date, url, text: json.dumps([{"title": title, "date": date, "url": url, "content": text}] * 2),
    WORDS,
    DATES,
    LINKS,
    BODIES,
)
COMMENT_FIELDS = st.builds(
    "{0}title: {2}\n{0}date: {3}\n{0}{1}\n\n{4}".format,
    st.sampled_from((".. ", "#+")),  # Nikola's reStructuredText, Org
    st.sampled_from(("tags: tides", "slug: fog", "link: https://e.example/fog")),
    WORDS,
    DATES,
    BODIES,
)
MOVABLE_TYPE = st.builds(
    "AUTHOR: Ada\nTITLE: {}\nSTATUS: {}\nDATE: {}\n-----\nBODY:\n{}\n-----\n--------\n".format,
    WORDS,
    st.sampled_from(("Publish", "Draft", "Future", "")),
    DATES | st.just("03/04/2021 12:05:09 AM"),
    BODIES,
)
PAGE = st.builds(
    "<!DOCTYPE html>\n<html><head><title>{0}</title><meta property='og:type' content='article'>"
    "<meta property='article:published_time' content='{1}'></head><body><article><h1>{0}</h1>{2}"
    "<p>The ferry waits in the fog, and nobody in the harbour minds it.</p></article></body></html>".format,
    WORDS,
    DATES,
    BODIES,
)
MAIL = st.builds(
    "From: Ada <ada@quay.example>\nTo: b@quay.example\nSubject: {}\nDate: {}\nMessage-ID: <{}@quay.example>\n"
    "List-Id: {}\n\n{}".format,
    WORDS,
    DATES | st.just("Mon, 26 Feb 2024 09:00:00 +0100"),
    st.sampled_from(("1", "2", "")),
    st.sampled_from(("<weekly.quay.example>", "")),
    BODIES,
)
XML_EXPORT = st.builds(
    "<en-export><note><title>{}</title><created>{}</created><note-attributes><source-url>{}</source-url>"
    "</note-attributes><content><![CDATA[<en-note>{}</en-note>]]></content></note></en-export>".format,
    WORDS,
    DATES | st.just("20240226T101112Z"),
    LINKS,
    BODIES,
)
NOTEBOOK = st.builds(
    lambda title, date, text: json.dumps(
        {
            "cells": [
                {"cell_type": "raw", "metadata": {}, "source": f"---\ntitle: {title}\ndate: {date}\n---"},
                {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)},
                {"cell_type": "code", "metadata": {}, "source": text, "outputs": [{"data": {"text/html": text}}]},
            ],
            "metadata": {},
            "nbformat": 4,
        }
    ),
    WORDS,
    DATES,
    BODIES,
)
DUMPS = (
    EPOCH_LINK
    | DATED_LINK
    | FRONT_MATTER
    | TOML
    | JSON
    | FEED
    | HEADED
    | RECORDS
    | COMMENT_FIELDS
    | MAIL
    | MOVABLE_TYPE
    | NOTEBOOK
    | PAGE
    | XML_EXPORT
)
ENCODED = st.builds(
    lambda text, encoding: text.encode(encoding, "replace"),
    DUMPS,
    st.sampled_from(("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5", "cp932", "latin-1")),
)


OTHER_ENCODINGS: Final = ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "big5", "cp932", "latin-1", "utf-7")
# Bytes that mean something to one of the readers.
SEAMS: Final = (
    b"\n---\n",
    b"---\n",
    b"+++\n",
    b"\n\n",
    b"\r",
    b"\n------\n",
    b"](http://x.example/",
    b"<!--1600000000000-->\n[",
    b"{",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x00",
    b"\x1b[2J",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xe2\x80\xa8",
    b"\xc2\x85",
    b"]]>",
    b"&a &b *a",
    b"!!python/object:os.system",
    b"title: [",
    b"'",
    b'"',
    b"\\u",
    b"<script>",
    b"&#0;",
    b"%00",
    b"}",
)
HEADER_LINES: Final = (
    "title: Harbour",
    "title: 'It''s'",
    'title: "a \\"b\\" \\u6d77"',
    "date: 2020-05-01",
    "tags: [a, 'b']",
    "k: '",
    'k: "',
    "tags:\n - a\n - b",
    "cover:\n  image: c.jpg",
    "a: {b: {c: [d]}}",
    "x: |\n  y\n  z",
    "title = 'x'",
    "Title: x",
    "k: [",
    "date = 2020-05-01T08:00:00Z",
    "tags = ['a', \"b\"]",
    "[params]",
    '{"title": "x", "date": 1.0e400}',
    "- a",
    "# comment",
    "? a\n: b",
    "a: *b",
    "&b c: d",
    "--- !!map",
    "%YAML 1.1",
    "a:\tb",
)
DATE_TEXTS: Final = (
    "2020-05-01T08:00:00Z",
    "2020-05-01 08:00:00.123+08:00",
    "Thu, 02 Jul 2020 18:28:24 +0000",
    "1665567543000",
    "0",
    "NaN",
    "2022年10月12日 下午5:21",
    "民國111年10月12日",
    "２０２２／１０／１２（水）",
    "Nov 14th 2020",
    "13/10/2020 - 00:05",
    "10:00",
    "October 12, 2020 5:21 PM EST",
    "Thursday, 02-Jul-20 18:28:24 GMT",
    "2020-W18-5",
    "2020-122",
    "9" * 30,
    "1109101",
    "12 de octubre",
    "20221012T082133Z",
    "2020-02-30",
    "99/99/9999",
    "-1",
    "1e308",
    "+275760",
)
ADDRESSES: Final = (
    "https://x.example/a?b=c&utm_source=d#e",
    "HTTP://user:pw@例え.example:80/%e4%b8%ad//",
    "//x.example/a",
    "/a/../b",
    "https://[::1]:443/",
    "https://[fe80::1%25eth0]/",
    "javascript:alert(1)",
    "data:text/html,<script>",
    "mailto:a@b",
    "https://x.example.:0/",
    "https://xn--/",
    "https://" + "a." * 130,
    "http://x.example/" + "%" * 20,
    "file:///etc",
    "https://x.example\\@y.example/",
    "https://x。example/",
    "urn:uuid:0b7c9b0a-52f5-5d2e-9f37-000000000001",
    "tag:x,2020:",
)


def _flipped(data: bytes, at: int, _end: int, with_: bytes) -> bytes:
    return data[:at] + bytes([data[at] ^ (with_[0] if with_ else 0x80)]) + data[at + 1 :] if at < len(data) else data


def _cut(data: bytes, start: int, end: int, _with: bytes) -> bytes:
    return data[:start] + data[end:]


def _ended(data: bytes, start: int, _end: int, _with: bytes) -> bytes:
    return data[:start]


def _doubled(data: bytes, start: int, end: int, _with: bytes) -> bytes:
    return data[:end] + data[start:]


def _spliced(data: bytes, start: int, end: int, with_: bytes) -> bytes:
    return data[:start] + with_ + data[end:]


def _re_encoded(data: bytes, start: int, end: int, with_: bytes) -> bytes:
    encoding = OTHER_ENCODINGS[len(with_) % len(OTHER_ENCODINGS)]
    return data[:start] + data[start:end].decode("utf-8", "replace").encode(encoding, "replace") + data[end:]


MUTATIONS: Final = (_flipped, _cut, _ended, _doubled, _spliced, _re_encoded)


@st.composite
def mutated(draw: st.DrawFn, valid: st.SearchStrategy[bytes] = ENCODED) -> bytes:
    """Break a valid dump in a few places: bytes flipped, cut, doubled, in other encodings, pieces of others put in."""
    data: bytes = draw(valid)
    pieces = st.sampled_from(SEAMS) | st.binary(max_size=8) | valid
    for mutate in draw(st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=4)):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, len(data)))
        data = mutate(data, start, end, draw(pieces))[:20_000]
    return data


NAMES = st.sampled_from(
    (
        "a.md",
        "b.txt",
        "c",
        "d/e.md",
        "d/2020-05-01-f.md",
        "d/g/20200501",
        "README.md",
        "_config.yml",
        "public/h.html",
        "港.md",
    )
)
TREES = st.dictionaries(NAMES, ENCODED | ENCODED | mutated() | st.binary(max_size=200), max_size=8)
