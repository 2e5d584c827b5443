"""The limits on what is read, by name: the table [allow] of refeed.toml, and what --allow takes."""

from collections.abc import Callable
from typing import Final

from refeed.config.parsers import parse_amount, parse_depth
from refeed.config.setting import Setting
from refeed.limits import DEFAULT_LIMITS


def _limit(name: str, help_: str, parse: Callable[[str], int] = parse_amount) -> Setting:
    default: int = getattr(DEFAULT_LIMITS, name.replace("-", "_"))
    return Setting(name, "", f"{help_} (default: {default:,}).", parse, metavar="N")


LIMIT_SETTINGS: Final = (
    _limit("max-archive-depth", "Depth of archives in archives; a deeper one is left out", parse_depth),
    _limit("max-attributes", "Attributes of an element; the rest are left out"),
    _limit("max-body-bytes", "Bytes of a body; a longer one is cut"),
    _limit("max-depth", "Depth of nested elements in a body; only the text of deeper ones is kept"),
    _limit("max-elements", "Elements in a body; one with more is cut"),
    _limit("max-file-bytes", "Bytes of a file; a larger one is left out"),
    _limit("max-header-bytes", "Bytes of a file's header; a file with a longer one is left out"),
    _limit("max-header-depth", "Depth of nested values in a header; a deeper one is read line by line", parse_depth),
    _limit("max-members", "Files and folders in an archive; what follows is left out"),
    _limit("max-name-length", "Characters of an author, a category or an outlet; a longer one is cut"),
    _limit("max-names", "Authors and categories of an article; more are left out"),
    _limit("max-page-bytes", "Bytes of a saved page without the pictures in it; a larger one is left out"),
    _limit("max-ratio", "Bytes that one packed byte may become; a member or an archive that grows more is left out"),
    _limit("max-records", "Articles in one file; what follows is left out"),
    _limit("max-seconds", "Seconds of processor time for one file; one that takes longer is left out"),
    _limit("max-title-length", "Characters of a title; a longer one is cut"),
    _limit("max-unpacked-bytes", "Bytes in an archive, unpacked; what follows is left out"),
    _limit("max-url-length", "Characters of an address or an id in a header; a longer one is left out"),
)


def parse_limit(text: str) -> tuple[str, int]:
    """Read NAME=N, where NAME is one of the limits; its field and its value."""
    name, equals, amount = text.partition("=")
    setting = next((setting for setting in LIMIT_SETTINGS if setting.name == name.strip()), None)
    if not equals or setting is None:
        known = ", ".join(setting.name for setting in LIMIT_SETTINGS)
        raise ValueError(f"expected NAME=N, where NAME is one of {known}")
    return setting.key, setting.parse(amount)
