"""Read reviews of books and films in the tables that Goodreads and Letterboxd export."""

from refeed.formats.objects.texts import Values, text_of
from refeed.vocabulary.fields import Value


def book_review(values: Values) -> dict[str, Value]:
    """Return a review in words of the vocabulary; a book without one has none. The author is the book's."""
    return _review(
        values,
        "myreview",
        title=_titled(text_of(values, "title"), text_of(values, "author")),
        date=text_of(values, "dateread") or text_of(values, "dateadded"),
        external_url=f"https://www.goodreads.com/book/show/{text_of(values, 'bookid')}",
        tags=text_of(values, "bookshelves"),
    )


def film_review(values: Values) -> dict[str, Value]:
    """Return a review of a film in words of the vocabulary; it has an address of its own."""
    return _review(
        values,
        "review",
        title=_titled(text_of(values, "name"), text_of(values, "year")),
        date=text_of(values, "date"),
        url=text_of(values, "letterboxduri"),
        tags=text_of(values, "tags"),
    )


def _review(values: Values, key: str, *, tags: str, **said: Value) -> dict[str, Value]:
    text = text_of(values, key)
    return {**said, "html": text, "tags": [tag.strip() for tag in tags.split(",")]} if text.strip() else {}


def _titled(title: str, more: str) -> str:
    return f"{title} ({more})" if more else title
