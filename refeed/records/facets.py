"""The values that records are filtered by, as digests beside their rows: a filter need not read the files again.

A digest has 96 bits: no two names of an archive ever share one, so nothing has to be looked up again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from struct import Struct
from typing import Final

from refeed.digests import blake2b
from refeed.model import RecordMeta
from refeed.options import Options
from refeed.records.filters import Filter, filters_of

FACETS: Final = ("author", "category", "language", "outlet")
"""The options that filter by one."""
_SIZE: Final = 12
_COUNT: Final = Struct("<H")  # bytes of the facets of one record


def need_facets(options: Options) -> bool:
    """Return whether records are filtered by nothing but facets."""
    return not options.match and any(getattr(options, name) for name in FACETS)


def facet_digests(meta: RecordMeta) -> bytes:
    """Return the digests of all that a record can be filtered by."""
    stated: Mapping[str, Iterable[str]] = {
        "author": meta.authors,
        "category": meta.categories,
        "language": _ranges(meta.language) if meta.language else (),
        "outlet": (meta.outlet,) if meta.outlet else (),
    }
    found = {_digest(kind, name) for kind, names in stated.items() for name in names}
    return b"".join(sorted(found)[: 2**16 // _SIZE])


def packed(facets: Iterable[bytes]) -> bytes:
    """Write the facets of some records one after the other."""
    return b"".join(_COUNT.pack(len(one)) + one for one in facets)


def unpacked(facets: bytes) -> Iterator[bytes]:
    """Read what `packed` wrote."""
    start = 0
    while start < len(facets):
        end = start + _COUNT.size + _COUNT.unpack_from(facets, start)[0]
        yield facets[start + _COUNT.size : end]
        start = end


class FacetFilters:
    """The filters of a run."""

    def __init__(self, options: Options) -> None:
        """Digest the values of the filters."""
        self._sought = {_digest(key, _folded(key, value)): (key, value) for key, value in filters_of(options)}

    def matched(self, facets: bytes) -> frozenset[Filter]:
        """Return the filters that a record with these facets matches."""
        digests = (facets[start : start + _SIZE] for start in range(0, len(facets), _SIZE))
        return frozenset(self._sought[one] for one in digests if one in self._sought)


def _ranges(tag: str) -> Sequence[str]:
    """Return all that a language tag is in: of zh-Hans-CN zh, zh-hans and zh-hans-cn (RFC 4647, 3.3.1)."""
    parts = tag.lower().split("-")
    return ["-".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _folded(kind: str, name: str) -> str:
    return name.lower() if kind == "language" else name


def _digest(kind: str, name: str) -> bytes:
    return blake2b(f"{kind}\0{name}".encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()
