"""UUIDs of names are those of RFC 9562, and of the standard library."""

import uuid

import pytest

from refeed.uuids import URLS, read_uuid, shown, urn, uuid_of

DNS = bytes.fromhex("6ba7b8109dad11d180b400c04fd430c8")  # RFC 9562, 6.6


def test_the_example_of_the_standard() -> None:
    found = uuid_of(DNS, "www.example.com")  # RFC 9562, A.4
    assert shown(found) == "2ed6657d-e927-568b-95e1-2665a8aea6a2"
    assert urn(found) == "urn:uuid:2ed6657d-e927-568b-95e1-2665a8aea6a2"


@pytest.mark.parametrize("name", ["", "https://harbour.example/tide", "港の霧", "\0"])
def test_they_are_what_the_standard_library_makes(name: str) -> None:
    assert shown(uuid_of(URLS, name)) == str(uuid.uuid5(uuid.NAMESPACE_URL, name))


@pytest.mark.parametrize("text", ["urn:uuid:{}", "{{{}}}", "{}"])
def test_one_is_read_however_it_is_written(text: str) -> None:
    written = text.format("2ED6657D-E927-568B-95E1-2665A8AEA6A2")
    assert read_uuid(written) == uuid_of(DNS, "www.example.com")


def test_what_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        read_uuid("2ed6657d")
