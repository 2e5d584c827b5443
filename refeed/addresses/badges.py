"""Recognise badges, which show the state of a project or a count and are no picture of any article."""

import re
from typing import Final

from refeed.addresses.parts import is_listed, split_address
from refeed.startup.late_patterns import late_pattern

_HOSTS: Final = frozenset(
    {
        "api.codacy.com",
        "api.codeclimate.com",
        "api.star-history.com",
        "api.travis-ci.com",
        "avatars.githubusercontent.com",
        "badge.fury.io",
        "badgen.net",
        "badges.gitter.im",
        "busuanzi.ibruce.info",
        "cdn.buymeacoffee.com",
        "cdn.simpleicons.org",
        "ci.appveyor.com",
        "circleci.com",
        "codecov.io",
        "count.getloli.com",
        "coveralls.io",
        "david-dm.org",
        "deepscan.io",
        "forthebadge.com",
        "github-readme-stats.vercel.app",
        "gravatar.com",
        "herokucdn.com",
        "hits.dwyl.com",
        "hits.seeyoufarm.com",
        "hits.sh",
        "i.creativecommons.org",
        "icons.duckduckgo.com",
        "img.badgesize.io",
        "img.shields.io",
        "isitmaintained.com",
        "ko-fi.com",
        "komarev.com",
        "licensebuttons.net",
        "mirrors.creativecommons.org",
        "mybinder.org",
        "nodei.co",
        "profile-counter.glitch.me",
        "readthedocs.org",
        "repobeats.axiom.co",
        "shields.io",
        "skillicons.dev",
        "snyk.io",
        "sonarcloud.io",
        "tools.applemediaservices.com",
        "travis-ci.com",
        "travis-ci.org",
        "visitor-badge.glitch.me",
        "visitor-badge.laobi.icu",
        "zenodo.org",
    }
)
_NAMES: Final = late_pattern(
    r"(?:\A|/|[-_])badge(?:s/[^/]*|[-_][\w-]*)?\.(?:png|svg)\Z|/badges?(?:/|\Z)|\.ico\Z|/s2/favicons\Z"
    r"|/(?:android-chrome|apple-touch-icon|favicon|mstile|qr-?code)[\w-]*\.\w{3,4}\Z|/favicons?[\w-]*/|/(?:atom|feed|rss)(?:[-_]icon)?(?:[-_][0-9x]{2,9})?\.\w{3,4}\Z"
    r"|/(?:counter|count|hits?)\.(?:cgi|gif|php|png|svg)\Z|/media/math/render/|/(?:deploy/)?button(?:\.svg)?\Z",
    re.IGNORECASE,
)
# Each of them holds one of these, whatever its case.
_PARTS: Final = (
    *("/atom", "/count", "/feed", "/hit", "/media/math/render/", "/rss", ".ico", "android-chrome", "apple-touch-icon"),
    *("badge", "button", "favicon", "mstile", "qr"),
)


def is_badge(url: str) -> bool:
    """Return whether an absolute address is that of a badge."""
    spot = split_address(url)
    is_named = any(map(spot.path.casefold().__contains__, _PARTS)) and _NAMES.search(spot.path)
    return is_listed(spot.host, _HOSTS) or bool(is_named)
