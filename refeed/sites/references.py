"""Find the file of a site that a post refers to: by path, by file name, or by the name of a note.

A generator finds a post by the path of its file (`@/log/tide.md`, `{filename}/tide.md`, `./tide.md`), by a name that no
other has (`{% post_url 2024-07-01-tide %}`, `{{< ref "tide" >}}`), or by either. So does this: a path counts first.
"""

import posixpath
import re
import unicodedata
from typing import Final
from urllib.parse import unquote

from refeed.site import Site
from refeed.sites.generator import generator_of
from refeed.sites.post import NAMELESS, parted_name, without_day
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# Endings of the files that pages are made of; such an address in a link is that of no page.
_SOURCES: Final = frozenset(
    {"adoc", "asciidoc", "markdown", "md", "mdown", "mdx", "mkd", "org", "qmd", "rst", "textile"}
)
_ENDINGS: Final = _SOURCES | {"htm", "html", "txt"}
_SCHEME: Final = late_pattern(r"[A-Za-z][A-Za-z0-9+.\-]*:|//|[#?]")
_NIKOLA: Final = late_pattern(r"link://(?:slug|filename)/")
_FROM_TOP: Final = late_pattern(r"(?:@site|~@|[@~])?/")  # Docusaurus; aliases of bundlers for the site's folder; Zola
_BLANKS: Final = late_pattern(r"[\s_]+")
_EMBEDDED: Final = late_pattern(r"!\[\[(.*)\]\]", re.DOTALL)
_INCLUDED: Final = late_pattern(r"\{\{< include (\S+) >\}\}")
_ABOVE: Final = late_pattern(r"(?:\.{1,2}/)+")


class Named(NamedTuple):
    """What a post calls another one."""

    pages: tuple[str, ...]  # paths that it may have, the likeliest first; as `page_of` returns them
    name: str  # the end of its path; as `page_of` returns it
    fragment: str  # with its `#`, or ""
    language: str = ""  # of its translation, where that is said


def is_reference(written: str) -> bool:
    """Return whether the address of a link names the file of another post."""
    if _SCHEME.match(written):  # nearly always
        return _NIKOLA.match(written) is not None
    path = written.partition("#")[0].partition("?")[0]
    return path.rpartition(".")[2].lower() in _SOURCES


def embedded(name: str) -> str:
    """Return the reference to a file that a post shows: its name, or the end of its path, as notes write it."""
    return f"![[{name}]]"


def file_at(written: str) -> str:
    """Return the reference to a picture by its path, from the top of the site or from the post."""
    return embedded("/" + unquote(written.strip().partition("#")[0].partition("?")[0]))


def included(path: str) -> str:
    """Return the reference to a part of a text that a post includes, by its path from the top or from the post."""
    return f"{{{{< include {path} >}}}}"


def included_path(written: str) -> str:
    """Return the path in the reference to a part of a text, "" if it is one to a post."""
    found = _INCLUDED.fullmatch(written)
    return found[1] if found else ""


def embedded_name(written: str) -> str:
    """Return the name in the reference to a file that a post shows, "" if it is one to a post."""
    found = _EMBEDDED.fullmatch(written)
    return found[1] if found else ""


def file_called(path: str) -> str:
    """Return the path of a file as names of embedded files are compared."""
    return _BLANKS.sub("-", unicodedata.normalize("NFC", path)).casefold()


def named(written: str, path: str, site: Site | None) -> Named:
    """Return what a post means that lies at a path of its site."""
    text, mark, fragment = _NIKOLA.sub("", written.strip()).partition("#")
    text, language = untranslated(unquote(text.partition("?")[0]), site)
    folders = _folders(site)
    if top := _FROM_TOP.match(text):
        text = text[top.end() :]
        paths = [folder + text for folder in folders]
    else:
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), text))
        text = _ABOVE.sub("", text)
        paths = [beside, *(folder + text for folder in folders)]
    pages = tuple(dict.fromkeys(page_of(found) for found in paths if text and not found.startswith("../")))
    return Named(pages, page_of(text), mark + fragment, language)


def untranslated(path: str, site: Site | None) -> tuple[str, str]:
    """Return a path as it is in every language of its site, and the language that the name of the file says."""
    name = path.rpartition("/")[2]
    if "." not in name or site is None or not generator_of(site).translates:
        return path, ""
    ending = "" if name.rpartition(".")[2].lower() in _ENDINGS else ".md"  # that a reference may leave out
    found, language = parted_name(path + ending)
    return (found, language) if language else (path, "")


def page_of(path: str) -> str:
    """Return the path of a file as references are compared: without what they may leave out or spell differently."""
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    name = stem if dot and stem and ending.lower() in _ENDINGS else name
    page = folder if name.lower() in NAMELESS else folder + slash + name
    spelt = _BLANKS.sub("-", unicodedata.normalize("NFC", page)).casefold()
    return f"/{spelt}".replace("/-posts/", "/")[1:]


def name_of_page(page: str) -> str:
    """Return the name by which a page is found: without its folders, and without the day before it."""
    return without_day(page.rpartition("/")[2])


def is_called(page: str, name: str) -> bool:
    """Return whether a page may be called by a name: the end of its path, the day before it left out or not."""
    folders, slash, last = page.rpartition("/")
    return any(f"/{one}".endswith(f"/{name}") for one in (page, folders + slash + without_day(last)))


def _folders(site: Site | None) -> tuple[str, ...]:
    """Return the folders that a path from the top may begin in."""
    generator = generator_of(site)
    return (*((site.content if site else ()) or generator.content), "")
