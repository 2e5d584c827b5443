"""Fill a permalink's pattern with what a post says: `/:year/:title/`, `{date:%Y}/{slug}`, or the name of a style.

The words between colons are those of Jekyll, Hexo and Hugo, which mean other things by some of them: `:title` is the
name of the file in Jekyll and Hexo, and the title in Hugo. So each generator has a table of its own below.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from refeed.sites import slugs
from refeed.sites.eleventy_permalinks import fill_template
from refeed.sites.post import Post
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.english_dates import MONTHS, WEEKDAYS

Words: TypeAlias = Mapping[str, Callable[[Post], str]]

# Jekyll's styles by name, https://jekyllrb.com/docs/permalinks/#built-in-formats
STYLES: Final = MappingProxyType(
    {
        "date": "/:categories/:year/:month/:day/:title.html",
        "none": "/:categories/:title.html",
        "ordinal": "/:categories/:year/:y_day/:title.html",
        "pretty": "/:categories/:year/:month/:day/:title/",
        "pretty_ext": "/:categories/:year/:month/:day/:title.*",  # Bridgetown
        "simple": "/:categories/:title/",  # Bridgetown
        "simple_ext": "/:categories/:title.*",  # Bridgetown
        "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    }
)

# Bridgetown's language stands before the whole path.
_SAME_FOR_ALL: Final = ((":output_ext", ".html"), (".*", ".html"), ("[locale]", ""))
_WORD: Final = late_pattern(r":\(?(?P<word>[a-z_]+)(?:\[(?P<which>[a-z0-9:]+)\])?\)?")
_FIELD: Final = late_pattern(r"\{(?P<word>[a-z_]+)(?::(?P<format>[^{}]{1,40}))?\}")
_TEMPLATE: Final = late_pattern(r"\{[{%]|\$\{")  # Eleventy's permalinks: only a template engine can fill them
_SLASHES: Final = late_pattern(r"(?>/{2,})")
_STRFTIME: Final = late_pattern(r"%-?[A-Za-z]")
# Letters of formats for which no locale is needed.
_NUMBERS: Final = frozenset("YymdHMSj")


def is_pattern(text: str) -> bool:
    """Return whether a stated permalink says how to make one."""
    return text in STYLES or bool(_WORD.search(f"/{text}") or _FIELD.search(text) or _TEMPLATE.search(text))


def unknown_words(pattern: str) -> tuple[str, ...]:
    """Return the words of a pattern that no generator knows."""
    fields = "{" in pattern
    known = {*PELICAN, *MKDOCS, "date", "yyyy"} if fields else {*JEKYLL, *HEXO, *HUGO}
    words = (_FIELD if fields else _WORD).finditer(pattern.replace(":output_ext", ""))
    return tuple(match[0] for match in words if match["word"] not in known)


def fill(pattern: str, post: Post, words: Words) -> str | None:
    """Return the path that a pattern gives for a post; None if the post lacks what it needs, or it is a template."""
    pattern = fill_template(pattern, post)
    if _TEMPLATE.search(pattern):
        return None
    pattern = STYLES.get(pattern, pattern)
    for written_so, means in _SAME_FOR_ALL:
        pattern = pattern.replace(written_so, means)
    missing = False

    def written(match: re.Match[str]) -> str:
        nonlocal missing
        said = _said(match, post, words)
        missing = missing or said is None
        return said or ""

    expression = _FIELD if "{" in pattern else _WORD
    path = expression.sub(written, pattern)
    return None if missing or not path.strip("/") else _SLASHES.sub("/", "/" + path)


def _said(match: re.Match[str], post: Post, words: Words) -> str | None:
    """Return what stands for a word of a pattern; None if nothing does."""
    word, kind = match["word"], match.groupdict().get("format") or ""
    if kind or word in {"date", "yyyy"}:
        return _formatted(post, kind or "%Y/%m/%d")
    maker = words.get(word)
    if maker is None:
        return None
    said = maker(post)
    if said or word in _MAY_BE_EMPTY:
        which = match.groupdict().get("which")
        return _chosen(said, which) if which else said
    return None


def _formatted(post: Post, kind: str) -> str | None:
    """Return the day of a post in a format of Python, if that needs no locale."""
    if post.date is None:
        return None
    date = post.date

    def written(match: re.Match[str]) -> str:
        text = MONTHS[date.month - 1] if match[0] == "%b" else date.strftime(f"%{match[0][-1]}")
        return text.lstrip("0") if "-" in match[0] else text

    known = all(found[-1] in _NUMBERS or found == "%b" for found in _STRFTIME.findall(kind))
    return _STRFTIME.sub(written, kind) if known else None


def _chosen(said: str, which: str) -> str:
    """Return some of the sections of a path: Hugo's `:sections[1:]`, `:sections[last]`."""
    parts = said.split("/")
    if which == "last":
        return parts[-1]
    start, colon, end = which.partition(":")
    first = int(start) if start.isdecimal() else 0
    last = int(end) if end.isdecimal() else len(parts)
    return "/".join(parts[first:last] if colon else parts[first : first + 1])


_MAY_BE_EMPTY: Final = frozenset(
    {"categories", "category", "lang", "locale", "path", "section", "sections", "slugified_categories"}
)
_MONTH_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def _when(kind: str) -> Callable[[Post], str]:
    return lambda post: post.date.strftime(kind) if post.date else ""


def _bare(kind: str) -> Callable[[Post], str]:
    return lambda post: post.date.strftime(kind).lstrip("0") if post.date else ""


# What the three say alike; their tables: jekyllrb.com/docs/permalinks, hexo.io/docs/permalinks,
# gohugo.io/configuration/permalinks.
_TIMES: Final[Words] = MappingProxyType(
    {
        "day": _when("%d"),
        "hour": _when("%H"),
        "i_day": _bare("%d"),
        "i_month": _bare("%m"),
        "minute": _when("%M"),
        "month": _when("%m"),
        "monthname": lambda post: _MONTH_NAMES[post.date.month - 1] if post.date else "",
        "second": _when("%S"),
        "short_day": lambda post: WEEKDAYS[post.date.weekday()] if post.date else "",
        "short_month": lambda post: MONTHS[post.date.month - 1] if post.date else "",
        "short_year": _when("%y"),
        "timestamp": lambda post: str(int(post.date.timestamp())) if post.date else "",
        "w_year": _when("%G"),
        "week": _when("%V"),
        "y_day": _when("%j"),
        "year": _when("%Y"),
        "yearday": lambda post: str(post.date.timetuple().tm_yday) if post.date else "",
    }
)
JEKYLL: Final[Words] = MappingProxyType(
    {
        **_TIMES,
        "basename": lambda post: post.name,
        "categories": lambda post: "/".join(name.lower() for name in post.categories),
        "name": lambda post: slugs.jekyll(post.name),
        "locale": lambda post: post.language,
        "lang": lambda post: post.language,
        "path": lambda post: "/".join((*post.folders, post.stem)),
        "slug": lambda post: slugs.jekyll(post.slug or post.name),
        "slugified_categories": lambda post: "/".join(slugs.jekyll(name) for name in post.categories),
        "title": lambda post: slugs.jekyll_title(post.slug or post.name),
    }
)
HEXO: Final[Words] = MappingProxyType(
    {
        **_TIMES,
        "abbrlink": lambda post: post.slug,
        "category": lambda post: "/".join(map(slugs.hexo, post.categories)),
        "lang": lambda post: post.language,
        "name": lambda post: slugs.as_it_is(post.name),
        "post_title": lambda post: slugs.hexo(post.title).lower(),
        "slug": lambda post: post.slug,
        "title": lambda post: "/".join((*post.folders, slugs.as_it_is(post.name))),
        "urlname": lambda post: post.slug,
    }
)
HUGO: Final[Words] = MappingProxyType(
    {
        **_TIMES,
        "contentbasename": lambda post: slugs.hugo(post.stem),
        "filename": lambda post: slugs.hugo(post.stem),
        "section": lambda post: next(iter(post.folders), ""),
        "sections": lambda post: "/".join(post.folders),
        "slug": lambda post: slugs.hugo(post.slug or post.title),
        "slugorcontentbasename": lambda post: slugs.hugo(post.slug or post.stem),
        "slugorfilename": lambda post: slugs.hugo(post.slug or post.stem),
        "title": lambda post: slugs.hugo(post.title),
        "weekday": lambda post: str((post.date.weekday() + 1) % 7) if post.date else "",
    }
)
GRIDSOME: Final[Words] = MappingProxyType(
    {
        **_TIMES,
        "filename": lambda post: slugs.zola(post.stem),
        "slug": lambda post: slugs.zola(post.slug or post.title),
        "title": lambda post: slugs.zola(post.title),
    }
)
PELICAN: Final[Words] = MappingProxyType(
    {
        "category": lambda post: slugs.pelican(next(iter(post.categories), "")),
        "lang": lambda post: post.language,
        "path_no_ext": lambda post: "/".join((*post.folders, post.stem)),
        "slug": lambda post: post.slug,
    }
)
MKDOCS: Final[Words] = MappingProxyType(
    {
        "categories": lambda post: "/".join(slugs.python_markdown(name) for name in post.categories[:1]),
        "file": lambda post: slugs.python_markdown(post.stem),
        "slug": lambda post: post.slug or slugs.python_markdown(post.title or post.stem),
    }
)
