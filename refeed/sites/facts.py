"""Make a Site of what settings say, whatever the generator: the same facts stand in all of them."""

from collections.abc import Mapping
from typing import Final

from refeed.formats.headers.run_code import hides_code
from refeed.site import Part, Site
from refeed.sites.dashes import dash_of
from refeed.sites.line_breaks import keeps_line_breaks
from refeed.sites.notations.values import Table, Value, text_at

# Where a site is before it is published, or what a generator writes before anybody has said where it will be.
_NOWHERE: Final = frozenset(
    {
        "0.0.0.0",  # noqa: S104
        "127.0.0.1",
        "example.com",  # Hexo's default; nobody's site can be there (RFC 2606, 3)
        "example.net",
        "example.org",  # Hugo's
        "localhost",
        "yourdomain.com",
        "yoursite.com",
    }
)
_NO_TEXTS: Final = frozenset({"", "null", "none", "~"})


def site_of(generator: str, table: Mapping[str, Value], address: str, **paths: tuple[str, ...]) -> Site:
    """Return what nearly all generators say by the same names, with the keys that this one has for the rest."""
    from refeed.dates.zones import known_zone  # only where there is a site

    found = {name: text_at(table, *keys) for name, keys in paths.items()}
    texts = {name: text if text.lower() not in _NO_TEXTS else "" for name, text in found.items()}
    zone = texts.get("timezone", "")
    return Site(
        below="",
        generator=generator,
        address=usable_address(address),
        title=texts.get("title", ""),
        author=texts.get("author", ""),
        language=texts.get("language", ""),
        timezone=zone if known_zone(zone) else "",
        keeps_breaks=keeps_line_breaks(generator, table),
        dash=dash_of(generator, table),
        hides_code=hides_code(table) is True,
    )


def usable_address(address: str) -> str:
    """Return the address of a published site with a slash at its end, or ""."""
    from refeed.urls import host_of, readable

    url = readable(address.partition("?")[0].partition("#")[0])
    if url is None or host_of(url) in _NOWHERE:
        return ""
    return url.removesuffix("index.html").rstrip("/") + "/"


def part_of(folder: str, values: Mapping[str, Value]) -> Part | None:
    """Return what values that are handed down to the posts below a folder say of them, if it is anything."""
    language, author = text_at(values, "lang", "locale"), text_at(values, "author.name", "author")
    hidden = hides_code(values)
    part = Part(folder, language, author, hides_code=hidden)
    return part if language or author or hidden is not None else None


def joined(address: str, path: str) -> str:
    """Return a site's address that its settings divide into host and path; a path may state the whole once more."""
    if "://" in path:
        return address or path
    path = path.strip("/")
    return address if not path or address.rstrip("/").endswith("/" + path) else f"{address.rstrip('/')}/{path}"


def checksums_of_titles(table: Table) -> str:
    """Return how hexo-abbrlink writes the number that it makes of a title, "" if it is not one of 32 bits."""
    return (text_at(table, "abbrlink.rep") or "dec") if text_at(table, "abbrlink.alg") == "crc32" else ""


def everywhere(pattern: str) -> tuple[tuple[str, str], ...]:
    """Return a pattern as that of all sections."""
    return (("", pattern),) if pattern else ()


def folder_of(folder: str) -> tuple[str, ...]:
    """Return the folder of posts that the settings name, if they do."""
    name = folder.removeprefix("./").strip("/")
    return (f"{name}/",) if name and name != "." else ()
