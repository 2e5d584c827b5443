"""BLAKE2b without OpenSSL: hashlib loads all of it, which takes a thirtieth of a build of nothing new."""

__all__ = ["blake2b"]

try:
    from _blake2 import blake2b  # what hashlib has by this name
except ImportError:  # a Python that is built without it
    from hashlib import blake2b
