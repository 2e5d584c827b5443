"""What obstore says of a store that fails, and what the owner of the archive is told instead."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

import pytest
from obstore.store import from_url
from stores import Store, serving

from refeed.input.remote.store_errors import why_failed

ONCE: Final[Any] = {"max_retries": 0, "retry_timeout": timedelta(seconds=5)}
KEYS: Final = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with serving({"harbour/a.md": b"The ferry waits."}) as started:
        yield started


def told(endpoint: str) -> str:
    """Fail to list a folder of a bucket; return what is told of it."""
    options: Any = {"client_options": {"allow_http": True}, "retry_config": ONCE, "region": "us-east-1"}
    bucket = from_url("s3://harbour", endpoint=endpoint, access_key_id="a", secret_access_key="b", **options)  # noqa: S106
    with pytest.raises(Exception, match=r"Generic S3 error") as failed:
        list(bucket.list("archive"))
    return why_failed(failed.value, "s3://harbour/archive")


def test_a_store_that_refuses(store: Store) -> None:
    store.fails_after = 0
    assert told(store.url) == f"the store does not allow it; check {KEYS}, and what they are allowed to do"
    store.fails_after = None


def test_a_store_that_is_busy(store: Store) -> None:
    store.busy = 1
    assert told(store.url) == "the store is busy or broken (status code: 503); try again later"
    store.busy = None


def test_a_store_that_is_not_there() -> None:
    said = "no store answers at http://127.0.0.1:1; check the network, AWS_ENDPOINT_URL and AWS_REGION"
    assert told("http://127.0.0.1:1") == said


# What real stores answer, in the words in which obstore hands them on.
ANSWER: Final = "Generic S3 error: Error performing GET https://s3.example/harbour in 7ms - Server returned non-2xx "


@pytest.mark.parametrize(
    ("text", "address", "expected"),
    [
        (
            ANSWER + "status code: 403 Forbidden: <Error><Code>SignatureDoesNotMatch</Code></Error>",
            "s3://harbour/a",
            f"the store does not know the keys; check {KEYS}",
        ),
        (
            ANSWER + "status code: 301 Moved Permanently: <Code>PermanentRedirect</Code>",
            "s3://harbour/a",
            "the bucket harbour is in another region; check AWS_ENDPOINT_URL and AWS_REGION",
        ),
        # Where no key is set, obstore asks the machine: those of a cloud have some for their programs.
        (
            "Generic S3 error: Error performing PUT http://169.254.169.254/latest/api/token in 5s",
            "s3://harbour/a",
            f"no keys are set; set {KEYS}",
        ),
        (
            "Generic GCS error: Error performing GET http://169.254.169.254/computeMetadata/v1/instance in 5s",
            "gs://harbour/a",
            "no keys are set; set GOOGLE_APPLICATION_CREDENTIALS",
        ),
        (
            "Generic MicrosoftAzure error: Account must be specified\n\nDebug source:\nGeneric {",
            "az://harbour/a",
            "no keys are set; set AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
        ),
        # Anything else is told as it was said: its first line.
        ("Half a body\n\nDebug source:", "s3://harbour/a", "Half a body"),
        ("404, message='Not Found'", "https://harbour.example/a.zip", "404, message='Not Found'"),
        ("", "s3://harbour/a", "OSError"),
    ],
)
def test_what_is_told(text: str, address: str, expected: str) -> None:
    assert why_failed(OSError(text), address) == expected
