"""Files in two encodings: nothing that is UTF-8 is read as anything else."""

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import refeed
from refeed.input.two_encodings import read_escaped_lines, read_mixed

NOW = datetime(2026, 11, 20, tzinfo=UTC)
CHINESE = "我们在这里说的是人民的生活和工作，也是他们的时间。" * 4
GERMAN = "Das Wetter war schön, und die Bäume blühten. Später fuhren wir über die Brücke zurück nach Köln. " * 4
RUSSIAN = "Вот обычный русский текст о том, как люди живут и работают в большом городе. " * 4
TRADITIONAL = "我們在這裡說的是人民的生活和工作，也是他們的時間。" * 4
JAPANESE = "今日の港はとても静かで、かもめの声だけが聞こえていました。明日もここに来ます。" * 4
KOREAN = "오늘 아침 항구는 아주 조용했고 갈매기 소리만 들렸다. 내일도 이곳에 다시 올 것이다. " * 4
FRONT_MATTER = "---\ntitle: {}\ndate: 2024-01-02\n---\n\n"
HEADING = "<!--1665567543000-->\n[{}](https://harbour.example/a)\n------\n\n"


@pytest.mark.parametrize("header", [FRONT_MATTER, HEADING])
@pytest.mark.parametrize(
    ("title", "body", "charset"),
    [
        ("港口的日记", CHINESE, "gb18030"),
        ("Über", GERMAN, "cp1252"),
        ("Привет мир", RUSSIAN, "cp1251"),
        ("Привет мир", RUSSIAN, "koi8-r"),
        # Letters of two bytes, which are characters of these charsets as well.
        ("Привет мир", CHINESE, "gb18030"),
        ("Я", RUSSIAN, "cp1251"),
        ("Café à Köln", CHINESE, "gb18030"),
        ("Über", TRADITIONAL, "big5"),
        ("Ψάρι", JAPANESE, "cp932"),
        ("שלום", CHINESE, "gb18030"),
        ("السلام", KOREAN, "cp949"),
        ("Łódź", JAPANESE, "euc_jp"),
        ("港口的日记", JAPANESE, "iso2022_jp_2"),
        ("Été", KOREAN, "iso2022_kr"),
    ],
)
def test_a_header_in_utf_8_above_a_body_in_another_charset(
    header: str, title: str, body: str, charset: str, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_bytes(header.format(title).encode() + body.encode(charset))
    report = refeed.build(tmp_path, now=NOW)
    entry = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(report.feed or b"")  # noqa: S314
    assert feed.findtext(entry + "title") == title
    assert body[:40] in (feed.findtext(entry + "content") or "")
    [problem] = report.problems
    assert problem.code == "bad-encoding"
    assert problem.message == f"two encodings: some lines are UTF-8, others {charset.upper()}"


@pytest.mark.parametrize(
    "data",
    [
        f"联通\n{CHINESE}".encode("gb18030"),  # the first line is UTF-8 by chance
        f"title: 联通\ntags: 移动\n{CHINESE}".encode("gb18030"),
        f"title: 袩\n{CHINESE}".encode("gb18030"),  # one letter in UTF-8 may be one
        CHINESE.encode("gb18030"),
        CHINESE.encode(),
        b"plain",
    ],
)
def test_what_is_in_one_encoding_is_not_mixed(data: bytes) -> None:
    assert read_mixed(data) is None


@pytest.mark.parametrize("label", ["ISO-8859-1", "windows-1252"])
def test_texts_in_utf_8_of_a_feed_that_says_it_is_western(label: str, tmp_path: Path) -> None:
    items = (
        f"<item><title>{title} {number}</title><link>https://harbour.example/{number}</link>"
        "<pubDate>Tue, 02 Jan 2024 03:04:05 GMT</pubDate></item>\n".encode(codec)
        for number, (title, codec) in enumerate([("Über die Brücke", "cp1252"), ("Brøndby", "utf-8"), ("Fog", "ascii")])
    )
    head = f'<?xml version="1.0" encoding="{label}"?>\n<rss version="2.0"><channel>\n'.encode()
    (tmp_path / "a.xml").write_bytes(head + b"".join(items) + b"</channel></rss>")
    report = refeed.build(tmp_path, now=NOW)
    feed = ET.fromstring(report.feed or b"")  # noqa: S314
    titles = {entry.findtext("{http://www.w3.org/2005/Atom}title") for entry in feed}
    assert {"Über die Brücke 0", "Brøndby 1", "Fog 2"} <= titles
    assert "two encodings: some lines are UTF-8, others CP1252" in [one.message for one in report.problems]


def test_lines_of_hz_that_go_on_in_the_next_one_are_not_put_between_others(tmp_path: Path) -> None:
    # RFC 1843: a tilde at the end of a line joins it with the next one, so that there are fewer lines than before.
    text = FRONT_MATTER.format("Fog – 雾").encode() + CHINESE.encode("hz") + b"\nAnd ~\nmore.\n"
    assert read_escaped_lines(text) is None
    (tmp_path / "a.md").write_bytes(text)
    report = refeed.build(tmp_path, now=NOW)
    assert "And" in (report.feed or b"").decode()
    assert not [problem for problem in report.problems if problem.code == "internal-error"]
