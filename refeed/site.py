"""A site around the files: what its generator's configuration, or the user, says of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import translate
from functools import lru_cache
from typing import Final, TypeVar

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

T = TypeVar("T")

_ENDINGS: Final = late_pattern(r"(?:\.(?P<language>[a-z]{2,3}(?:-[a-z]{2,4})?))?\.[^.]*\Z")  # `.fr.md`
BY_ADDRESS: Final = "url"
"""The key by which a page says that it is one, against `url: false` of its folder."""

ALL_PAGES: Final = ("*", "site-page")
"""Among what is kept back: all that lies in the folder that the generator reads, and is no post."""

TRANSLATED: Final = "*"  # among the sections of patterns: posts in another language than the site's
_DRAFT: Final = "draft"
_OFF_MENUS: Final = "Grav"  # its `visible` is about menus: https://learn.getgrav.org/content/headers#visible


class Naming(NamedTuple):
    """How a site spells the names of its pages, where its settings say otherwise than its generator does."""

    letters: str = ""  # of slugs: "any" alphabet, or "all" that is written; "": as the generator does
    # What a slug is made of: the "title", the "file", its "stem" as it stands, its "name" without the day; "unknown":
    # nobody can tell.
    slug_of: str = ""
    keeps_day: bool = False  # the day before the name of a file is a part of it
    keeps_case: bool = False
    drops_accents: bool = False
    prefix: str = ""  # before the paths of pages in the language of the site, as others have it before theirs
    languages: tuple[str, ...] = ()  # those that a post may say to be in, and then lies below
    category: str = ""  # of posts that state none
    categories: tuple[tuple[str, str], ...] = ()  # the names of some, and what stands for them in addresses
    checksums: str = ""  # of titles are the slugs of posts that state none: "dec" or "hex" numbers of CRC-32


class Part(NamedTuple):
    """A part of a site, for whose posts other things hold than for the rest; "" where nothing else does."""

    folder: str  # what their paths in the site begin with
    language: str = ""
    author: str = ""
    prefix: str = ""  # before the paths of their pages
    hides_code: bool | None = None  # that is run to make them


class HandedDown(NamedTuple):
    """What a section of Hugo, or the whole site, hands down to its pages, or to some of them."""

    section: str  # its path: `/content/post`, in lower case; "" is the top of the site
    pages: str  # a regular expression that a page fits: its language, or nothing, then its path
    # By their keys, the codes of the problems for which they are kept back; "": by that key they are not.
    codes: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str], ...] = ()  # of release and expiry, by their keys


class Site(NamedTuple):
    """What is known of one site; "" where nothing is."""

    below: str  # what the paths of its files begin with, as they are opened
    inside: str = ""  # where in the site that is: a folder, with a slash at its end
    configuration: str = ""  # the file that says so, for messages
    generator: str = ""  # its name in the table of generators
    address: str = ""  # absolute, with a slash at its end
    title: str = ""
    author: str = ""
    authors: tuple[tuple[str, str], ...] = ()  # the keys by which posts name them, in lower case, and their names
    author_tables: tuple[str, ...] = ()  # files in it that name them, where its settings say which
    language: str = ""
    timezone: str = ""
    order: str = ""  # of day and month in 03/04/2021: "day" or "month" first, "mark": as PHP has it for each mark
    permalinks: tuple[tuple[str, str], ...] = ()  # patterns by section; the one of "" is for all others
    content: tuple[str, ...] = ()  # folders of its posts, each with a slash at its end
    base: str | None = None  # what stands before the paths of pages; None: as its generator has it
    bases: tuple[tuple[str, str], ...] = ()  # the same for some of the folders of its posts
    asking: str = ""  # what stands before the paths of pages that a program is asked for: `index.php?`
    ending: str | None = None  # of the paths of pages, "/" or ".html"
    static: tuple[str, ...] = ()  # folders whose files lie at the top of the published site
    pages: tuple[str, ...] = ()  # folders whose files are pages of the site, not posts
    # Files and folders in it that its settings keep back, as patterns of a shell, each with the code of the problem.
    kept_back: tuple[tuple[str, str], ...] = ()
    # The same for folders whose names begin with a "_", but for those that the user names, or names what is in them.
    underscored: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()  # regular expressions that the paths of files fit that its generator does not read
    handed_down: tuple[HandedDown, ...] = ()  # of one section, what counts more stands first
    parts: tuple[Part, ...] = ()  # the innermost first
    hosts: tuple[tuple[str, str], ...] = ()  # of translations that have each a host of their own, by language
    naming: Naming = Naming()
    # A folder, with a slash at its end, that the paths of all files are read from where they lie in it.
    source: str = ""
    keeps_breaks: bool = False  # its pages show every line break of Markdown
    dash: str = ""  # what its pages show `--` of Markdown as
    hides_code: bool = False  # that is run to make its pages, where it does not say itself
    values: tuple[tuple[str, str], ...] = ()  # settings that posts may write in their addresses, by names in lower case
    locked_tags: frozenset[str] = frozenset()  # in lower case: posts with one of them are shown with a password only

    def path_of(self, path: str) -> str:
        """Return where a file lies in the site."""
        return (self.inside + path[len(self.below) :]).removeprefix(self.source)

    def reads(self, path: str) -> bool:
        """Return whether a file lies in the folder that its generator reads."""
        return (self.inside + path[len(self.below) :]).startswith(self.source)

    def language_of(self, path: str) -> str:
        """Return the language that a part says of its posts, by the path of one in the site, or ""."""
        return next((part.language for part in self.parts if part.language and path.startswith(part.folder)), "")

    def author_of(self, path: str) -> str:
        """Return who writes the posts of a part, or of the whole."""
        authors = (part.author for part in self.parts if part.author and path.startswith(part.folder))
        return next(authors, self.author)

    def prefix_of(self, path: str) -> str:
        """Return what stands before the path of the page of a post."""
        prefixes = (part.prefix for part in self.parts if part.prefix and path.startswith(part.folder))
        return next(prefixes, self.naming.prefix)

    def hides_code_of(self, path: str) -> bool:
        """Return whether code of a post that is run stays hidden, unless the post says something else."""
        said = (part.hides_code for part in self.parts if part.hides_code is not None and path.startswith(part.folder))
        return next(said, self.hides_code)

    def page_prefixes(self) -> Iterator[str]:
        """Return what the paths of its pages begin with, as they are opened."""
        for folder in self.pages:
            if folder.startswith(self.inside):
                yield self.below + folder[len(self.inside) :]


@lru_cache(maxsize=64)
def _places(kept_back: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Return what the path of a file fits that a pattern means, or that lies in a folder that it means.

    Each pattern is a group; the first that fits counts.
    """
    return re.compile("|".join(f"({translate(pattern)}|{translate(f'{pattern}/*')})" for pattern, _ in kept_back))


@lru_cache(maxsize=64)
def _unread(left_out: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in left_out), re.DOTALL)


def _page_of(path: str) -> tuple[str, str]:
    """Return the language that the name of a file states, and the path of its page: `/content/post/fog`, in lower case.

    A folder with `index.md` is a page.
    """
    folder, slash, name = f"/{path}".lower().replace(" ", "-").rpartition("/")
    ending = _ENDINGS.search(name)
    stem = name[: ending.start()] if ending else name
    return (ending["language"] or "") if ending else "", folder if stem in {
        "index",
        "_index",
    } else folder + slash + stem


def _by_section(rows: Iterable[HandedDown]) -> dict[str, list[HandedDown]]:
    found: dict[str, list[HandedDown]] = {}
    for row in rows:
        found.setdefault(row.section, []).append(row)
    return found


def innermost(values: Mapping[str, T], folder: str) -> T | None:
    """Return the value of the longest key that a folder's path begins with; folders end with a slash.

    "" is the working directory.
    """
    end = len(folder)
    while (end := folder.rfind("/", 0, end)) >= 0:
        if found := values.get(folder[: end + 1]):
            return found
    return values.get("") if not folder.startswith(("/", "../")) else None


class Sites:
    """The sites of a run, by what the paths of their files begin with; files of one folder often come together."""

    def __init__(self, sites: Iterable[Site]) -> None:
        """Take the sites, the innermost first."""
        self._sites = {site.below: site for site in reversed([*sites])}
        self.hand_down_dates = any(one.dates for site in self._sites.values() for one in site.handed_down)
        self._sections = {below: _by_section(site.handed_down) for below, site in self._sites.items()}
        self.lock_tags = any(site.locked_tags for site in self._sites.values())
        self._keep_back = any(
            site.kept_back or site.underscored or site.left_out or site.handed_down for site in self._sites.values()
        )
        self._last: tuple[str, Site | None] = ("", self._sites.get(""))
        self._asked = ("", "")  # each file is asked for twice: whether it is read, and whether it goes out

    def around(self, path: str) -> Site | None:
        """Return the innermost site that a file belongs to."""
        if not self._sites:
            return None
        folder = path[: path.rfind("/") + 1]
        if folder != self._last[0]:
            self._last = (folder, innermost(self._sites, folder))
        return self._last[1]

    def why_kept_back(self, path: str) -> str:
        """Return the code of the problem for which the site around a file keeps it back, or ""."""
        if not self._keep_back:
            return ""
        if path != self._asked[0]:
            self._asked = (path, self._why(path, frozenset()))
        return self._asked[1]

    def why_kept_back_anyway(self, path: str, shown_by: frozenset[str]) -> str:
        """Return why a page is kept back that itself says, by these keys, that it is shown: its own word counts."""
        return self._why(path, shown_by)

    def _why(self, path: str, shown_by: frozenset[str]) -> str:
        site = self.around(path)
        if site is None:
            return ""
        inside = site.path_of(path)
        if site.left_out and _unread(site.left_out).match(inside):
            return "site-page"
        is_underscored = site.underscored and "/_" in f"/{path[len(site.below) : path.rfind('/') + 1]}"
        for rows in (site.kept_back, site.underscored if is_underscored else ()):
            if rows and (fits := _places(rows).match(inside)) and fits.lastindex:
                code = rows[fits.lastindex - 1][1]
                if rows[fits.lastindex - 1] == ALL_PAGES and not site.reads(path):
                    continue
                if code or rows is site.kept_back:  # a folder that is read may hold what is kept back
                    return code
        handed_down = [*self._handed_down(site, inside)] if site.handed_down else []
        says = {key: code for one in reversed(handed_down) for key, code in reversed(one.codes)}
        codes = {code for key, code in says.items() if code and key not in shown_by}
        return min(codes - {_DRAFT}, default=_DRAFT if codes else "")  # a draft is one until the page says otherwise

    def locks(self, path: str, tags: Iterable[str]) -> bool:
        """Return whether the site around a file locks posts with one of these tags."""
        site = self.around(path) if self.lock_tags else None
        return site is not None and not site.locked_tags.isdisjoint(tag.strip().lower() for tag in tags)

    def shows_off_menus(self, path: str) -> bool:
        """Return whether the generator of the site around a file shows pages that it leaves out of its menus."""
        site = self.around(path)
        return site is not None and site.generator == _OFF_MENUS

    def dates_for(self, path: str) -> dict[str, str]:
        """Return the dates of release and expiry that a page has from its sections, by their keys."""
        site = self.around(path) if self.hand_down_dates else None
        if site is None or not site.handed_down:
            return {}
        rows = [*self._handed_down(site, site.path_of(path))]
        return {key: text for one in reversed(rows) for key, text in one.dates}

    def _handed_down(self, site: Site, inside: str) -> Iterator[HandedDown]:
        """Yield what is handed down to a page, from the innermost section first."""
        language, page = _page_of(inside)
        found, path = f"{language or site.language_of(inside)}{page}", page
        while True:
            for one in self._sections[site.below].get(path, ()):
                if re.compile(one.pages, re.DOTALL).fullmatch(found):
                    yield one
            if not path:
                return
            path = path[: path.rfind("/")]
