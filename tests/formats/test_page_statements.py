"""What saved pages state of their articles in several places: whose date and title it is, and who may read it."""

import json
from typing import Any

import pytest

from refeed.formats.page import parse
from refeed.model import Document, RawRecord, SourceFile
from refeed.problems import Problem

TEXT = "<p>The ferry stayed in its berth all morning, and so did everybody who had wanted to cross.</p>"
HERE = "https://quay.example/fog"
ARTICLE = {"@type": "Article", "headline": "Fog", "url": HERE}


def read(head: str = "", body: str = TEXT, data: Any = None) -> tuple[RawRecord, list[str]]:
    """Return the record of a page, and the codes of its problems."""
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    page = (
        f'<html><head><meta property="og:type" content="article"><title>Fog</title>'
        f'<link rel="canonical" href="{HERE}">{head}{script}</head>'
        f"<body><article><h1>Fog</h1>{body}</article></body></html>"
    )
    found = [*parse(Document(SourceFile("fog.html", "fog.html"), page.encode()))]
    (record,) = (one for one in found if isinstance(one, RawRecord))
    return record, [one.code for one in found if isinstance(one, Problem)]


def dates(record: RawRecord) -> list[str]:
    return [one.text for one in record.dates]


@pytest.mark.parametrize(
    "address", [f"{HERE}/", f"{HERE}#article", "http://quay.example/fog", "https://www.quay.example/fog"]
)
def test_payment_is_seen_however_the_address_is_written(address: str) -> None:
    others = [{**ARTICLE, "url": f"https://quay.example/{name}"} for name in ("gull", "buoy")]
    record, _ = read(data=[*others, {**ARTICLE, "url": address, "isAccessibleForFree": False}])
    assert record.withheld
    assert record.withheld.code == "locked"


def test_a_part_for_payers_withholds_the_page() -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".rest"}
    for parts in (part, [part]):
        record, _ = read(data={**ARTICLE, "hasPart": parts})
        assert record.withheld
    free = {**part, "isAccessibleForFree": True}
    assert read(data={**ARTICLE, "hasPart": [free]})[0].withheld is None


@pytest.mark.parametrize("name", ["members-only", "Paywall-Content", "x premium-content"])
def test_a_passage_for_members_withholds_the_page(name: str) -> None:
    assert read(body=f'{TEXT}<div class="{name}">More of it.</div>')[0].withheld
    assert read(body=f'{TEXT}<div class="members">More of it.</div>')[0].withheld is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="robots" content="max-image-preview:large"><meta name="googlebot" content="noindex">',
        '<meta name="robots" content="max-snippet:-1"><meta name="robots" content="noindex, follow">',
    ],
)
def test_each_word_to_robots_counts(head: str) -> None:
    assert read(head)[1] == ["hidden"]


@pytest.mark.parametrize("mark", ['id="comments"', 'class="comment"', 'class="related-posts"'])
def test_a_comment_does_not_date_the_article(mark: str) -> None:
    time = '<time datetime="2021-03-05T10:00:00Z">'
    assert dates(read(body=f"{TEXT}<section {mark}>{time}</section>")[0]) == []
    assert dates(read(body=f"{TEXT}<section>{time}</section>")[0]) == ["2021-03-05T10:00:00Z"]


def test_the_page_of_an_article_dates_it() -> None:
    """Yoast describes the page, and no article, where no author is known."""
    page = {"@type": "WebPage", "@id": f"{HERE}/", "url": f"{HERE}/", "datePublished": "2021-03-04T08:00:00+00:00"}
    assert dates(read(data={"@graph": [page]})[0]) == ["2021-03-04T08:00:00+00:00"]
    other = {**page, "@id": "https://quay.example/", "url": "https://quay.example/"}
    assert dates(read(data={"@graph": [other]})[0]) == []


def test_the_time_of_a_day_counts_more_than_the_day() -> None:
    time = '<meta property="article:published_time" content="2021-03-04T10:00:00Z">'
    assert dates(read(time, data={**ARTICLE, "datePublished": "2021-03-04"})[0]) == ["2021-03-04T10:00:00Z"]
    assert dates(read(time, data={**ARTICLE, "datePublished": "2021-03-03"})[0]) == ["2021-03-03"]


@pytest.mark.parametrize("head", ["Ada: Fog", "Ada | Fog", "Quay News - Fog"])
def test_the_name_of_a_site_before_the_title_is_none_of_it(head: str) -> None:
    record, _ = read(f'<meta property="og:title" content="{head}">')
    assert [one.text for one in record.titles] == ["Fog"]


@pytest.mark.parametrize(
    ("above", "below", "dated"),
    [
        ('<p class="date">3 May 2019</p>', "", True),
        ('<div class="line"><span class="post-date">3 May 2019</span></div>', "", True),
        ('<header><span class="date">3 May 2019</span></header>', "", False),  # the day on which the page was shown
        ("", '<ul><li>Gulls <span class="date">3 May 2019</span></li></ul>', False),  # that of another article
        ("", '<aside><p>Fair <span class="date">3 May 2030</span></p></aside>', False),
    ],
)
def test_the_day_beside_an_article_is_in_no_bar_and_no_list(above: str, below: str, dated: bool) -> None:
    assert bool(dates(read_between(above, below))) is dated


@pytest.mark.parametrize(("inner", "dated"), [("{}", True), ('<div class="top">{}</div>', False)])
def test_further_out_a_day_stands_alone(inner: str, dated: bool) -> None:
    day = inner.format('<p class="date">3 May 2019</p>')
    assert bool(dates(read_between(f'{day}<div class="inner">', "</div>"))) is dated


def read_between(above: str, below: str) -> RawRecord:
    """Return the record of a page without a date in its head, with something above and below its article."""
    article = f'<article><h1>Fog</h1><div class="entry-content">{TEXT * 3}</div></article>'
    page = f'<html><head><title>Fog</title></head><body><div class="page">{above}{article}{below}</div></body></html>'
    (record,) = parse(Document(SourceFile("fog.html", "fog.html"), page.encode()))
    assert isinstance(record, RawRecord)
    return record
