"""Find where a site publishes a file, a picture or another page, that one of its posts refers to."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from refeed.site import Site
from refeed.sites.generator import generator_of
from refeed.startup.late_patterns import late_pattern
from refeed.urls import readable, resolve
from refeed.vocabulary.pictures import PICTURE_ENDINGS

_SCHEME: Final = late_pattern(r"[A-Za-z][A-Za-z0-9+.\-]*:|//|[#?]")
_FROM_ROOT: Final = ("@site/", "~/", "~@/", "@/")  # Docusaurus, and aliases that bundlers have for the site's folder

# Where fastpages keeps notebooks, and publishes the pictures beside them.
_NOTEBOOKS: Final = "_notebooks/"
_OF_NOTEBOOKS: Final = "images/copied_from_nb/"
_THEMED: Final = frozenset({"Hexo", "Hugo", "Jekyll", "Pelican"})  # generators whose themes read headers
# What programs that bundle a site take for its files, and not for pages.
_BUNDLED: Final = (
    *PICTURE_ENDINGS,
    *(".m4a", ".mov", ".mp3", ".mp4", ".ogg", ".wav", ".webm"),
)
_UNREAD: Final = frozenset({"VitePress"})  # generators to which headers are only data
_BESIDE: Final = (".", "~", "@", "/")  # begin what a program reads as the path of a file
_IN_FOLDER: Final = late_pattern(r"[^./:?#\s][^/:?#\s]*/")  # a name alone may be that of a file beside the post


def address_of_file(written: str, path: str, site: Site, page: str | None = None) -> str | None:
    """Return the address that a relative one in a post means, None where the address of the post decides.

    It is "" where the generator makes up the name. `path` is that of the post in its site, `page` the address of its
    page.
    """
    text = written.strip()
    if not site.address or not text or _SCHEME.match(text):
        return None
    for mark in _FROM_ROOT:
        if text.startswith(mark):
            return _published(text[len(mark) :], site) or _renamed(text, site)
    if text.startswith("/"):
        is_source = text.startswith("/src/") and _renamed(text, site) is not None
        return "" if is_source else _published(text[1:], site) or _at_top(text, site)
    place, mark, rest = _split(text)
    own_folder = posixpath.splitext(posixpath.basename(path))[0] + "/"
    if site.generator == "Hexo" and page and (inside := unquote(place).removeprefix("./")).startswith(own_folder):
        # As editors show it; Hexo publishes what lies in the folder of a post's name beside its page.
        return resolve(quote(inside[len(own_folder) :]) + mark + rest, page)
    below = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(place)))
    found = _published(below + mark + rest, site) if place and not below.startswith("../") else None
    if site.generator == "Jekyll" and below.startswith(_NOTEBOOKS) and place.lower().endswith(PICTURE_ENDINGS):
        return readable(site.address + _OF_NOTEBOOKS + quote(below[len(_NOTEBOOKS) :]) + mark + rest)
    return found or _renamed(place, site)


def _renamed(place: str, site: Site) -> str | None:
    """Return "" for a file that is published under a name with a digest in it, which only its generator can tell."""
    is_media = place.lower().endswith(_BUNDLED)
    return "" if is_media and generator_of(site).renames_files else None


def address_of_lead(written: str, path: str, site: Site, page: str | None = None) -> str | None:
    """Return the address that a relative one of the header's picture means, None where that of the post decides.

    Themes write it with the root of the site before it; what lies beside a post of its own folder stays there.
    """
    found = address_of_file(written, path, site, page)
    if found == "" and (site.generator in _UNREAD or not written.strip().startswith(_BESIDE)):
        return None
    is_below = site.generator in _THEMED and _IN_FOLDER.match(written.strip())
    is_of_theme = found is None or path.startswith(_NOTEBOOKS) or site.generator == "Pelican"
    return _at_top("/" + written.strip(), site) if is_below and is_of_theme and not _is_bundle(path) else found


def may_be_beside(written: str, path: str, site: Site) -> bool:
    """Return whether only the files of a site tell where a picture of the header is: beside the post, or at the top."""
    is_below = site.generator in _THEMED and _is_bundle(path) and _IN_FOLDER.match(written.strip())
    is_sought = is_below or may_be_asset(written, site)
    return bool(site.address and is_sought and address_of_file(written, path, site) is None)


def may_be_asset(written: str, site: Site) -> bool:
    """Return whether a theme may find a picture elsewhere than beside the post."""
    is_relative = not written.startswith("/") and not _SCHEME.match(written)
    has_assets = generator_of(site).assets is not None
    return bool(has_assets and is_relative and _split(written)[0].lower().endswith(PICTURE_ENDINGS))


def assets_called(name: str, paths: Iterable[str], site: Site) -> Iterator[str]:
    """Yield those of some paths that lie where a theme looks for a file of this name, or path."""
    if assets := generator_of(site).assets:
        inside = {path: path[found.end() :] for path in paths if (found := assets.match(path))}
        yield from (path for wanted in (name, f"images/{name}") for path in inside if inside[path] == wanted)


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
    own = posixpath.join(folder, "" if _is_bundle(post) else stem, "")
    if path.startswith(own) and (_is_bundle(post) or site.generator == "Hexo"):
        return quote(path.removeprefix(posixpath.join(folder, "")))
    assets = generator_of(site).assets
    inside = assets.match(path) if assets else None
    return readable(site.address + quote(path[inside.end() :])) if inside else None


def _split(text: str) -> tuple[str, str, str]:
    """Divide an address into its path and what follows."""
    found = re.search(r"[?#]", text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def static_folders(site: Site) -> tuple[str, ...]:
    """Return the folders whose files are published as they are."""
    return site.static or generator_of(site).static


def _published(path: str, site: Site) -> str | None:
    """Return the address of a file in one of the folders whose files are published as they are."""
    for folder in static_folders(site):
        inside = path[len(folder) :]
        # What begins with an underscore is no page of Jekyll's or Hexo's: its posts, say.
        if path.startswith(folder) and not inside.startswith("_") and "/_" not in inside:
            return readable(site.address + _spelt(inside, generator_of(site).spelt_file))
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
