"""Find where a file of a site is published: a picture or another page, as a post of the site writes its address."""

import posixpath
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from refeed.site import Site
from refeed.sites.generators import GENERATORS, NONE
from refeed.urls import readable, resolve

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//|[#?]")
_FROM_ROOT: Final = ("@site/", "~/", "~@/", "@/")  # Docusaurus, and aliases that bundlers have for the site's folder

_THEMED: Final = frozenset({"Hexo", "Hugo", "Jekyll"})  # generators whose themes read headers
_IN_FOLDER: Final = re.compile(r"[^./:?#\s][^/:?#\s]*/")  # a name alone may be that of a file beside the post


def address_of_file(written: str, path: str, site: Site, page: str | None = None) -> str | None:
    """Return the address that a relative one in a post means, None where the address of the post decides.

    `path` is that of the post in its site, `page` the address of its page.
    """
    text = written.strip()
    if not site.address or not text or _SCHEME.match(text):
        return None
    for mark in _FROM_ROOT:
        if text.startswith(mark):
            return _published(text[len(mark) :], site)
    if text.startswith("/"):
        return _published(text[1:], site) or _at_top(text, site)
    place, mark, rest = _split(text)
    own_folder = posixpath.splitext(posixpath.basename(path))[0] + "/"
    if site.generator == "Hexo" and page and (inside := unquote(place).removeprefix("./")).startswith(own_folder):
        # As editors show it; Hexo publishes what lies in the folder of a post's name beside its page.
        return resolve(quote(inside[len(own_folder) :]) + mark + rest, page)
    below = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(place)))
    return _published(below + mark + rest, site) if place and not below.startswith("../") else None


def address_of_lead(written: str, path: str, site: Site, page: str | None = None) -> str | None:
    """Return the address that a relative one of the header's picture means, None where that of the post decides.

    Themes write it with the root of the site before it; what lies beside a post of its own folder stays there.
    """
    found = address_of_file(written, path, site, page)
    is_below = site.generator in _THEMED and _IN_FOLDER.match(written.strip())
    return _at_top("/" + written.strip(), site) if is_below and not found and not _is_bundle(path) else found


def may_be_beside(written: str, path: str, site: Site) -> bool:
    """Return whether only the files of a site tell where a picture of the header is: beside the post, or at the top."""
    is_below = site.generator in _THEMED and _is_bundle(path) and _IN_FOLDER.match(written.strip())
    return bool(site.address and is_below and address_of_file(written, path, site) is None)


def _is_bundle(path: str) -> bool:
    return posixpath.basename(path).startswith("index.")


def address_of_found(path: str, post: str, site: Site) -> str | None:
    """Return the address of a file by its path in the site: what lies beside a post is written from there.

    None where its generator does not publish it, or under a name that nobody can tell.
    """
    if found := _published(quote(path), site):
        return found
    folder, name = posixpath.split(post)
    stem = posixpath.splitext(name)[0]
    own = posixpath.join(folder, "" if stem == "index" else stem, "")
    if path.startswith(own) and (stem == "index" or site.generator == "Hexo"):
        return quote(path.removeprefix(posixpath.join(folder, "")))
    return None


def _split(text: str) -> tuple[str, str, str]:
    """Divide an address into its path and what follows."""
    found = re.search(r"[?#]", text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def static_folders(site: Site) -> tuple[str, ...]:
    """Return the folders whose files are published as they are."""
    return site.static or GENERATORS.get(site.generator, NONE).static


def _published(path: str, site: Site) -> str | None:
    """Return the address of a file in one of the folders whose files are published as they are."""
    for folder in static_folders(site):
        inside = path[len(folder) :]
        # What begins with an underscore is no page of Jekyll's or Hexo's: its posts, say.
        if path.startswith(folder) and not inside.startswith("_") and "/_" not in inside:
            return readable(site.address + _spelt(inside, GENERATORS.get(site.generator, NONE).spelt_file))
    return None


def _spelt(inside: str, spell: Callable[[str], str]) -> str:
    """Return the path of a file, and what follows it, as the generator spells its name."""
    if spell is str:
        return inside
    place, mark, rest = _split(inside)
    return quote(spell(unquote(place))) + mark + rest


def _at_top(path: str, site: Site) -> str | None:
    """Return the address of a path from the top of a site; where it lies below a host, some write its folder, too."""
    base = urlsplit(site.address).path
    return readable(site.address + path.removeprefix(base).lstrip("/"))
