"""Find the address of a post of a site: what it states of it, else what its generator would make of it."""

from collections.abc import Iterator
from typing import Final

from refeed.site import TRANSLATED, Site
from refeed.sites.generators import GENERATORS, NONE, Generator
from refeed.sites.permalink_patterns import Words, fill, is_pattern
from refeed.sites.post import Post, parted_name
from refeed.startup.named_tuple import NamedTuple
from refeed.urls import readable

_INDEX: Final = "/index.html"


def link_of(post: Post, site: Site) -> str | None:
    """Return the address of a post as readers open it; None if that is unknown."""
    if not site.address:
        return None
    path = path_of(post, site)
    return address_in(_in_its_language(post, site), path) if path else None


def _in_its_language(post: Post, site: Site) -> Site:
    """Return a site as it is in the language of a post, which may have a host of its own."""
    if not site.hosts:
        return site
    language = parted_name(post.path)[1] or site.language_of(post.path)
    return site._replace(address=dict(site.hosts).get(language.lower(), site.address))


def address_in(site: Site, path: str) -> str | None:
    """Return the address of a path that is written from the top of a site."""
    shown = path.removesuffix("index.html") if path.endswith(_INDEX) else path
    return readable(site.address + shown.lstrip("/"))


def path_of(post: Post, site: Site) -> str | None:
    """Return the path of a post's page from the top of its site."""
    generator = GENERATORS.get(site.generator, NONE)
    named, language = post.without_language(site.language) if generator.translates else (post, "")
    placed = _placed(named, site.content or generator.content)
    if placed:
        placed = placed._replace(post=generator.prepared(placed.post, site.naming))
        language = "" if site.hosts else language or site.prefix_of(post.path) or _said_by_post(post, site)
    if post.permalinks:
        path = _stated(post, placed, generator)
    elif placed and (made := _by_rule(placed, site, generator)):
        path = site.asking + _escaped(generator.spelt(language + made, site.naming)).removeprefix(
            "/" if site.asking else ""
        )
    else:
        page = None if placed else _placed(post, generator.pages)
        made = _page(page.post._replace(slug=""), site, generator) if page else None
        path = _escaped(made) if made else None
    return path or next(iter(post.aliases), None)


def _said_by_post(post: Post, site: Site) -> str:
    """Return what stands before the path of a page whose post says that it is in another language than the site."""
    is_other = post.language in site.naming.languages and post.language != site.language
    return f"/{post.language}" if is_other else ""


class _Placed(NamedTuple):
    """A post as seen from the folder of posts that it lies in, and that folder."""

    post: Post
    folder: str


def _stated(post: Post, placed: _Placed | None, generator: Generator) -> str | None:
    """Return the path that a post states; None for a pattern that only a template engine can fill."""
    for stated in post.permalinks:
        if not is_pattern(stated):
            return stated.rstrip("/") + "/" if generator.is_closed else stated
        if placed and (path := fill(stated, placed.post, _words(generator))):
            return _escaped(path)
    return None


def _escaped(path: str) -> str:
    """Return a path that was made of names: in these no mark begins a query or a fragment."""
    return path.replace("?", "%3F").replace("#", "%23")


def _placed(post: Post, folders: tuple[str, ...]) -> _Placed | None:
    """Return where a post lies, if it lies in one of these folders; of folders in each other the first that fits."""
    for folder in folders:
        if post.path.startswith(folder):
            return _Placed(post.below(folder), folder)
        # Jekyll has posts in any folder, which then is a category of them: `harbour/_posts/x.md`.
        above, found, _ = post.path.partition(f"/{folder}") if folder.startswith("_") else ("", "", "")
        if found:
            within = post.below(f"{above}/{folder}")
            return _Placed(within._replace(categories=(*above.split("/"), *post.categories)), folder)
    return None


def _by_rule(placed: _Placed, site: Site, generator: Generator) -> str | None:
    post, folder = placed
    patterns = dict(site.permalinks)
    is_translated = post.language.lower() != site.language.lower()
    sections = (folder, *([TRANSLATED] if is_translated else []), *_sections(post), "")
    pattern = next((patterns[section] for section in sections if patterns.get(section)), generator.permalink)
    if pattern:
        return fill(pattern, post, _words(generator))
    if generator.page:
        base = dict(site.bases).get(folder, generator.base if site.base is None else site.base)
        path = _page(post, site, generator)
        return base + path if path else None
    return "/" + post.slug.strip("/") + "/" if post.slug else None


def _sections(post: Post) -> Iterator[str]:
    """Yield the folders that a post lies in, the innermost first: `blog/posts`, `blog`."""
    for depth in range(len(post.folders), 0, -1):
        yield "/".join(post.folders[:depth])


def _words(generator: Generator) -> Words:
    """Return what the words of a pattern mean: a user may know those of another generator better."""
    return {**NONE.words, **generator.words}


def _page(post: Post, site: Site, generator: Generator) -> str | None:
    path = generator.page(post, site.naming) if generator.page else None
    ending = generator.ending if site.ending is None else site.ending
    # The page of a folder has the folder's address, whatever the names of other pages end with.
    return path + ("/" if post.is_bundle and ending == ".html" else ending) if path else None
