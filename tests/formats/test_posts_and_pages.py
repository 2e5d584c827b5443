"""What is an article by where it lies, and by what an export calls it."""

import pytest

from refeed.formats import load_formats
from refeed.model import Document, RawRecord, SourceFile
from refeed.problems import Problem

HEADER = b"---\ntitle: Fog\ndate: 2021-03-04\nlayout: page\n---\n\nThe ferry waits.\n"
WXR = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Harbour</title>{}</channel></rss>"""
ITEM = """<item><title>A {0}</title><link>https://harbour.example/{0}</link>
<content:encoded>The ferry waits.</content:encoded>
<wp:status>{1}</wp:status><wp:post_type>{0}</wp:post_type></item>"""


def read(name: str, data: bytes) -> list[RawRecord | Problem]:
    format_ = load_formats()["feed" if name.endswith(".xml") else "front-matter"]
    return list(format_.parse(Document(SourceFile(name, name), data)))


@pytest.mark.parametrize(
    ("name", "is_post"),
    [
        ("_posts/2021-03-04-fog.md", True),
        ("blog/_posts/weather/2021-03-04-fog.md", True),
        ("pages/2021-03-04-fog.md", False),  # no folder of posts
        ("_posts/about.md", False),  # Jekyll takes only what has a day
    ],
)
def test_jekyll_publishes_its_posts_whatever_their_layout(name: str, is_post: bool) -> None:
    (found,) = read(name, HEADER)
    assert isinstance(found, RawRecord) is is_post


def wxr(*kinds: str, status: str = "publish") -> list[RawRecord | Problem]:
    return read("export.xml", WXR.format("".join(ITEM.format(kind, status) for kind in kinds)).encode())


def test_kinds_of_the_sites_own_are_articles_in_an_export_of_wordpress() -> None:
    kinds = [
        "podcast",
        "recipe",
        "news",
        "article",
        "review",
        "story",
        "jetpack-portfolio",
        "event",
        "pressemitteilung",
    ]
    assert [item.titles[0].text for item in wxr(*kinds) if isinstance(item, RawRecord)] == [
        f"A {kind}" for kind in kinds
    ]


def test_what_wordpress_keeps_besides_articles_is_counted() -> None:
    kinds = ["page", "wp_navigation", "wpcf7_contact_form", "shop_order", "acf-field", "nav_menu_item", "page"]
    assert wxr(*kinds) == [
        Problem(
            "site-page",
            "not posts: 1 acf-field, 1 nav_menu_item, 2 pages, 1 shop_order, 1 wp_navigation, 1 wpcf7_contact_form",
            "export.xml",
            1,
        )
    ]


def test_one_of_its_own_kind_without_a_text_is_no_article() -> None:
    item = ITEM.format("speaker", "publish").replace("The ferry waits.", "")
    (found,) = read("export.xml", WXR.format(item).encode())
    assert isinstance(found, Problem)
    assert found.message == "not posts: 1 speaker"


def test_a_draft_of_its_own_kind_is_withheld() -> None:
    (found,) = wxr("recipe", status="draft")
    assert isinstance(found, RawRecord)
    assert found.withheld is not None


@pytest.mark.parametrize("layout", ["page", "layouts/page.njk", "../../layouts/page.html", "pages/about.liquid"])
def test_a_layout_of_pages_may_be_named_by_its_file(layout: str) -> None:
    (told,) = read("fog.md", HEADER.replace(b"layout: page", f"layout: {layout}".encode()))
    assert isinstance(told, Problem)
    assert told.code == "site-page"


@pytest.mark.parametrize("layout", ["layouts/post.njk", "page-turner", "layouts/home.njk", "layouts/pages/post.njk"])
def test_a_layout_of_posts_may_be_named_by_its_file(layout: str) -> None:
    (record,) = read("fog.md", HEADER.replace(b"layout: page", f"layout: {layout}".encode()))
    assert isinstance(record, RawRecord)
