"""Classes and ids by which content management systems mark the element that holds the article itself."""

from typing import Final

CONTENT_NAMES: Final = frozenset(
    {
        # WordPress and its themes, Drupal, Ghost, schema.org
        "article-body",
        "article-content",
        "article__body",
        "article__content",
        "articlebody",
        "entry-content",
        "entry__content",
        "field-name-body",
        "post-body",
        "post-content",
        "post__body",
        "post__content",
        "post_content",
        "single-content",
        "td-post-content",
    }
)
