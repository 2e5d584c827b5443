"""The encoding that an XML file or a page declares: believed where the whole file is written in it."""

import pytest

from refeed.input.declared_encoding import declared_encoding

FEED = '<?xml version="1.0" encoding="{}"?>\n<rss><channel><title>{}</title></channel></rss>'


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("GB2312", "gb18030", "镕基"),  # a character that GB 2312 lacks: the label means the larger charset
        ("big5", "big5hkscs", "海港"),
        ("Shift_JIS", "cp932", "①港"),
        ("iso-8859-1", "cp1252", "“café”"),
        ("windows-1251", "cp1251", "гавань"),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label: str, codec: str, text: str) -> None:
    assert declared_encoding(FEED.format(label, text).encode(codec)) == codec


def test_a_declaration_that_does_not_fit_or_is_unknown_is_no_word() -> None:
    assert declared_encoding(FEED.format("big5", "").encode() + b"\xff\xff") is None
    assert declared_encoding(FEED.format("utf-8", "é").encode("latin-1")) is None
    assert declared_encoding(FEED.format("utf-7", "x").encode()) is None
    assert declared_encoding(b'<rss encoding="big5">') is None


@pytest.mark.parametrize(
    "meta", ['<meta charset="GBK">', "<META http-equiv=Content-Type content='text/html; charset=gb2312'>"]
)
def test_a_page_declares_it_in_its_head(meta: str) -> None:
    page = f"<!DOCTYPE html>\n<html><head>{meta}<title>朱镕基</title></head></html>"
    assert declared_encoding(page.encode("gb18030")) == "gb18030"
    assert declared_encoding(f"---\ntitle: 朱镕基\n---\n{meta}".encode("gb18030")) is None  # the body of something else
