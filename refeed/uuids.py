"""UUIDs of names (version 5, RFC 9562), as bytes and as text, without the uuid module.

uuid makes an object of each, which takes longer than the digest, and loads platform, which compiles ten patterns.
"""

from struct import Struct
from typing import Final

from refeed.digests import sha1

URLS: Final = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")
"""The namespace of addresses (RFC 9562, 6.6)."""
# Of the 20 bytes of a digest, the 16 that count; in two of them stand the version, 5, and the variant, 2 (4.1 and 4.2).
_DIGEST: Final = Struct("6sBcB7s4x")
_UUID: Final = Struct("6sBcB7s")


def uuid_of(namespace: bytes, name: str) -> bytes:
    """Return the 16 bytes of the UUID of a name in a namespace."""
    digest = sha1(namespace + name.encode()).digest()
    before, version, between, variant, rest = _DIGEST.unpack(digest)
    return _UUID.pack(before, version & 0x0F | 0x50, between, variant & 0x3F | 0x80, rest)


def shown(uuid: bytes) -> str:
    """Return the 16 bytes of a UUID as they are written."""
    digits = uuid.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def urn(uuid: bytes) -> str:
    """Return the 16 bytes of a UUID as the IRI that means it."""
    return f"urn:uuid:{shown(uuid)}"


def read_uuid(text: str) -> bytes:
    """Return the 16 bytes of a UUID, however it is written. Raises ValueError for anything else."""
    from uuid import UUID

    return UUID(text).bytes
