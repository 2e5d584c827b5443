"""Read what a reader says of a book in the table that Goodreads exports."""

from refeed.formats.headers.fields import Value
from refeed.formats.objects.texts import Values, text_of


def book_review(values: Values) -> dict[str, Value]:
    """Return a review in words of the vocabulary; a book without one has none. The author is the book's."""
    title, author, text = (text_of(values, key) for key in ("title", "author", "myreview"))
    if not text.strip():
        return {}
    return {
        "title": f"{title} ({author})" if author else title,
        "html": text,
        "date": text_of(values, "dateread") or text_of(values, "dateadded"),
        "external_url": f"https://www.goodreads.com/book/show/{text_of(values, 'bookid')}",
        "tags": [shelf.strip() for shelf in text_of(values, "bookshelves").split(",")],
    }
