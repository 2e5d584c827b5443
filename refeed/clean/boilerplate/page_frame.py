"""Drop the frame of a page that was saved as a whole: its header, its footer, its comments."""

from collections.abc import Iterator
from typing import Final

from bs4 import Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import TagSet, all_named, attribute, shown, words, words_around
from refeed.vocabulary.content_names import CONTENT_NAMES

# What content management systems call the parts around the article.
_AROUND: Final = frozenset(
    {
        "article-footer",
        "article-header",
        "article-meta",
        "breadcrumb",
        "breadcrumbs",
        "byline",
        "cat-links",
        "comment-form",
        "comment-list",
        "comment-respond",
        "comment-wrapper",
        "commentlist",
        "comments",
        "comments-area",
        "disqus_thread",
        "element-hidden",
        "element-invisible",
        "entry-author-wrapper",
        "entry-categories",
        "entry-date",
        "entry-footer",
        "entry-header",
        "entry-meta",
        "entry-tags",
        "entry-utility",
        "field-name-author",
        "field-name-title",
        "nav-links",
        "navigation",
        "page-header",
        "page-links",
        "post-author",
        "post-categories",
        "post-date",
        "post-footer",
        "post-header",
        "post-info",
        "post-meta",
        "post-navigation",
        "post-tags",
        "posted-on",
        "rdf-meta",
        "related",
        "related-posts",
        "respond",
        "sidebar",
        "site-posted-on",
        "submitted",
        "tags-links",
        "widget",
        "widget-area",
    }
)

# The page's own outer element: by name, or by what microformats and WordPress call an entry.
_OUTER: Final = frozenset({"article", "main", "section"})
_PAGES: Final = frozenset({"h-entry", "hentry", "type-post"})

_AVATARS: Final = frozenset({"avatar", "author", "gravatar", "profile"})


def drop_page_frame(page: Page, _body: Body) -> Iterator[Note]:
    """Drop the parts around the content, where the body is a page with a content element of its own."""
    content = _content(page)
    if content is None:
        return
    around = TagSet([content, *content.parents])
    size = len(shown(content))
    is_above = True
    for tag in page.candidates(attributes={"class", "id", "itemprop"}):  # the last is a name of the content, too
        is_above = is_above and tag is not content
        if _AROUND.isdisjoint([*words(tag), *words(tag, "id")]) or tag in around or content in TagSet(tag.parents):
            continue
        # A discussion longer than the article may be the article (a conversation, an interview).
        if len(shown(tag)) <= 2 * size:
            yield _drop_but_pictures(page, tag) if is_above else page.drop(tag)


def _content(page: Page) -> Tag | None:
    """Return the content element of a saved page: the first one by name, inside the page's own outer element."""
    contents = [tag for tag in page.candidates(attributes={"itemprop"}, classes=CONTENT_NAMES) if _is_content(tag)]
    outer = next(page.candidates(names=_OUTER, classes=_PAGES), None) if contents else None
    if outer is None or 10 * len(shown(outer)) < 9 * len(page.text):
        return None
    return next((tag for tag in contents if any(around is outer for around in tag.parents)), None)


def _is_content(tag: Tag) -> bool:
    return attribute(tag, "itemprop").lower() == "articlebody" or not CONTENT_NAMES.isdisjoint(words(tag))


def _drop_but_pictures(page: Page, part: Tag) -> int:
    """Drop a part; pictures of its header stay where they were."""
    if "comment" in " ".join(words(part)):
        return page.drop(part)
    pictures = all_named(part, "img")
    kept = [picture for picture in pictures if _AVATARS.isdisjoint(words_around(picture))]
    return page.drop_but(part, kept)
