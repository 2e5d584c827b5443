"""Read which files the settings of a site keep back, and why: patterns of paths, each with the code of a problem."""

from collections.abc import Callable, Iterator
from itertools import islice
from types import MappingProxyType
from typing import Final, TypeAlias

from refeed.formats.publication.stated import says_published, withheld
from refeed.site import ALL_PAGES, Site
from refeed.sites.config_yml import is_octopress
from refeed.sites.kept_back.plain_expressions import plain_expression
from refeed.sites.notations.values import NO, Table, Value, read_table, table_at, text_at
from refeed.vocabulary.fields import key_name

KeptBack: TypeAlias = tuple[tuple[str, str], ...]

_MOST: Final = 100  # patterns of a site
_LONGEST: Final = 200  # characters of one
_IN_FOLDER: Final = r"(?:/.*)?\Z"
_BELOW_ANY: Final = r"(?<![^/])"  # Hugo asks for the whole path of a file, in which a slash stands above the site, too
_JEKYLL_TYPES: Final = MappingProxyType({"": "*", "drafts": "", "pages": "", "posts": "*_posts"})  # "": no posts
_LOCKS: Final = "encrypt"  # in the names of plug-ins
_LEFT_OUT: Final = "site-page"  # the generator does not read it, so that it says nothing of any article


# Its pages have days, too: `rake new_page` writes them.
_OF_OCTOPRESS: Final = [
    *((folder, "") for folder in ("_posts", "*/_posts", "_drafts", "*/_drafts")),
    ALL_PAGES,
]


def jekyll_keeps_back(table: Table, collections: str) -> KeptBack:
    """Return what Jekyll leaves out, and what the defaults of its front matter and its collections keep back."""
    # As in Jekyll, which asks what a path begins with, and forgets what is included by the same text.
    included = _texts(table.get("include"))
    left_out = [f"{text}*" for text in _texts(table.get("exclude")) if text not in included]
    without_pages = [name for name, output in _outputs(table).items() if output in {"", *NO} and name != "posts"]
    defaults = sorted(_defaults(table, collections), key=lambda row: -len(row[0]))  # the narrower scope counts
    return _bounded(
        [(text, _LEFT_OUT) for text in left_out],
        [(f"{collections}_{name}", "private") for name in without_pages],  # posts always have pages
        defaults,
        _OF_OCTOPRESS if is_octopress(table) else [],
    )


def jekyll_underscored(table: Table, collections: str) -> KeptBack:
    """Return of which folders with a `_` Jekyll, or fastpages before it, makes pages; of all others it makes none."""
    folders = [f"{below}{name}" for name in ("_posts", "_drafts", "_notebooks") for below in ("", "*/")]
    with_pages = [f"{collections}_{name}" for name, output in _outputs(table).items() if output not in {"", *NO}]
    return _but_for([*folders, *with_pages, *_texts(table.get("include"))], ["_*/*", "*/_*/*"])


def bridgetown_keeps_back(table: Table) -> KeptBack:
    """Return the collections of which Bridgetown makes no pages, and what defaults of front matter keep back."""
    without_pages = [(f"src/_{name}", "private") for name, output in _outputs(table).items() if output in NO - {""}]
    scopes = sorted(_defaults(table, ""), key=lambda row: -len(row[0]))
    return _bounded(without_pages, [(f"src/{scope}", code) for scope, code in scopes])


def bridgetown_underscored(table: Table) -> KeptBack:
    """Return of which folders with a `_` Bridgetown makes pages, and that it makes none of all others."""
    return _but_for([f"src/_{name}" for name in ("posts", "pages", "drafts", *_outputs(table))], ["src/_*/*"])


def _but_for(read: list[str], left_out: list[str]) -> KeptBack:
    """Return what is left out except what is read; nothing if that is too much to look for in each path."""
    rows = [*((place, "") for place in read), *((place, _LEFT_OUT) for place in left_out)]
    return tuple(rows) if len(rows) <= _MOST and max(len(place) for place in read) <= _LONGEST else ()


def _outputs(table: Table) -> dict[str, str]:
    """Return the names of the collections, each with what it says of its pages, "" for nothing."""
    found = table.get("collections")
    if isinstance(found, list):
        return dict.fromkeys((one for one in found if isinstance(one, str)), "")
    tables = found.items() if isinstance(found, dict) else ()
    return {name: text_at(one, "output").lower() if isinstance(one, dict) else "" for name, one in tables}


def hugo_leaves_out(table: Table) -> tuple[str, ...]:
    """Return what the paths fit of what Hugo leaves out, and of what lies in such a folder."""
    found = (
        plain_expression(text.removeprefix("./"), _IN_FOLDER, slash=_BELOW_ANY)
        for text in _listed(table.get("ignorefiles"))
    )
    return tuple(islice(filter(None, found), _MOST))


def hexo_keeps_back(table: Table, sources: tuple[str, ...]) -> KeptBack:
    """Return what Hexo leaves out of its sources: posts that it does not render are not published."""
    found = [text for key in ("ignore", "exclude", "skip_render") for text in _texts(table.get(key))]
    anywhere = [text.removeprefix("*") for text in found if text.startswith("**/")]
    below = [text.replace("**/", "*") for text in found if not text.startswith("**/")]
    places = (*anywhere, *(source + text for source in sources for text in below))
    unread = [f"{source}_posts/{name}" for source in sources for name in ("_*", "*/_*")]
    posts = [(f"{source}{folder}", "") for source in sources for folder in ("_posts", "_drafts", "_discarded")]
    pages = [(source.rstrip("/"), _LEFT_OUT) for source in sources]  # all that lies beside the posts
    return _bounded([*((text, _LEFT_OUT) for text in (*places, *unread)), *posts, *pages])


def hexo_locks(table: Table) -> frozenset[str]:
    """Return the tags of the posts that hexo-blog-encrypt locks, unless it is switched off."""
    encrypt = table_at(table, "encrypt")
    if text_at(encrypt, "enable", "enabled").lower() in NO:
        return frozenset()
    listed = encrypt.get("tags")
    tags = listed if isinstance(listed, list) else ()
    return frozenset(text_at(tag, "name").strip().lower() for tag in tags if isinstance(tag, dict)) - {""}


def without_locks(site: Site, read: Callable[[str], str | None]) -> Site:
    """Return a site of Hexo without the tags that lock posts, if it names its plug-ins, and none that encrypts."""
    package = read("package.json") if site.locked_tags else None
    table = read_table("package.json", package) if package else {}
    names = [*table_at(table, "dependencies"), *table_at(table, "devdependencies")]
    return site._replace(locked_tags=frozenset()) if names and not any(_LOCKS in name for name in names) else site


def pelican_keeps_back(table: Table, top: str) -> KeptBack:
    """Return what Pelican leaves out of its content, or all of it, where an article has to say that it is published."""
    left_out = [(top + text, _LEFT_OUT) for text in _texts(table.get("article_excludes"))]
    is_draft = text_at(table, "default_metadata.status").lower() in {"draft", "hidden"}
    return _bounded(left_out, [(f"{top}*", "draft")] if is_draft else [])


def zola_keeps_back(table: Table) -> KeptBack:
    """Return what Zola leaves out of its content."""
    return _bounded(
        [(f"content/{text.replace('**/', '*')}", _LEFT_OUT) for text in _texts(table.get("ignored_content"))]
    )


def mkdocs_keeps_back(table: Table, top: str) -> KeptBack:
    """Return what MkDocs leaves out of its documents, and which are drafts: lines as those of `.gitignore`."""
    lists = (("exclude_docs", _LEFT_OUT), ("draft_docs", "draft"))
    return _bounded(*(_as_git_ignores(str(table.get(key, "")), top, code)[::-1] for key, code in lists))


def _as_git_ignores(text: str, top: str, code: str) -> list[tuple[str, str]]:
    """Return patterns, the last of which counts; one without a slash in it means any folder."""
    rows = []
    for line in (one.strip() for one in text.splitlines()):
        pattern = line.removeprefix("!").removeprefix("**/")
        is_anywhere = pattern != line.removeprefix("!") or "/" not in pattern.rstrip("/")
        if place := pattern.strip("/") if not line.startswith("#") else "":
            said = "" if line.startswith("!") else code
            rows += [(f"{top}{below}{place}", said) for below in (("", "*/") if is_anywhere else ("",))]
    return rows


def git_ignores(text: str) -> KeptBack:
    """Return what a file `.gitignore` leaves out of its folder, for a generator that asks it."""
    return _bounded(_as_git_ignores(text, "", _LEFT_OUT)[::-1])


def eleventy_ignores(text: str, folder: str) -> KeptBack:
    """Return what a file of patterns leaves out of its folder: the last that fits counts, and `!` takes in again."""
    rows = [
        (folder + place, "" if line.startswith("!") else _LEFT_OUT)
        for line in text.splitlines()
        if not line.startswith("#")
        for pattern in _texts(line.removeprefix("!"))
        for place in dict.fromkeys([pattern, pattern.removeprefix("**/")])
    ]
    return _bounded(rows[::-1])


def _defaults(table: Table, collections: str) -> Iterator[tuple[str, str]]:
    """Yield the scopes of which Jekyll's defaults say whether they are published, the later of two first."""
    defaults = table.get("defaults")
    listed = reversed(defaults) if isinstance(defaults, list) else ()
    for default in (one for one in listed if isinstance(one, dict)):
        said = {key_name(key): value for key, value in table_at(default, "values").items()}
        problem = withheld(said)
        if not (problem or says_published(said)):
            continue
        kind = text_at(default, "scope.type", "scope.collection")
        of_kind = _JEKYLL_TYPES.get(kind, f"{collections}_{kind}")
        if scope := text_at(default, "scope.path").strip("./") or of_kind:
            yield scope, problem.code if problem else ""


def _texts(value: "Value | None") -> list[str]:
    """Return the paths or patterns of a list, or the only one, as they lie in the site."""
    texts = [one.strip().removeprefix("./").strip("/") for one in _listed(value)]
    return [text for text in texts if text.strip("*")]


def _listed(value: "Value | None") -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _bounded(*rows: list[tuple[str, str]]) -> KeptBack:
    """Return them all, as far as a stranger's settings may fill a build with them."""
    return tuple(islice((row for some in rows for row in some if len(row[0]) <= _LONGEST), _MOST))
