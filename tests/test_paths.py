"""What lets one in at an address is nobody's business; everything else of a path is shown as it is."""

import pytest

from refeed.paths import without_secrets


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/archive/who@home?.md", "/archive/who@home?.md"),
        ("https://ana:tide@news.example/a.zip", "https://news.example/a.zip"),
        ("http://tide@news.example:8080/a.zip", "http://news.example:8080/a.zip"),
        ("https://news.example/a.zip?signature=springs#part", "https://news.example/a.zip"),
        ("https://news.example?key=springs", "https://news.example"),
        ("https://news.example/@ana/a.zip", "https://news.example/@ana/a.zip"),  # part of the path
        ("https://news.example/a.zip?key=springs!/who?.md", "https://news.example/a.zip!/who?.md"),  # a file's name
        ("https://news.example/a.zip!/b.zip!/#1.md", "https://news.example/a.zip!/b.zip!/#1.md"),
        ("s3://bucket/a?.md", "s3://bucket/a?.md"),  # a key, and no query
        ("ftp://ana:tide@news.example/a.zip", "ftp://news.example/a.zip"),
        ("s3://key:tide@bucket/a@b.md", "s3://bucket/a@b.md"),
        ("abfs://container@account.example/a.md", "abfs://container@account.example/a.md"),  # nobody's name
        ("/archive/a://b:c@d.md", "/archive/a://b:c@d.md"),  # a file's name
    ],
)
def test_what_lets_one_in_is_left_out(path: str, shown: str) -> None:
    assert without_secrets(path) == shown
