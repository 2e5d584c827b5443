"""Read an article of PluXml: a file of its own, whose name says its day and its state (https://wiki.pluxml.org/)."""

from typing import Any, Final

from refeed.formats.feeds.names import children_of, first_text, text_of
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value

# `0012.003,home.001.202405030730.slack-water.xml`: its number, the categories, the author, the day, the slug.
_NAME: Final = late_pattern(
    r"(?P<waits>_?)[0-9]{4}\.(?P<categories>[\w,]+)\.[0-9]{3}\.(?P<day>[0-9]{12})\.(?P<slug>.+)\.xml"
)


def article_values(element: Any, name: str) -> dict[str, Value]:
    """Return what an article says, and what the name of its file does."""
    children = children_of(element)
    tags = first_text(children, "tags")
    values: dict[str, Value] = {
        "title": first_text(children, "title"),
        "html": "\n".join(text_of(one) for part in ("chapo", "content") for one in children.get(part, ())),
        "tags": [tag.strip() for tag in tags.split(",") if tag.strip()],
        "description": first_text(children, "meta_description"),
        "thumbnail": first_text(children, "thumbnail"),
        "updated": first_text(children, "date_update"),
        "date": first_text(children, "date_creation"),
    }
    return values | _named(name.rpartition("/")[2])


def _named(name: str) -> dict[str, Value]:
    found = _NAME.fullmatch(name)
    if found is None:
        return {}
    is_draft = found["waits"] or "draft" in found["categories"].split(",")
    return {"date": found["day"], "slug": found["slug"], **({"draft": "true"} if is_draft else {})}
