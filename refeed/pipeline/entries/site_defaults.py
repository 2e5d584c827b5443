"""What a post has of its site where it says nothing itself: an author, the addresses of files beside it."""

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Final

from refeed.markup.dialect import Dialect
from refeed.markup.line_breaks import is_wrapped, paragraphs_of
from refeed.model import LinkedPost, RecordMeta
from refeed.records.addresses.own_address import own_site, site_around
from refeed.records.fields.names import name_of
from refeed.site import Site
from refeed.sites.references import file_at
from refeed.startup.late_patterns import late_pattern

Files = Callable[[str], str | None]
"""Returns the address of a file of a site by how a post writes it; None where the address of the post decides, "" where
nobody can tell it."""

# A page of GitHub on which readers discuss a post.
_OF_GITHUB: Final = late_pattern(r"https?://github\.com/[^/]+/[^/]+/(?:issues|discussions|pull)/[0-9]+[/#?]?[^/]*")
_OF_NOTES: Final = "Quartz"
_VAULT: Final = ".obsidian"  # the folder of Obsidian's settings in a vault


def author_of_site(meta: RecordMeta) -> tuple[str, ...]:
    """Return who writes the site."""
    site = own_site(meta)
    name = name_of(site.author_of(site.path_of(meta.source.path))) if site else ""
    return (name,) if name else ()


def leads_of(meta: RecordMeta, posts: Mapping[str, LinkedPost | None]) -> Files | None:
    """Return what tells the addresses of the header's pictures by how it writes them; `posts` as `lead_references`."""
    site = _site_with_address(meta)
    if site is None:
        return None
    from refeed.sites.files import address_of_lead, may_be_asset

    by_rule = _located(meta, site, address_of_lead)

    def address(written: str) -> str | None:
        found = posts.get(reference := file_at(written))
        if found is None and reference in posts and may_be_asset(written, site):
            return ""
        return (found and found.address) or by_rule(written)

    return address


def lead_references(meta: RecordMeta) -> Iterator[str]:
    """Yield references to the header's pictures of which only the files of the site tell where they are."""
    pictures = dict.fromkeys([*meta.images, *(picture.url for picture in meta.files.leads)])
    site = _site_of_files(meta) if pictures else None
    if site is None:
        return
    from refeed.sites.files import may_be_beside

    for written in pictures:
        if may_be_beside(written, site.path_of(meta.source.path), site):
            yield file_at(written)  # the path, not any file of the name


def files_of(meta: RecordMeta) -> Files | None:
    """Return what tells the addresses of the site's files by how the post writes them."""
    site = _site_with_address(meta)
    if site is None:
        return None
    from refeed.sites.files import address_of_file

    return _located(meta, site, address_of_file)


def with_site_values(text: str, meta: RecordMeta) -> str:
    """Return the text of a post with the values of its header and of its site's settings that it shows."""
    site = _site_of_files(meta) if "{{" in text else None
    if site is None or site.generator != "Jekyll":
        return text
    from refeed.sites.values_in_posts import with_description, with_values

    return with_values(with_description(text, meta.summary or ""), site.values)


def seeks_pictures(meta: RecordMeta) -> Callable[[str], bool] | None:
    """Return what tells whether only the files of the site say where a picture in the body is; None: it is never so."""
    site = _site_with_address(meta)
    if site is None:
        return None
    from refeed.sites.files import may_be_asset

    return partial(may_be_asset, site=site)


def _site_with_address(meta: RecordMeta) -> Site | None:
    """Return the site of a post, if addresses of its files can be told: most archives are of no site."""
    site = _site_of_files(meta)
    return site if site and site.address else None


def _located(meta: RecordMeta, site: Site, address_of: Callable[..., str | None]) -> Callable[[str], str | None]:
    return partial(address_of, path=site.path_of(meta.source.path), site=site, page=meta.base or meta.own_url)


def base_of(meta: RecordMeta) -> str | None:
    """Return what relative addresses in a body are read against.

    In a vault of notes they mean its files, whatever page elsewhere a note names as its address.
    """
    if meta.base:
        return meta.base
    is_note = meta.markdown and meta.site is None and _is_in_vault(posixpath.dirname(meta.source.path))
    return None if is_note else meta.own_url


def is_called_like_its_file(meta: RecordMeta) -> bool:
    """Return whether a note that states no title has the name of its file for one, as Obsidian and Quartz show it."""
    if meta.title or not meta.markdown:
        return False
    return meta.site.generator == _OF_NOTES if meta.site else _is_in_vault(posixpath.dirname(meta.source.path))


def dialect_of(meta: RecordMeta, text: str) -> Dialect:
    """Return how the Markdown of a post is shown: what its header says of it counts, then its site."""
    is_hidden = meta.hides_code
    if is_hidden is None and meta.site:
        is_hidden = meta.site.hides_code_of(meta.site.path_of(meta.source.path))
    return Dialect(_keeps_line_breaks(meta, text), meta.site.dash if meta.site else "", is_hidden is True)


def _keeps_line_breaks(meta: RecordMeta, text: str) -> bool:
    """Return whether every line break in a body is meant; those of a program that fits a width are not."""
    is_shown = (meta.site is not None and meta.site.keeps_breaks) or _is_on_github(meta.own_url)
    return meta.keeps_breaks or (is_shown and meta.markdown and not is_wrapped(paragraphs_of(text)))


def _is_on_github(address: str | None) -> bool:
    """Return whether an address is that of an issue or a discussion, which GitHub shows with its line breaks."""
    return address is not None and "://github.com/" in address and _OF_GITHUB.fullmatch(address) is not None


def _is_in_vault(folder: str) -> bool:
    """Return whether a folder, or one above it on its path, is a vault of Obsidian's."""
    while not _is_vault(folder):
        above = posixpath.dirname(folder)
        if not folder or above == folder:
            return False
        folder = above
    return True


@lru_cache(maxsize=1024)
def _is_vault(folder: str) -> bool:
    return os.path.isdir(posixpath.join(folder, _VAULT))


def may_refer_to_posts(meta: RecordMeta) -> bool:
    """Return whether a post means files of its own site, or archive, where it leads to files."""
    return meta.own_url is None or (meta.site is not None and _site_of_files(meta) is not None)


def _site_of_files(meta: RecordMeta) -> Site | None:
    """Return the site that the files beside a post belong to, also where it names a page elsewhere as its own."""
    return site_around(meta, meta.base or meta.own_url)
