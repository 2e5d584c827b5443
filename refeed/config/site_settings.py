"""The settings of a site: what `publish` writes, and `serve` offers."""

from typing import Final, get_args

from refeed.config.parsers import parse_amount, parse_path
from refeed.config.setting import Group, Setting
from refeed.options import Archive, FeedKind, Pages

_WRITTEN: Final = "publish"
_OFFERED: Final = "publish serve"

SITE: Final = Group(
    "The site",
    (
        Setting(
            "site",
            _WRITTEN,
            "Write the site into FOLDER; what else lies there is left alone.",
            parse_path,
            metavar="FOLDER",
            short="-o",
            alias="output",
        ),
        Setting(
            "feeds",
            _OFFERED,
            "Offer feeds of these, too: outlet, category, author, language, none (default: outlet,category).",
            choices=get_args(FeedKind),
            many=True,
            separator=",",
            metavar="KIND,...",
        ),
        Setting(
            "min-articles",
            _OFFERED,
            "Offer such a feed for at least N articles (default: 5).",
            parse_amount,
            metavar="N",
        ),
        Setting(
            "archive",
            _OFFERED,
            "Offer documents of every month, for readers that follow them (RFC 5005), or none (default: month).",
            choices=get_args(Archive),
        ),
        Setting(
            "pages",
            _WRITTEN,
            "Write pages for browsers, too: of every article, lists only, or none (default: full).",
            choices=get_args(Pages),
        ),
    ),
)
