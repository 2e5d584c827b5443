"""Every rule of `refeed validate`: a valid feed with one thing changed, and what is said against it."""

import json
from typing import Final

import pytest
from folders import FIXTURES
from hypothesis import given, settings
from hypothesis import strategies as st

from refeed.problems import Severity
from refeed.validation.rules import RULES
from refeed.validation.validate import validate

FEEDS: Final = {
    name: (FIXTURES / "outputs" / f"full.expected.{name}").read_text("utf-8") for name in ("atom", "rss", "json")
}
Row = tuple[str, str, str]
"""What is replaced in the valid feed, by what, and the findings: each code with its line."""

_BODY: Final = "&lt;p&gt;The museum repainted seven boats.&lt;/p&gt;"
_LINK: Final = '<link href="https://harbour.example/boats-7" rel="alternate" type="text/html"/>'
_CONTENT: Final = f'<content type="html">{_BODY}</content>'
_SELF: Final = '<link href="https://harbour.example/feed.xml" rel="self" type="application/atom+xml"/>'
_FH: Final = 'xmlns:fh="http://purl.org/syndication/history/1.0"'
_AT: Final = 'xmlns:at="http://purl.org/atompub/tombstones/1.0"'
_TEN: Final = 'when="2024-05-06T10:00:00Z"'

ATOM: Final[tuple[Row, ...]] = (
    ("<feed ", "<feed < ", "not-well-formed 2"),
    ("渡轮因", "渡轮\x0c因", "not-well-formed 18"),
    ('"http://www.w3.org/2005/Atom"', '"https://www.w3.org/2005/Atom"', "wrong-namespace 2"),
    ('"http://search.yahoo.com/mrss/"', '"http://search.yahoo.com/mrss"', "wrong-namespace 38"),
    ("06:30:00Z", "06:30:00", "bad-date 34"),
    ("2024-05-05T00:00:00Z</published>", "2024-02-30T00:00:00Z</published>", "bad-date 50"),
    ("<updated>2024-05-05T", "<updated>2024-05-05t", "bad-date 43"),
    ("06:30:00Z", "07:08:10Z", "updated-before-published 16"),
    ("<id>tag:", "<id> tag:", "bad-address 41"),
    ("<id>tag:harbour.example,2024:", "<id>", "bad-id 41"),
    ("<id>tag:harbour.example,2024:boats-7</id>", "", "missing-element 40"),
    ("tag:harbour.example,2024:boats-7", "urn:uuid:0b7c9b0a-52f5-5d2e-9f37-6f1f7f0c1d01", "duplicate-id 40"),
    ('boats-7" rel', 'boats 7" rel', "bad-address 48"),
    ("https://harbour.example/boats-7", "/boats-7", "relative-link 48"),
    (' href="https://harbour.example/boats-7"', "", "missing-element 48"),
    ("https://harbour.example/boats-7", "JavaScript:alert(1)", "dangerous-address 48"),
    ("https://harbour.example/icon.png", "/icon.png", "relative-link 12"),
    ('xml:lang="en"', 'xml:lang="en_GB"', "bad-language 40"),
    ('type="audio/mpeg"', 'type="mp3"', "bad-media-type 29"),
    ('length="1048576"', 'length="1 MB"', "bad-length 29"),
    (_LINK, _LINK + '<link href="https://harbour.example/b" type="text/html"/>', "several-alternates 48"),
    (_LINK, _LINK + '<link href="https://harbour.example/b" type="text/html" hreflang="en"/>', ""),  # another language
    ('<summary type="text">The', '<summary type="text"><b xmlns=""/>The', "markup-in-text 49"),
    ('<title type="text">harbour.example</title>', "", "source-without-title 51"),
    (f"{_CONTENT}\n    {_LINK}", "", "missing-content 40"),
    (_CONTENT, "", ""),  # a link is enough
    (' rel="self" type="application/atom+xml"', ' rel="self"', "self-link 9"),
    (_SELF, "", "no-self-link 2"),
    ("author>", "contributor>", "missing-element 16, missing-element 40"),
    ('<category term="天气"/>', "<category/>", "missing-element 33"),
    ("<name>林小满</name>", "<email>lin@harbour.example</email>", "missing-element 20"),
    ("<name>林小满</name>", "<name>林小满</name><email>Lin</email>", "bad-person 21"),
    ('<category term="天气"/>', '<category term="天气" scheme="weather"/>', "bad-address 33"),
    (_CONTENT, '<content src="https://harbour.example/film.mp4" type="video/mp4"/>', ""),
    (
        _CONTENT,
        '<content src="https://harbour.example/film.mp4">Film</content>',
        "markup-in-text 47, bad-media-type 47",
    ),
    ("Seven boats repainted</title>", "Boats &amp;amp; nets</title>", "escaped-twice 42"),
    ("Seven boats repainted</title>", "R&amp;D; boats</title>", ""),  # HTML knows no such reference
    ('"text">Seven boats', '"html">Boats &amp;amp; nets, seven', ""),  # of HTML, escaped as it should be
    (_BODY, "&lt;script&gt;x()&lt;/script&gt;", "script 47"),
    (_BODY, '&lt;p onclick="x()"&gt;Text', "event-handler 47"),
    (_BODY, '&lt;a href="java&amp;#10;script:x()"&gt;Text', "dangerous-address 47"),
    (_BODY, "&lt;iframe src='https://x.example/'&gt;", "frame 47"),
    (_BODY, "&lt;form&gt;&lt;input&gt;&lt;/form&gt;", "form 47"),  # told once
    (_BODY, '&lt;p style="color: red"&gt;Text', "style 47"),
    (_BODY, '&lt;img src="fog.jpg"&gt;', "relative-link 47"),
    (_BODY, '&lt;a href="#note"&gt;1&lt;/a&gt;', ""),  # within the text
    (_BODY, "5 &lt; 6 & on".replace("&", "&amp;").replace("&amp;lt;", "&lt;"), ""),
    ("<published>2024-05-05T00:00:00Z</published>", "<pubDate>today</pubDate>", "undefined-element 50"),
    ("<icon>", "<icon>https://x.example/</icon><icon>", "repeated-element 12"),
    (_CONTENT, '<content type="xhtml"><p>Text</p></content>', "markup-in-text 47"),
    (
        _CONTENT,
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><script>x()</script></div></content>',
        "script 47",
    ),
    # RFC 5005
    ("<icon>", f"<fh:archive {_FH}/><icon>", "archive-links 2"),
    ("<icon>", f'<fh:archive {_FH}/><link rel="current" href="https://harbour.example/feed.xml"/><icon>', ""),
    ("<icon>", '<link rel="next-archive" href="https://harbour.example/2.xml"/><icon>', "archive-links 2"),
    ("<icon>", '<link rel="prev-archive" href="https://harbour.example/2.xml"/>' * 2 + "<icon>", "archive-links 2"),
    # RFC 6721
    ("<icon>", f'<at:deleted-entry {_AT} ref="urn:x:1" {_TEN}/><icon>', ""),
    ("<icon>", f'<at:deleted-entry {_AT} ref="1" {_TEN}/><icon>', "tombstone 12"),
    ("<icon>", f'<at:deleted-entry {_AT} ref="urn:x:1"/><icon>', "tombstone 12"),
    ("<icon>", f'<at:deleted-entry {_AT} ref="tag:harbour.example,2024:boats-7" {_TEN}/><icon>', "tombstone 12"),
)

_TITLE: Final = "<title>Seven boats repainted</title>"
_PAGE: Final = "<link>https://harbour.example/boats-7</link>"
_SUMMARY: Final = "<description>The museum repainted seven boats.</description>"
_CLOUD: Final = 'domain="x.example" port="80" path="/rss" registerProcedure="notify" protocol="soap"'
_FORM: Final = "<title>Ask</title><description>Us</description><name>q</name>"
_ASKED: Final = "<link>https://x.example/</link>"
RSS: Final[tuple[Row, ...]] = (
    ('version="2.0"', 'version="0.92"', "wrong-version 2"),
    ("<channel>", "<channel/><channel>", "missing-element 2"),
    ("<title>Seven boats repainted</title>", "<title>a</title><title>b</title>", "repeated-element 39"),
    ("Sun, 05 May 2024 00:00:00 GMT", "2024-05-05T00:00:00Z", "bad-date 44"),
    ("Sun, 05 May 2024 00:00:00 GMT", "Mon, 05 May 2024 00:00:00 GMT", "bad-date 44"),  # it was a Sunday
    ("Sun, 05 May 2024 00:00:00 GMT", "5 May 24 00:00 +0200", ""),  # RFC 822 itself
    ('isPermaLink="false">tag', 'isPermaLink="true">tag', "guid-no-permalink 42"),
    ('<guid isPermaLink="false">tag:harbour.example,2024:boats-7</guid>', "", "no-guid 38"),
    ("tag:harbour.example,2024:boats-7", "urn:uuid:0b7c9b0a-52f5-5d2e-9f37-6f1f7f0c1d01", "duplicate-id 38"),
    ("<dc:creator>林小满</dc:creator>", "<person>林小满</person>", "undefined-element 30"),
    ("<dc:creator>林小满</dc:creator>", "<author>林小满</author>", "bad-person 30"),
    ("<link>https://harbour.example/boats-7", "<link>/boats-7", "relative-link 40"),
    ("<link>https://harbour.example/boats-7", "<link>https://harbour.example/a b", "bad-address 40"),
    ("<link>https://harbour.example/boats-7", "<link>javascript:x()", "dangerous-address 40"),
    (
        "    <link>https://harbour.example/</link>\n    <description>",
        "    <description>",
        "missing-element 3, image-differs 10",
    ),
    ("<language>zh-Hans", "<language>Chinese, simplified", "bad-language 16"),
    (' length="1048576"', "", "missing-element 34"),
    ('length="1048576"', 'length=""', "bad-length 34"),
    ('type="audio/mpeg"', 'type="mp3"', "bad-media-type 34"),
    ('url="https://harbour.example/ferry.pdf"', 'url="ferry.pdf"', "bad-address 35"),
    ("modules/content/", "modules/content", "wrong-namespace 26"),
    (' type="application/rss+xml"', ' type="text/xml"', "self-link 7"),
    ('rel="self"', 'rel="via"', "no-self-link 3"),
    ("<title>Seven boats repainted", "<title>Boats &amp;amp; nets", "escaped-twice 39"),
    (f"{_TITLE}\n      {_PAGE}\n      {_SUMMARY}", _PAGE, "missing-content 38"),
    (_BODY, "&lt;img src='/a.png' onerror='x()'&gt;", "relative-link 43, event-handler 43"),
    ("<description>The museum", "<description>&lt;script&gt;", "script 41"),
    ("<dc:creator>林小满</dc:creator>", "<source>Harbour</source>", "missing-element 30"),
    (_SUMMARY, "", ""),  # a title is enough
    (
        f"<content:encoded>{_BODY}</content:encoded>",
        f"<description>{_BODY}</description>",
        "repeated-element 41",
    ),
    # What only the channel has
    ("<language>", "<ttl>60</ttl><language>", ""),
    ("<language>", "<ttl>an hour</ttl><language>", "bad-schedule 16"),
    ("<language>", "<ttl>0</ttl><language>", "bad-schedule 16"),
    ("<language>", "<skipHours><hour>0</hour><hour>07</hour><hour>23</hour></skipHours><language>", ""),
    ("<language>", "<skipHours><hour>24</hour></skipHours><language>", "bad-schedule 16"),
    ("<language>", "<skipHours><hour>7</hour><hour>07</hour></skipHours><language>", "bad-schedule 16"),
    ("<language>", "<skipHours><day>Monday</day></skipHours><language>", "undefined-element 16"),
    ("<language>", "<skipDays><day>Monday</day><day>Sunday</day></skipDays><language>", ""),
    ("<language>", "<skipDays><day>monday</day></skipDays><language>", "bad-schedule 16"),
    ("<language>", "<skipDays><day>Friday</day><day>Friday</day></skipDays><language>", "bad-schedule 16"),
    ("<language>", f"<cloud {_CLOUD}/><language>", ""),
    ("<language>", f"<cloud {_CLOUD.replace('soap', 'smtp')}/><language>", "bad-cloud 16"),
    ("<language>", f"<cloud {_CLOUD.replace('80', 'http')}/><language>", "bad-cloud 16"),
    ("<language>", f"<cloud {_CLOUD.replace('80', '1' * 5_000)}/><language>", "bad-cloud 16"),
    ("<language>", f"<cloud {_CLOUD.replace('path', 'way')}/><language>", "bad-cloud 16"),
    ("<language>", f"<textInput>{_FORM}{_ASKED}</textInput><language>", "text-input 16"),
    ("<language>", f"<textInput>{_FORM}</textInput><language>", "missing-element 16, text-input 16"),
    ("</image>", "<width>144</width><height>400</height></image>", ""),
    ("</image>", "<width>145</width><height>wide</height></image>", "bad-image-size 15, bad-image-size 15"),
    ("<title>Seven boats", "<title>&lt;b&gt;Seven&lt;/b&gt; boats", "html-in-title 39"),
    ("<title>Seven boats", "<title>5 &lt; 7 &gt; 6 boats", ""),
    (
        "<description>清晨的雾太浓，渡轮停到中午。</description>\n      <guid",
        "<content:encoded/><description>清晨</description>\n      <guid",
        "description-after-content 19",
    ),
)

_IMG: Final = '<img src=\\"https://harbour.example/fog.jpg\\" alt=\\"雾\\">'
JSON: Final[tuple[Row, ...]] = (
    ('"items": [', '"items": [,', "not-well-formed 13"),
    ("version/1.1", "version/2", "wrong-version 1"),
    ('"title": "港口日报",', "", "missing-element 1"),
    ('"id": "tag:harbour.example,2024:boats-7", ', "", "missing-element 15"),
    ('"content_html": "<p>The', '"content": "<p>The', "undefined-element 15, missing-content 15"),
    ('"content_html": "<p>The', '"content_text": "<p>The', ""),
    ("2024-05-05T00:00:00Z", "2024-05-05", "bad-date 15, bad-date 15"),
    ('"title": "Seven boats repainted", ', '"title": 7, ', "bad-value 15"),
    ('"summary": "The museum repainted seven boats."', '"summary": ""', "bad-value 15"),
    ('"url": "https://harbour.example/boats-7"', '"url": "/boats-7"', "relative-link 15"),
    ('"url": "https://harbour.example/boats-7"', '"url": "vbscript:x"', "dangerous-address 15"),
    ("tag:harbour.example,2024:boats-7", "urn:uuid:0b7c9b0a-52f5-5d2e-9f37-6f1f7f0c1d01", "duplicate-id 15"),
    ('"author": {"name": "Ada Reed"}', '"author": {"name": "Bob"}', "bad-value 15"),
    ('"mime_type": "audio/mpeg"', '"type": "audio/mpeg"', "missing-element 14, undefined-element 14"),
    ('"mime_type": "audio/mpeg"', '"mime_type": "mp3"', "bad-media-type 14"),
    ('"size_in_bytes": 1048576', '"size_in_bytes": -1', "bad-length 14"),
    ('"size_in_bytes": 1048576', '"size_in_bytes": true', "bad-value 14"),
    ('"language": "en"', '"language": "English, GB"', "bad-language 15"),
    ('  "feed_url": "https://harbour.example/feed.xml",\n', "", "no-self-link 1"),
    (_IMG, "<script>x()</script>", "script 14"),
    ("Seven boats repainted", "Boats &#8217; nets", "escaped-twice 15"),
    ('"_refeed": {"outlet": "harbour.example"}', '"_refeed": "harbour.example"', "bad-value 15"),
    ('[{"name": "Ada Reed"}], "author": {"name": "Ada Reed"}', '["Ada Reed"]', "bad-value 15"),
    ('"home_page_url": "https://harbour.example/"', '"home_page_url": "https://harbour.example/雾"', "bad-address 1"),
)
ROWS: Final = [(name, row) for name, rows in (("atom", ATOM), ("rss", RSS), ("json", JSON)) for row in rows]


def said(feed: str) -> str:
    return ", ".join(f"{finding.code} {finding.line}" for finding in validate(feed.encode()).findings)


@pytest.mark.parametrize("name", FEEDS)
def test_nothing_is_said_against_a_valid_feed(name: str) -> None:
    assert said(FEEDS[name]) == ""
    assert validate(FEEDS[name].encode()).format == name


@pytest.mark.parametrize(("name", "row"), ROWS, ids=lambda value: value if isinstance(value, str) else value[2])
def test_one_change_is_found(name: str, row: Row) -> None:
    old, new, findings = row
    assert old in FEEDS[name]
    assert said(FEEDS[name].replace(old, new)) == findings


def test_every_rule_is_tested() -> None:
    tested = {finding.partition(" ")[0] for _, row in ROWS for finding in row[2].split(", ")}
    # test_files.py has these: a chain takes several files, and what is no feed is none of the three.
    assert tested - {""} == RULES.keys() - {"archive-chain", "not-a-feed"}


def test_a_rule_says_where_it_is_written_and_what_to_do() -> None:
    for code, rule in RULES.items():
        assert rule.source or code == "not-a-feed"
        assert rule.meaning
        assert rule.cure
        assert not (rule.meaning + rule.cure).endswith(".")
        assert rule.severity in Severity


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("", "not-well-formed 1"),
        ("<html><p>Text</p></html>", "not-a-feed 1"),
        ('<feed version="0.3" xmlns="http://purl.org/atom/ns#"/>', "wrong-namespace 1"),
        ("{}", "wrong-version 1, missing-element 1, missing-element 1, missing-element 1, no-self-link 1"),
        ('{"a": ' * 100_000, "not-well-formed 0"),
    ],
)
def test_what_is_no_feed_is_named(text: str, findings: str) -> None:
    assert said(text) == findings


@pytest.mark.parametrize(
    ("root", "name"),
    [
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"/>',
            "RSS 1.0",
        ),
        ('<opml version="2.0"/>', "OPML"),
        ("<HTML/>", "a page"),
        ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "a sitemap"),
    ],
)
def test_what_is_often_taken_for_a_feed_is_told_by_its_name(root: str, name: str) -> None:
    (finding,) = validate(root.encode()).findings
    assert finding.code == "not-a-feed"
    assert name in finding.message


KEYS: Final = st.sampled_from(
    ["version", "id", "title", "items", "authors", "author", "url", "attachments", "content_html", "language", "_x"]
)
VALUES: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=9,
)


@given(st.dictionaries(KEYS, VALUES, min_size=1))
@settings(max_examples=60)
def test_whatever_values_a_json_feed_has_it_is_no_failure(feed: dict[str, object]) -> None:
    assert validate(json.dumps(feed).encode()).format == "json"


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE feed [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]>' + FEEDS["atom"].partition("?>")[2].lstrip()
    assert said(bomb.replace("Seven boats", "&b;")) == ""
