"""BLAKE2b and SHA-1 without hashlib, which loads all of OpenSSL."""

from typing import TYPE_CHECKING

__all__ = ["blake2b", "sha1"]

if TYPE_CHECKING:
    from hashlib import blake2b, sha1
else:
    try:
        from _blake2 import blake2b  # what hashlib has by these names
        from _sha1 import sha1
    except ImportError:  # a Python that is built without them
        from functools import partial
        from hashlib import blake2b
        from hashlib import sha1 as digest

        sha1 = partial(digest, usedforsecurity=False)  # a system may allow it for nothing but names
