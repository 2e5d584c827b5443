"""Replace names of emoji, `:tada:`, as GitHub, Qiita and many site generators do.

emoji_names.tsv beside this module has an emoji on each line, then its names: those of GitHub's gemoji and of Slack,
then what Unicode calls it (CLDR, English), as the package `emoji` lists them.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import late_pattern

# Not after a word or in an address (`std::tada:`, `10:30:00`).
_RUN: Final = late_pattern(r"(?<![0-9A-Za-z:/_])(?::[a-z0-9+_-]{1,50}:)+")
_NAME: Final = late_pattern(r":([a-z0-9+_-]+):")

# Pictures that only their sites have: icons of Material for MkDocs, GitHub's and Qiita's own.
_ICON: Final = late_pattern(r"(?:fontawesome-(?:brands|regular|solid)|material|octicons|simple)-[a-z0-9-]+")
_PRIVATE: Final = frozenset(
    {
        "bowtie", "feelsgood", "finnadie", "goberserk", "godmode", "hurtrealbad", "lgtm", "neckbeard", "octocat",
        "qiita", "qiita-fabicon", "qiitan", "rage1", "rage2", "rage3", "rage4", "shipit", "suspect", "trollface",
    }
)  # fmt: skip

# Unicode TS 51, 1.4.5: the modifiers of skin colour, which these sites number.
_TONE: Final = late_pattern(r"(?P<name>.+)_tone(?P<number>[1-5])")
_LIGHTEST: Final = 0x1F3FB


def with_emoji(text: str) -> str:
    """Return one line with emoji for their names; an unknown name stays, a picture of a site's own goes."""
    return " ".join(_RUN.sub(lambda run: symbols(run[0]), text).split()) if _RUN.search(text) else text


def run_at(text: str, start: int) -> str:
    """Return the names between colons that begin somewhere in a text, "" without any."""
    run = _RUN.match(text, start)
    return run[0] if run else ""


def symbols(run: str) -> str:
    """Return what some names between colons stand for."""
    return _NAME.sub(lambda found: _symbol(found[1], found[0]), run)


def _symbol(name: str, otherwise: str) -> str:
    if symbol := _names().get(name):
        return symbol
    toned = _TONE.fullmatch(name)
    if toned and (symbol := _names().get(toned["name"])):
        return symbol.rstrip("\ufe0f") + chr(_LIGHTEST + int(toned["number"]) - 1)
    return "" if name in _PRIVATE or _ICON.fullmatch(name) else otherwise


@cache
def _names() -> Mapping[str, str]:
    from importlib.resources import files  # slow to load, and few texts have any

    table = files(__package__).joinpath("emoji_names.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return MappingProxyType({name: symbol for symbol, names in rows for name in names.split()})
