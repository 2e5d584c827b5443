"""Read the data that Eleventy has beside its files: `posts/posts.json` is of a folder, `tide.11tydata.json` of a post.

It may say how their pages are named, or that there are none.
"""

import re
from collections.abc import Callable, Iterator
from glob import escape
from typing import Final

from refeed.site import Part, Site
from refeed.sites.facts import part_of
from refeed.sites.generators import GENERATORS
from refeed.sites.kept_back.patterns import eleventy_ignores, git_ignores
from refeed.sites.listing import folders_below, names_in
from refeed.sites.notations.values import Table, text_at
from refeed.startup.late_patterns import late_pattern

_ENDINGS: Final = (".11tydata.json", ".json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")
_IGNORED: Final = ".eleventyignore"
# Eleventy asks it, unless its settings say otherwise: https://www.11ty.dev/docs/ignores/
_GIT_IGNORED: Final = ".gitignore"
_SETTINGS: Final = (".eleventy.js", *(f"eleventy.config.{ending}" for ending in ("js", "mjs", "cjs", "ts", "mts")))
_NO_CONTENT: Final = "site-page"
# The call that says so, in whichever of JavaScript's ways; in a comment or a text it is none.
_ASKING: Final = late_pattern(
    r"//(?>[^\n]*)|/\*(?>.*?(?:\*/|\Z))"
    r"|\"(?>[^\"\\\n]*)(?>(?:\\.(?>[^\"\\\n]*))*)\"?|'(?>[^'\\\n]*)(?>(?:\\.(?>[^'\\\n]*))*)'?"
    r"|`(?>[^`\\]*)(?>(?:\\.(?>[^`\\]*))*)`?"
    r"|\bsetUseGitIgnore\s{0,20}\(\s{0,20}(?:(?P<no>false|!\s{0,20}1)|true|!\s{0,20}0)\s{0,20},?\s{0,20}\)",
    re.DOTALL,
)
_ASKS: Final = "setUseGitIgnore"
_MOST_KEPT: Final = 100
# The computed one counts more; of an object, what is built.
_PERMALINKS: Final = (
    "eleventycomputed.permalink",
    "eleventycomputed.permalink.build",
    "permalink",
    "permalink.build",
)
_NO_PAGE: Final = "{{ none }}"  # what nobody can fill


def with_folder_data(site: Site, prefix: str, folder: str, read: Callable[[tuple[str, ...]], Table]) -> Site:
    """Return a site with what the data of its folders say of their posts; `read` reads some of its files as one."""
    contents = site.content or GENERATORS[site.generator].content
    patterns, parts = [*site.permalinks], list[Part]()
    for content in contents:
        for below in folders_below(prefix, folder, content):
            section = below[len(content) :].rstrip("/")
            if section and "/_" not in f"/{section}":
                name = section.rpartition("/")[2]
                table = read(tuple(f"{below}{name}{ending}" for ending in _ENDINGS))
                patterns += _patterns(section, table)
                parts += filter(None, [part_of(below, table)])
    return site._replace(permalinks=tuple(patterns), parts=tuple(parts))


def with_data_that_keeps_back(
    site: Site, prefix: str, folder: str, read: Callable[[tuple[str, ...]], Table], text: Callable[[str], str | None]
) -> Site:
    """Return a site with what its data and its files `.eleventyignore` keep back; `text` returns that of a file."""
    contents = site.content or ("",)  # wherever it is, without a folder that is named
    rows = [row for content in contents for row in _kept_back(prefix, folder, content, read)]
    ignored = [
        row for below in ("", *site.content) for row in eleventy_ignores(text(f"{below}{_IGNORED}") or "", below)
    ]
    if all(_asks_git(text(name) or "") for name in _SETTINGS):
        ignored += git_ignores(text(_GIT_IGNORED) or "")
    ignored += [(f"{below}{name}", _NO_CONTENT) for below in ("", *site.content) for name in ("_includes", "_data")]
    return site._replace(kept_back=(*dict.fromkeys(ignored), *reversed(rows[:_MOST_KEPT])))


def _asks_git(settings: str) -> bool:
    """Return whether Eleventy asks `.gitignore`, as it does unless the last call in its settings forbids it."""
    calls = [found for found in _ASKING.finditer(settings) if found[0].startswith(_ASKS)] if _ASKS in settings else []
    return not calls or calls[-1]["no"] is None


def _kept_back(
    prefix: str, top: str, content: str, read: Callable[[tuple[str, ...]], Table]
) -> Iterator[tuple[str, str]]:
    for folder in folders_below(prefix, top, content):
        name = folder.rstrip("/").rpartition("/")[2]
        if name and (code := _code(read(tuple(f"{folder}{name}{ending}" for ending in _ENDINGS)))):
            yield escape(folder.rstrip("/")), code
        for file in names_in(prefix, top + folder, only_folders=False):
            stem, data, _ = file.partition(".11tydata.")
            if data and stem != name and (code := _code(read((folder + file,)))):
                yield f"{escape(folder + stem)}.*", code


def _code(data: Table) -> str:
    """Return why files with such data are not published, or ""."""
    if text_at(data, "draft") == "true":
        return "draft"
    return "private" if text_at(data, *_PERMALINKS).lower() == "false" else ""


def _patterns(section: str, table: Table) -> Iterator[tuple[str, str]]:
    if pattern := text_at(table, "permalink"):
        yield section, _NO_PAGE if pattern == "false" else pattern
