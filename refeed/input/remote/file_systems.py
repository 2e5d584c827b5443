"""Find what reads an address: fsspec for web servers and GitHub, obstore for objects (a third of the time of s3fs)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final, NamedTuple

from refeed.problems import RefeedError

_STORES: Final = frozenset({"abfs", "abfss", "az", "gs", "s3"})
_WEB: Final = frozenset({"http", "https"})
_KNOWN: Final = (*sorted(_STORES | _WEB), "github")
_RETRIES: Final = 3
_RETRY_FOR: Final = timedelta(seconds=30)
_SHOWN: Final = 200  # characters of what a library says


class Root(NamedTuple):
    """What reads an address, and how its paths begin, there and in that address."""

    file_system: Any  # of fsspec, which ships no types
    prefix: str  # what its own paths begin with
    address: str  # what the addresses below begin with
    lists: bool  # whether it knows of folders


def root_of(address: str) -> Root:
    """Return what reads an address; RefeedError if nothing does."""
    scheme, _, rest = address.partition("://")
    top = f"{scheme}://"
    with told(address):
        if scheme in _STORES:
            from obstore.fsspec import FsspecStore

            new: Any = FsspecStore  # its types name every setting of every store, but none of fsspec's own
            retries = {"max_retries": _RETRIES, "retry_timeout": _RETRY_FOR}
            return Root(new(scheme, retry_config=retries, skip_instance_cache=True), "", top, lists=True)
        import fsspec

        if scheme in _WEB:
            return Root(fsspec.filesystem(scheme, use_listings_cache=False), top, top, lists=False)
        if scheme == "github":
            owner, repository, *_ = [*rest.split("/"), "", ""]
            found = fsspec.filesystem(scheme, org=owner, repo=repository)
            return Root(found, "", f"{top}{owner}/{repository}/", lists=True)
        if scheme == "memory":
            return Root(fsspec.filesystem(scheme), "/", top, lists=True)
    raise RefeedError(f"{address}: refeed reads folders, files, and addresses that begin with {', '.join(_KNOWN)}")


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
        said = (str(error) or type(error).__name__).strip().partition("\n")[0][:_SHOWN]
        raise RefeedError(f"{address}: cannot be read: {said}; nothing was written") from error
