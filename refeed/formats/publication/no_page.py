"""Know the articles of which their site makes no page."""

from collections.abc import Mapping

from refeed.formats.headers.fields import Value, key_name
from refeed.problems import Problem


def without_page(values: Mapping[str, Value]) -> Problem | None:
    """Return the problem of an article of which Eleventy makes no page; one with a link is published elsewhere."""
    for table in (values, values.get("eleventycomputed")):
        said = {key_name(key): value for key, value in table.items()} if isinstance(table, dict) else {}
        permalink = said.get("permalink")
        built = permalink.get("build") if isinstance(permalink, dict) else permalink
        if isinstance(built, str) and built.casefold() == "false":
            return Problem("private", "front matter says permalink: false")
    return None
