"""Explain why a store of objects failed, and what its owner can do: its library names requests, not settings."""

import re
from types import MappingProxyType
from typing import Final

from refeed.limits import truncate

_SHOWN: Final = 200  # characters of what a library says
_AZURE: Final = "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY"
_KEYS: Final = MappingProxyType(
    {
        "s3": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        "gs": "GOOGLE_APPLICATION_CREDENTIALS",
        **dict.fromkeys(("abfs", "abfss", "az"), _AZURE),
    }
)
_PLACES: Final = MappingProxyType({"s3": "AWS_ENDPOINT_URL and AWS_REGION", "gs": "GOOGLE_BASE_URL"})
_NO_BUCKET: Final = "NoSuchBucket|ContainerNotFound"
# What obstore says, the first that fits, and what it means.
_MEANT: Final = (
    (_NO_BUCKET, "there is no bucket {bucket}; check its name, {places}"),
    # A machine of the cloud gives keys to its programs there; obstore asks when it knows of none.
    (
        r"//169\.254\.169\.254/|/latest/(?:api/token|meta-data)|metadata\.google\.internal|Account must be specified",
        "no keys are set; set {keys}",
    ),
    (r"InvalidAccessKeyId|SignatureDoesNotMatch|status code: 401", "the store does not know the keys; check {keys}"),
    (r"status code: 403", "the store does not allow it; check {keys}, and what they are allowed to do"),
    (r"status code: 301|Received redirect", "the bucket {bucket} is in another region; check {places}"),
    (r"status code: (?:429|5\d\d)", "the store is busy or broken ({found}); try again later"),
    (r"kind: Connect\b", "no store answers at {server}; check the network, {places}"),
)


def lacks_bucket(error: Exception) -> bool:
    """Return whether a store has not the bucket of an object, rather than not the object."""
    return re.search(_NO_BUCKET, str(error)) is not None


def why_failed(error: Exception, address: str) -> str:
    """Return why a library failed that reads or writes an address."""
    text = str(error).strip() or type(error).__name__
    scheme, _, rest = address.partition("://")
    if scheme in _KEYS:
        for pattern, meant in _MEANT:
            if match := re.search(pattern, text):
                server = re.search(r"https?://[^/?\s]+", text)
                return meant.format(
                    bucket=rest.partition("/")[0],
                    places=_PLACES.get(scheme, "the account"),
                    keys=_KEYS[scheme],
                    found=match[0],
                    server=server[0] if server else "its address",
                )
    return truncate(text.partition("\n")[0], _SHOWN)
