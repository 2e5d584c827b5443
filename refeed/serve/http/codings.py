"""Make the same bytes in every content coding once, and choose for a request among them (RFC 9110, 12.5.3)."""

import gzip
import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import brotli

from refeed.serve.published import Variant

_DECODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "identity": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
}
_ALIASES: Final = {"x-gzip": "gzip"}  # RFC 9110, 8.4.1.3


def make_variants(body: bytes, *, quality: int) -> tuple[Variant, ...]:
    """Return the bytes as they are, then the codings that make them smaller; `quality` from 1 (fast) to 9 (small)."""
    # mtime: the same bytes give the same bytes, so that the tag of each coding is strong.
    packed = {"gzip": gzip.compress(body, quality, mtime=0), "br": brotli.compress(body, quality=quality)}
    smaller = {coding: data for coding, data in packed.items() if len(data) < len(body)}
    return tuple(Variant(coding, data, etag(data)) for coding, data in {"identity": body, **smaller}.items())


def decoded(variant: Variant) -> bytes:
    """Return the bytes that a variant stands for."""
    return _DECODERS[variant.coding](variant.body)


def etag(body: bytes) -> str:
    """Return a strong tag of the bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def choose(accepted: str | None, variants: Sequence[Variant]) -> Variant | None:
    """Choose what the client likes best, of those the smallest; None if it takes none of them."""
    if accepted is None:
        return variants[0]
    weights = _weights(accepted)
    others = weights.get("*", 0.0)
    liked = [(_weight(variant.coding, weights, others), -len(variant.body), variant) for variant in variants]
    weight, _, best = max(liked, key=lambda each: each[:2])
    return best if weight > 0 else None


def _weight(coding: str, weights: Mapping[str, float], others: float) -> float:
    if coding != "identity":
        return weights.get(coding, others)
    # Acceptable without being named, unless it or "*" is refused; but only where nothing else is.
    return weights.get("identity", others if "*" in weights else 0.0001)


@lru_cache(maxsize=256)
def _weights(accepted: str) -> Mapping[str, float]:
    weights = {}
    for item in accepted.lower().split(","):
        coding, _, parameters = item.partition(";")
        weight = _quality(parameters)
        if coding.strip() and weight is not None:
            weights[_ALIASES.get(coding.strip(), coding.strip())] = weight
    return weights


def _quality(parameters: str) -> float | None:
    """Read a weight, `q=0.5`; what cannot be read takes its coding out of the list."""
    if not parameters.strip():
        return 1.0
    name, _, value = parameters.partition("=")
    digits = value.strip()
    if name.strip() != "q" or not digits.replace(".", "", 1).isdecimal() or not digits.isascii():
        return None
    return min(float(digits), 1.0)
