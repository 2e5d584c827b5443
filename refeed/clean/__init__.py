"""Turn the body of a dump into HTML that is safe to publish, and into plain text."""

import refeed.html  # noqa: F401  before bs4, whose import it makes cheaper
