"""UUIDs of names (version 5, RFC 9562), as bytes and as text.

uuid makes an object of each, which takes longer than the digest, and loads platform, which compiles ten patterns.
"""

from typing import Final

from refeed.digests import sha1

URLS: Final = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")
"""The namespace of addresses (RFC 9562, 6.6)."""


def uuid_of(namespace: bytes, name: str) -> bytes:
    """Return the 16 bytes of the UUID of a name in a namespace."""
    found = bytearray(sha1(namespace + name.encode("utf-8"), usedforsecurity=False).digest()[:16])
    found[6] = found[6] & 0x0F | 0x50  # the version (RFC 9562, 4.2)
    found[8] = found[8] & 0x3F | 0x80  # the variant (4.1)
    return bytes(found)


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
