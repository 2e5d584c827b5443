"""Rules for what stands in a line of Markdown, beyond CommonMark's; `markdown` teaches them to its reader."""

import refeed.startup.quick_markdown_it  # noqa: F401  before markdown-it, whose import it makes cheaper
