"""Find what reads an address: fsspec for web servers and GitHub, obstore for objects, because s3fs is slow."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from refeed.input.remote.listed import ListedFolder, listed
from refeed.paths import without_secrets
from refeed.problems import ConfigurationError, RefeedError
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_STORES: Final = frozenset({"abfs", "abfss", "az", "gs", "s3"})
_WEB: Final = frozenset({"http", "https"})
_TOKEN: Final = "GITHUB_TOKEN"  # noqa: S105  the name of a variable
_KNOWN: Final = (*sorted(_STORES | _WEB), "github")
_RETRIES: Final[Any] = {"max_retries": 3, "retry_timeout": timedelta(seconds=30)}
_AT_ONCE: Final = 1_000  # objects of a list


class Objects:
    """The objects of a kind of store: each as it was when it was listed, whole or not at all."""

    def __init__(self, scheme: str) -> None:
        """Take the beginning of their addresses."""
        self._scheme = scheme
        self._bucket = lru_cache(self._connected)

    def read(self, path: str, tag: str, start: int | None, end: int | None) -> bytes:
        """Return an object, or some of it. FileNotFoundError where it has another tag by now, or is gone."""
        from obstore.exceptions import PreconditionError

        bucket, _, name = path.partition("/")
        options: Any = {} if tag.startswith("W/") or not tag else {"if_match": tag}  # RFC 9110, 13.1.1: strong ones
        if end is not None:
            options["range"] = (start or 0, end)
        try:
            return self._bucket(bucket).get(name, options=options).bytes().to_bytes()
        except PreconditionError:
            raise FileNotFoundError(path) from None

    def write(self, path: str, data: bytes, media_type: str) -> None:
        """Replace an object."""
        bucket, _, name = path.partition("/")
        self._bucket(bucket).put(name, data, attributes={"Content-Type": media_type})

    def remove(self, path: str) -> None:
        """Remove an object."""
        bucket, _, name = path.partition("/")
        self._bucket(bucket).delete(name)

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of all objects below a folder, as a store tells them: a thousand at a time."""
        bucket, _, prefix = folder.partition("/")
        for answer in self._bucket(bucket).list(prefix, chunk_size=_AT_ONCE):
            yield from (one["path"][len(prefix) :] for one in answer)

    def listed(self, folder: str) -> dict[str, ListedFolder]:
        """List all objects below a folder; return its folders by their paths."""
        bucket, _, top = folder.partition("/")
        found = listed(self._bucket(bucket), top)
        return {f"{bucket}/{path}": one for path, one in found.items()}

    def _connected(self, bucket: str) -> "ObjectStore":
        from obstore.store import from_url

        store: ObjectStore = from_url(f"{self._scheme}://{bucket}", retry_config=_RETRIES)
        return store


class Root(NamedTuple):
    """What reads an address, and how its paths begin, there and in that address."""

    file_system: Any  # of fsspec, which ships no types
    prefix: str  # what its own paths begin with
    address: str  # what the addresses below begin with
    lists: bool  # whether it knows of folders
    stores: "Objects | None" = None  # what reads objects with conditions, which fsspec has no words for


def root_of(address: str) -> Root:
    """Return what reads an address; RefeedError if nothing does."""
    scheme, _, rest = address.partition("://")
    top = f"{scheme}://"
    with told(address):
        if scheme in _STORES:
            from obstore.fsspec import FsspecStore

            new: Any = FsspecStore  # its types name every setting of every store, but none of fsspec's own
            found = new(scheme, retry_config=_RETRIES, skip_instance_cache=True)
            return Root(found, "", top, lists=True, stores=Objects(scheme))
        import fsspec

        if scheme in _WEB:
            return Root(fsspec.filesystem(scheme, use_listings_cache=False), top, top, lists=False)
        if scheme == "github":
            owner, repository, *_ = [*rest.split("/"), "", ""]
            token = os.environ.get(_TOKEN)
            sign = {"username": owner, "token": token} if token else {}  # without, GitHub answers 60 times an hour
            found = fsspec.filesystem(scheme, org=owner, repo=repository, skip_instance_cache=True, **sign)
            return Root(found, "", f"{top}{owner}/{repository}/", lists=True)
        if scheme == "memory":
            return Root(fsspec.filesystem(scheme), "/", top, lists=True)
    raise RefeedError(
        f"{without_secrets(address)}: refeed reads folders, files, and addresses that begin with {', '.join(_KNOWN)}"
    )


def objects_at(address: str) -> tuple[Objects, str]:
    """Return the objects of the store that an address lies in, and its path there; whatever else it is, it is wrong."""
    scheme, _, path = address.partition(":")
    if scheme not in _STORES:
        schemes = ", ".join(f"{scheme}://" for scheme in sorted(_STORES))
        message = f"{address}: nothing can be written there; name a folder, or an address that begins with {schemes}"
        raise ConfigurationError(message)
    if not path.removeprefix("//").partition("/")[0]:
        raise ConfigurationError(f"{address}: names no bucket; write {scheme}://BUCKET/FOLDER")
    with told(address):
        import obstore.store  # noqa: F401  an extra
    return Objects(scheme), path.removeprefix("//")


@contextmanager
def told(address: str) -> Iterator[None]:
    """End the run with a clear message where a library fails; that something is not there is left to the caller."""
    try:
        yield
    except (FileNotFoundError, RefeedError):
        raise
    except ImportError as error:
        missing = f" ({error.name})" if error.name else ""  # fsspec raises one of its own, without a name
        message = f"{address}: to read it takes more packages{missing}; pip install 'refeed[remote]'"
        raise RefeedError(message) from None
    except Exception as error:  # whatever the library of a store raises: half a place is no place
        from refeed.input.remote.store_errors import why_failed

        raise RefeedError(
            f"{without_secrets(address)}: cannot be read: {why_failed(error, address)}; nothing was written"
        ) from error
