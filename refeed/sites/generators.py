"""The generators of sites, as one table: where each keeps its posts and its files, and how it names pages."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, NamedTuple

from refeed.sites import patterns, slugs
from refeed.sites.patterns import Words
from refeed.sites.post import Post


class Generator(NamedTuple):
    """One generator; folders end with a slash."""

    content: tuple[str, ...] = ("",)  # folders of posts; of each the first that fits
    pages: tuple[str, ...] = ()  # folders of other pages, whose addresses are the paths of their files
    static: tuple[str, ...] = ()  # folders whose files lie at the top of the published site
    permalink: str = ""  # its pattern when the settings name none; "": the path of the file decides
    words: Words = patterns.JEKYLL  # what the words of a pattern mean
    page: Callable[[Post], str | None] | None = None  # the path of a page without a pattern, and without its ending
    ending: str = "/"  # of such a path
    translates: bool = False  # whether the name of a file may say its language, and pages of that lie below it
    base: str = ""  # what stands before the path of a page
    is_closed: bool = False  # whether a slash ends every address, also one that a post states


def _page(slug: Callable[[str], str]) -> Callable[[Post], str | None]:
    """Return what names pages like files: their folders, then the slug or the name."""

    def path(post: Post) -> str | None:
        if any(folder.startswith("_") for folder in post.folders):
            return None  # a collection, which the settings or data beside it place
        name = post.slug.strip("/") or slug(post.stem)
        return "/".join(("", *map(slug, post.folders), name)) if name else None

    return path


def _zola(post: Post) -> str | None:
    name = post.slug or slugs.zola(post.name)
    return "/".join(("", *map(slugs.zola, post.folders), name)) if name else None


def _docusaurus(post: Post) -> str | None:
    """`blog/2024-01-02-tide.md` and `blog/2024/01/02/tide.md` are /2024/01/02/tide; a slug replaces all of it."""
    if post.slug:
        return "/" + post.slug.strip("/")
    day = post.stem[: len(post.stem) - len(post.name)].strip("-_ ").replace("-", "/")
    return "/".join(("", *post.folders, *filter(None, [day]), post.name))


GENERATORS: Final = MappingProxyType(
    {
        # A post of Astro lies where its page is asked for: the starter's collection `blog` is served under /blog/.
        "Astro": Generator(("src/content/", "src/pages/", "src/data/"), static=("public/",), page=_page(slugs.github)),
        "Bridgetown": Generator(
            ("src/_posts/",), ("src/",), ("src/",), "/:categories/:year/:month/:day/:slug/", page=_page(str)
        ),
        "Docusaurus": Generator(("blog/",), static=("static/",), page=_docusaurus, base="/blog", ending=""),
        "Eleventy": Generator(("content/", "src/", ""), static=("public/", "src/"), page=_page(str)),
        "Gatsby": Generator(("content/blog/", "src/pages/", "content/"), static=("static/",), page=_page(str)),
        "Hexo": Generator(
            ("source/_posts/",),
            ("source/",),
            ("source/",),
            ":year/:month/:day/:title/",
            patterns.HEXO,
            _page(slugs.as_it_is),
        ),
        "Hugo": Generator(
            ("content/",), static=("static/",), words=patterns.HUGO, page=_page(slugs.hugo), translates=True
        ),
        "Jekyll": Generator(("_posts/",), ("",), permalink="date", page=_page(str), ending=".html"),
        "MkDocs": Generator(("docs/blog/posts/",), ("docs/",), ("docs/",), "/blog/{date}/{slug}/", patterns.MKDOCS),
        "Nikola": Generator(("posts/",), static=("files/",), page=_page(slugs.latin), base="/posts"),
        "Pelican": Generator(("content/",), static=("content/",), permalink="/{slug}.html", words=patterns.PELICAN),
        "Quartz": Generator(("content/",), static=("content/",), page=_page(slugs.quartz), ending=""),
        "VitePress": Generator(("",), static=("public/",), page=_page(str), ending=".html"),
        "Zola": Generator(("content/",), static=("static/",), page=_zola, translates=True, is_closed=True),
    }
)
NONE: Final = Generator(words=MappingProxyType({**patterns.HUGO, **patterns.HEXO, **patterns.JEKYLL}))
