"""Recognise badges: pictures that say how a program fares, or how many came; no picture of any article."""

import re
from typing import Final

from refeed.addresses.parts import is_listed, split_address

_HOSTS: Final = frozenset(
    {
        "api.codacy.com",
        "api.codeclimate.com",
        "api.star-history.com",
        "api.travis-ci.com",
        "badge.fury.io",
        "badgen.net",
        "badges.gitter.im",
        "codecov.io",
        "count.getloli.com",
        "coveralls.io",
        "david-dm.org",
        "deepscan.io",
        "forthebadge.com",
        "github-readme-stats.vercel.app",
        "hits.seeyoufarm.com",
        "hits.sh",
        "img.shields.io",
        "isitmaintained.com",
        "komarev.com",
        "mybinder.org",
        "readthedocs.org",
        "repobeats.axiom.co",
        "shields.io",
        "snyk.io",
        "sonarcloud.io",
        "travis-ci.com",
        "travis-ci.org",
        "visitor-badge.glitch.me",
        "visitor-badge.laobi.icu",
        "zenodo.org",
    }
)
_NAMES: Final = re.compile(r"(?:\A|/|[-_])badge(?:s/[^/]*|[-_][\w-]*)?\.(?:png|svg)\Z|/badges?/", re.IGNORECASE)


def is_badge(url: str) -> bool:
    """Return whether an absolute address is that of a badge."""
    spot = split_address(url)
    return is_listed(spot.host, _HOSTS) or bool(_NAMES.search(spot.path))
