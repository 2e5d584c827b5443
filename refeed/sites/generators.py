"""The generators of sites, as one table: where each keeps its posts and its files, and how it names pages."""

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from refeed.site import Naming
from refeed.sites import slugs
from refeed.sites.latin import without_accents
from refeed.sites.permalink_patterns import GRIDSOME, HEXO, HUGO, JEKYLL, MKDOCS, PELICAN, Words
from refeed.sites.post import Post
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

Page = Callable[[Post, Naming], str | None]
"""Returns the path of a page without a pattern, and without its ending; None where nobody can tell."""

# Docusaurus: the last day in a path, whatever parts it, and what follows.
_DOCUSAURUS: Final = late_pattern(r"(?P<folder>.*)(?P<day>[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2})[-/]?(?P<text>.*)")

# Hugo's `resources.Get`, and what a theme brings: https://gohugo.io/functions/resources/get/
_OF_HUGO: Final = late_pattern(r"(?:themes/[^/]+/)?(?:assets|static)/")
_MOMENT: Final = late_pattern(r"\A(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:-[0-9]{1,2}){0,3})?_+")
_KIRBY_ORDER: Final = late_pattern(r"\A[0-9]{1,14}_")
_KIRBY_HOME: Final = "home"
_LEKTOR_PAGE: Final = "contents.lr"
_PLUXML: Final = late_pattern(r"(?P<number>[0-9]{4})\.[\w,]{1,200}\.[0-9]{3}\.[0-9]{12}\.(?P<slug>.{1,200})\.xml")
_ORDER: Final = late_pattern(r"\A[0-9]{1,4}\.")


def _prepared(post: Post, naming: Naming) -> Post:
    return post._replace(keeps_day=naming.keeps_day)


def _as_it_is(path: str, _naming: Naming) -> str:
    return path


class Generator(NamedTuple):
    """One generator; folders end with a slash."""

    content: tuple[str, ...] = ("",)  # folders of posts; of each the first that fits
    pages: tuple[str, ...] = ()  # folders of other pages, whose addresses are the paths of their files
    static: tuple[str, ...] = ()  # folders whose files lie at the top of the published site
    permalink: str = ""  # its pattern when the settings name none; "": the path of the file decides
    words: Words = JEKYLL  # what the words of a pattern mean
    page: Page | None = None
    ending: str = "/"  # of such a path
    translates: bool = False  # whether the name of a file may say its language, and pages of that lie below it
    base: str = ""  # what stands before the path of a page
    is_closed: bool = False  # whether a slash ends every address, also one that a post states
    prepared: Callable[[Post, Naming], Post] = _prepared  # with what the settings add to it
    spelt: Callable[[str, Naming], str] = _as_it_is  # a path as its addresses are written
    spelt_file: Callable[[str], str] = str  # the path of a file that is published as it is
    assets: re.Pattern[str] | None = None  # begins the paths of files that a theme may publish under the rest of them
    renames_files: bool = False  # what posts show from beside them or its sources gets a name with a digest in it


def _page(slug: Callable[[str], str]) -> Page:
    """Return what names pages like files: their folders, then the slug or the name."""

    def path(post: Post, _naming: Naming) -> str | None:
        if any(folder.startswith("_") for folder in post.folders):
            return None  # a collection, which the settings or data beside it place
        name = post.slug.strip("/") or slug(post.stem)
        return "/".join(("", *_without(name, [*map(slug, post.folders)]), name)) if name else None

    return path


def _without(name: str, folders: list[str]) -> list[str]:
    """Return the folders above a page without those that its name states, too: `pier/ropes/splice` in pier/ropes/."""
    parts = name.split("/")[:-1]
    stated = next((count for count in range(len(parts), 0, -1) if folders[-count:] == parts[:count]), 0)
    return folders[: len(folders) - stated]


def _eleventy(post: Post, naming: Naming) -> str | None:
    """Leave out a day before the name of a file; that of a folder stays."""
    named = post if post.is_bundle or post.slug else post._replace(slug=post.name)
    return _page(str)(named, naming)


def _hugo(post: Post, _naming: Naming) -> str | None:
    parts = (*post.folders, post.slug.strip("/") or post.stem)
    return "/".join(("", *map(slugs.hugo, parts)))


def _of_hugo(post: Post, naming: Naming) -> Post:
    """Take the name without the day for the slug, where the settings take the day from it."""
    has_day = naming.slug_of == "name" and not post.slug and post.name != post.stem
    return post._replace(slug=post.name) if has_day else post


def _spelt_by_hugo(path: str, naming: Naming) -> str:
    path = without_accents(path) if naming.drops_accents else path
    path = path if naming.keeps_case else path.lower()
    return path if path.endswith(("/", ".html")) else path + "/"  # whether or not its pattern ends with one


def _nikola(post: Post, naming: Naming) -> str | None:
    name = post.slug or (slugs.nikola_as_it_is if naming.letters else slugs.nikola)(post.stem)
    return "/".join(("", *post.folders, name)) if name else None


_ZOLA: Final[MappingProxyType[str, Callable[[str], str]]] = MappingProxyType({"any": slugs.zola_safe, "all": str})


def _zola(post: Post, naming: Naming) -> str | None:
    slug = _ZOLA.get(naming.letters, slugs.zola)
    name = slug(post.slug or post.name)
    return "/".join(("", *map(slug, post.folders), name)) if name else None


def _docusaurus(post: Post, _naming: Naming) -> str | None:
    """`blog/2024-01-02-tide.md` and `blog/2024/01/02/tide.md` are /2024/01/02/tide; a slug replaces all of it."""
    if post.slug:
        return "/" + post.slug.strip("/")
    path = "/".join((*post.folders, post.stem))
    if found := _DOCUSAURUS.fullmatch(path):
        path = "/".join(filter(None, (found["day"].replace("-", "/"), found["folder"] + found["text"])))
    return "/" + path


def _numbered(post: Post) -> Post:
    """Leave the numbers that order files and folders out of their names: `content/2.log/1.tide.md`, `02.log/tide`."""
    return post._replace(path="/".join(_ORDER.sub("", part) for part in post.path.split("/")))


def _of_nuxt(post: Post, naming: Naming) -> Post:
    return _prepared(_numbered(post), naming)


def _of_grav(post: Post, naming: Naming) -> Post:
    """Name a page by its folder; its file is named after the template."""
    folder, _, _ = _numbered(post).path.rpartition("/")
    return _prepared(post, naming)._replace(path=f"{folder}/index.md" if folder else post.path)


def _of_middleman(post: Post, naming: Naming) -> Post:
    """Take the name for the title, as in its patterns, without the endings of templates: `2024-07-01-tide.html.md`."""
    return _prepared(post, naming)._replace(slug=post.slug or post.name.partition(".html")[0])


def _lume(post: Post, naming: Naming) -> str | None:
    """Leave out a moment before a `_`: `posts/2024-07-01_tide.md` is /posts/tide/."""
    return _page(str)(post._replace(slug=post.slug or _MOMENT.sub("", post.stem)), naming)


def _bludit(post: Post, _naming: Naming) -> str | None:
    return f"/{post.slug.strip('/')}" if post.slug else None


def _stem(post: Post, _naming: Naming) -> str:
    return f"/{post.stem}"


def _kirby(post: Post, _naming: Naming) -> str | None:
    """Name a page by its folders without the numbers that order them; files of translations end with `.fr.txt`."""
    *folders, name = post.path.split("/")
    names = [_KIRBY_ORDER.sub("", folder) for folder in folders]
    if name.count(".") > 1 or not names:
        return None
    return "/".join(("", *names)) if names != [_KIRBY_HOME] else "/"


def _lektor(post: Post, _naming: Naming) -> str | None:
    """Name a page by its folders, the last by a slug; one with a dot is a file. `contents+de.lr` is a translation."""
    *folders, name = post.path.split("/")
    if name != _LEKTOR_PAGE or not folders:
        return None
    page = "/".join(("", *folders[:-1], post.slug.strip("/") or folders[-1]))
    return page if "." in page.rpartition("/")[2] else f"{page}/"


def _pluxml(post: Post, _naming: Naming) -> str | None:
    """Name an article by its number and its slug: `0012.003,home.001.202405030730.slack-water.xml`."""
    found = _PLUXML.fullmatch(post.path)
    return f"/article{int(found['number'])}/{found['slug']}" if found else None


def _of_hexo(post: Post, naming: Naming) -> Post:
    """Spell categories as the settings say, the one of all posts that state none among them, and make a slug."""
    named = dict(naming.categories)
    slug = post.slug or (slugs.checksum(post.title, naming.checksums) if naming.checksums and post.title else "")
    categories = [named.get(name.lower(), name) for name in post.categories] or [naming.category or "uncategorized"]
    return _prepared(post, naming)._replace(slug=slug, categories=tuple(categories))


def _of_pelican(post: Post, naming: Naming) -> Post:
    """Make a slug of the title or the file's name; the folder is the category of a post that states none."""
    slug = slugs.any_letters if naming.letters else slugs.pelican
    names = {"file": slug(post.stem), "name": post.name, "stem": post.stem, "unknown": ""}
    made = post.slug or names.get(naming.slug_of, slug(post.title))
    return post._replace(slug=made, categories=post.categories or post.folders[-1:] or (naming.category or "misc",))


_OF_WINTERSMITH: Final = MappingProxyType({**HUGO, "title": lambda post: slugs.jekyll(post.title)})
GENERATORS: Final = MappingProxyType(
    {
        # A post of Astro lies where its page is asked for: the starter's collection `blog` is served under /blog/.
        "Astro": Generator(
            ("src/content/", "src/pages/", "src/data/"),
            static=("public/",),
            page=_page(slugs.github),
            renames_files=True,
        ),
        "Bludit": Generator(("bl-content/pages/",), static=("",), page=_bludit, ending=""),
        "Bridgetown": Generator(
            ("src/_posts/",),
            ("src/",),
            ("src/",),
            "/:categories/:year/:month/:day/:slug/",
            page=_page(str),
            translates=True,
        ),
        # Of Dendron's pages the addresses are made of ids that only its own index has.
        "Dendron": Generator(("vault/",), static=("assets/",)),
        "Docusaurus": Generator(
            ("blog/",), static=("static/",), page=_docusaurus, base="/blog", ending="", renames_files=True
        ),
        "Eleventy": Generator(("content/", "src/", ""), static=("public/", "src/"), page=_eleventy),
        "FlatPress": Generator(("fp-content/content/",), static=("",), page=_stem, ending=""),
        "Gatsby": Generator(
            ("content/blog/", "src/pages/", "content/"), static=("static/",), page=_page(str), renames_files=True
        ),
        "Grav": Generator(("user/pages/", "pages/"), page=_page(str), ending="", translates=True, prepared=_of_grav),
        "Gridea": Generator(("posts/",), static=("static/", ""), page=_page(str), base="/post"),
        "Gridsome": Generator(
            ("content/posts/", "content/", "posts/", "blog/"),
            static=("static/",),
            words=GRIDSOME,
            page=_page(slugs.zola),
            renames_files=True,
        ),
        "Hexo": Generator(
            ("source/_posts/",),
            ("source/",),
            ("source/",),
            ":year/:month/:day/:title/",
            HEXO,
            _page(slugs.as_it_is),
            prepared=_of_hexo,
        ),
        "Hugo": Generator(
            ("content/",),
            static=("static/",),
            words=HUGO,
            page=_hugo,
            translates=True,
            prepared=_of_hugo,
            spelt=_spelt_by_hugo,
            assets=_OF_HUGO,
        ),
        "Jekyll": Generator(("_posts/",), ("",), permalink="date", page=_page(str), ending=".html"),
        # Beside a page lie its files, which Kirby publishes elsewhere.
        "Kirby": Generator(("content/",), static=("assets/",), page=_kirby, ending="", renames_files=True),
        "Lektor": Generator(("content/",), static=("assets/",), page=_lektor, ending=""),
        "Lume": Generator(("src/", ""), static=("static/", ""), page=_lume),
        "Middleman": Generator(
            ("source/",),
            static=("source/",),
            permalink="/:year/:month/:day/:title.html",
            prepared=_of_middleman,
        ),
        "MkDocs": Generator(("docs/blog/posts/",), ("docs/",), ("docs/",), "/blog/{date}/{slug}/", MKDOCS, _page(str)),
        # The starter with a blog keeps posts in data/blog/; pages/ are routes, and so are those of Nextra.
        "Next": Generator(
            ("data/", "src/pages/", "pages/"), static=("public/",), page=_page(str), ending="", renames_files=True
        ),
        "Nikola": Generator(("posts/",), static=("files/",), page=_nikola, base="/posts", translates=True),
        "Nuxt": Generator(
            ("content/",), static=("public/", "static/"), page=_page(slugs.github), ending="", prepared=_of_nuxt
        ),
        "Pelican": Generator(
            ("content/",),
            static=("content/",),
            permalink="/{slug}.html",
            words=PELICAN,
            prepared=_of_pelican,
        ),
        "PluXml": Generator(("data/articles/",), static=("",), page=_pluxml, ending=""),
        "Quartz": Generator(
            ("content/",),
            static=("content/",),
            page=_page(slugs.quartz),
            ending="",
            spelt_file=slugs.quartz,
        ),
        "Quarto": Generator(("",), static=("",), page=_page(str), ending=".html"),
        "Valaxy": Generator(("pages/posts/",), ("pages/",), ("public/",), page=_page(str), ending="", base="/posts"),
        "VitePress": Generator(("",), static=("public/",), page=_page(str), ending=".html", renames_files=True),
        "Wintersmith": Generator(
            ("contents/",), static=("contents/",), words=_OF_WINTERSMITH, page=_page(str), ending=".html"
        ),
        "Zola": Generator(("content/",), static=("static/",), page=_zola, translates=True, is_closed=True),
    }
)
NONE: Final = Generator(words=MappingProxyType({**HUGO, **HEXO, **JEKYLL}))
