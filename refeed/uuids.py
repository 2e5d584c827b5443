"""UUIDs of names (version 5, RFC 9562), as bytes and as text, without the uuid module.

uuid makes an object of each, which takes longer than the digest, and loads platform, which compiles ten patterns.
"""

from typing import Final

from refeed.digests import sha1

URLS: Final = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")
"""The namespace of addresses (RFC 9562, 6.6)."""
# Of the 128 bits: those that say the version, 5, and the variant, 2 (4.1 and 4.2); all others are the digest's.
_FIXED: Final = 5 << 76 | 2 << 62
_FREE: Final = ~(15 << 76 | 3 << 62)


def uuid_of(namespace: bytes, name: str) -> bytes:
    """Return the 16 bytes of the UUID of a name in a namespace."""
    digest = sha1(namespace + name.encode(), usedforsecurity=False).digest()
    return (int.from_bytes(digest[:16], "big") & _FREE | _FIXED).to_bytes(16, "big")


def shown(uuid: bytes) -> str:
    """Return the 16 bytes of a UUID as they are written."""
    digits = uuid.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def urn(uuid: bytes) -> str:
    """Return the 16 bytes of a UUID as the IRI that means it."""
    return f"urn:uuid:{shown(uuid)}"


def read_uuid(text: str) -> bytes:
    """Return the 16 bytes of a UUID, however it is written. Raises ValueError for what is none."""
    from uuid import UUID

    return UUID(text).bytes
