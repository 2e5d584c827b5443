"""Keep what headers state beside the index, so that a restarted server reads only changed articles."""

import json
from collections.abc import Mapping
from contextlib import suppress
from os import utime
from typing import BinaryIO, Final

from refeed.cache.fingerprint import READING, digest
from refeed.cache.index_file import make_private
from refeed.feeds.articles import Facet
from refeed.options import Options
from refeed.pipeline.entry_maker import Stamp
from refeed.pipeline.output.atomic_write import write_atomically
from refeed.problems import OutputError

Stated = Mapping[Stamp, tuple[Facet, ...]]

_SUFFIX: Final = "-headers"
_DECIDING: Final = (*READING, "feeds", "named_feeds")


def read_facets(words: str, options: Options) -> Stated:
    """Read what was kept beside the words of the articles; nothing if they were kept for other settings."""
    path = words + _SUFFIX
    with suppress(OSError, ValueError, KeyError, TypeError, IndexError):
        with open(path, "rb") as file:
            kept = json.load(file)
        if kept["made_for"] == _made_for(options):
            utime(path)
            names = [Facet(*name) for name in kept["names"]]
            return {Stamp(*stamp): tuple(names[number] for number in numbers) for *stamp, numbers in kept["articles"]}
    return {}


def keep_facets(words: str, options: Options, stated: Stated) -> None:
    """Write the facets whole, for nobody but the owner; where that is impossible, they are read again."""
    numbers = dict[Facet, int]()
    articles = [
        (*stamp, [numbers.setdefault(facet, len(numbers)) for facet in facets]) for stamp, facets in stated.items()
    ]
    text = json.dumps({"made_for": _made_for(options), "names": [*numbers], "articles": articles})

    def write(out: BinaryIO) -> None:
        out.write(text.encode())

    with suppress(OSError, OutputError):
        make_private(words + _SUFFIX)
        write_atomically(words + _SUFFIX, write)


def _made_for(options: Options) -> str:
    return digest(options, _DECIDING).hex()
