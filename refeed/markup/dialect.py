"""How the program that a body was written for shows Markdown."""

from typing import Final

from refeed.startup.named_tuple import NamedTuple


class Dialect(NamedTuple):
    """What it makes of some signs; else they are what CommonMark makes of them."""

    breaks: bool = False  # every line break is meant
    dash: str = ""  # what two hyphens are; three of them are a long one
    hides_code: bool = False  # that is run to make a page, where it does not say itself that it is shown


COMMON: Final = Dialect()
