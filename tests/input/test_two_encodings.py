"""Files in two encodings: nothing that is UTF-8 is read as anything else."""

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import refeed
from refeed.input.two_encodings import read_mixed

NOW = datetime(2026, 11, 20, tzinfo=UTC)
CHINESE = "我们在这里说的是人民的生活和工作，也是他们的时间。" * 4
GERMAN = "Das Wetter war schön, und die Bäume blühten. Später fuhren wir über die Brücke zurück nach Köln. " * 4
RUSSIAN = "Вот обычный русский текст о том, как люди живут и работают в большом городе. " * 4
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
        CHINESE.encode("gb18030"),
        CHINESE.encode(),
        b"plain",
    ],
)
def test_what_is_in_one_encoding_is_not_mixed(data: bytes) -> None:
    assert read_mixed(data) is None
