"""Bytes that stay on another machine, where they were made and are needed. Pure: no file, no network."""

from typing import Generic, Protocol, TypeVar

from refeed.startup.named_tuple import NamedTuple

T = TypeVar("T")


class FarBytes(Protocol):
    """Bytes on a worker. Among the arguments of a piece of work they become bytes again where that is done."""

    @property
    def size(self) -> int:
        """Return how many they are."""

    def fetch(self) -> bytes:
        """Bring the bytes here."""


class Made(NamedTuple, Generic[T]):
    """What a piece of work returns: an answer for its caller, and bytes that stay where they were made."""

    told: T
    kept: tuple[bytes, ...]


def here(data: bytes | FarBytes) -> bytes:
    """Return bytes, wherever they are."""
    return data if isinstance(data, bytes) else data.fetch()
