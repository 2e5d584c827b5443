"""Recognise articles of which their site makes no page."""

from collections.abc import Mapping

from refeed.problems import Problem
from refeed.vocabulary.fields import Value, key_name


def without_page(values: Mapping[str, Value]) -> Problem | None:
    """Return the problem of an article of which its site makes no page; one with a link is published elsewhere.

    Eleventy says so by `permalink`, Lume by `url`.
    """
    for table in (values, values.get("eleventycomputed")):
        said = {key_name(key): value for key, value in table.items()} if isinstance(table, dict) else {}
        permalink = said.get("permalink")
        built = permalink.get("build") if isinstance(permalink, dict) else permalink
        for key, value in (("permalink", built), ("url", said.get("url"))):
            if isinstance(value, str) and value.casefold() == "false":
                return Problem("private", f"front matter says {key}: false")
    return None
