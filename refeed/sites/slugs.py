"""Make one part of an address out of a title or file name, as each generator does.

A generator that spells other alphabets in Latin letters has tables that nobody else has: there is no slug then, "".
"""

import unicodedata
from typing import Final
from zlib import crc32

from refeed.sites.latin import in_latin_letters, without_accents
from refeed.startup.late_patterns import late_pattern

_NOT_WORDS: Final = late_pattern(r"(?>[\W_]+)")
_NOT_PRETTY: Final = late_pattern(r"(?>[^\w.~!$&'()+,;=@-]+)")
_NOT_HUGO: Final = late_pattern(r"[^\w\s./\-+%~]")
_NOT_HUGO_PATH: Final = late_pattern(r"[^\w\s./\-+%~:\[\]]")
_NOT_GITHUB: Final = late_pattern(r"[^\w\s-]")
_NOT_PYTHON: Final = late_pattern(r"[^\w\s-]")
_NOT_NIKOLA: Final = late_pattern(r"[^+\w\s-]")
_NOT_NIKOLA_AS_IT_IS: Final = late_pattern(r"""[/\\?#"'\r\n\t*:<>|]""")
_NOT_SLUG: Final = late_pattern(r"(?>[^a-z0-9]+)")
_NOT_FILE_NAME: Final = late_pattern(r"""[<>:"/|?*\\]""")
# What Hexo replaces in slugs by a hyphen (hexo-util, slugize).
_NOT_HEXO: Final = late_pattern(r"""(?>[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:"'<>,.?/]+)""")
_SOFT_SIGNS: Final = frozenset("ъьЪЬ")
_BLANKS: Final = late_pattern(r"\s+")
_BLANKS_BESIDE_HYPHENS: Final = late_pattern(r"(?<=-)\s+|(?<!\s)(?>\s+)(?=-)")
_BLANKS_AND_HYPHENS: Final = late_pattern(r"(?>[\s-]+)")


def as_it_is(text: str) -> str:
    """Hexo: file names are slugs already. Blanks become hyphens."""
    return _BLANKS.sub("-", text.strip())


def jekyll(text: str) -> str:
    """Jekyll, `slugify` in its default mode: lower case, and a hyphen for whatever is no letter or digit."""
    return _NOT_WORDS.sub("-", text.lower()).strip("-")


def jekyll_title(text: str) -> str:
    """Jekyll, `slugify` in its pretty mode, as `:title` is made: marks that an address may hold stay."""
    return _NOT_PRETTY.sub("-", text).strip("-")


def hugo(text: str) -> str:
    """Hugo, `urlize` before the case is changed: hyphens for blanks that have none beside them, without marks."""
    return _BLANKS.sub("-", _BLANKS_BESIDE_HYPHENS.sub("", _NOT_HUGO.sub("", text).strip()))


def hugo_path(pattern: str) -> str:
    """Hugo: marks that no address has are left out of a pattern, too."""
    return _NOT_HUGO_PATH.sub("", pattern)


def github(text: str) -> str:
    """Astro, github-slugger: lower case, without marks, a hyphen for every blank."""
    return _NOT_GITHUB.sub("", text.lower().strip()).replace(" ", "-")


def python_markdown(text: str) -> str:
    """MkDocs and its blog: lower case, without marks, hyphens for blanks."""
    return _BLANKS_AND_HYPHENS.sub("-", _NOT_PYTHON.sub("", unicodedata.normalize("NFC", text)).strip().lower())


def pelican(text: str) -> str:
    """Pelican: in Latin letters, without marks."""
    return any_letters(in_latin_letters(text) or "")


def any_letters(text: str) -> str:
    """Pelican with SLUGIFY_USE_UNICODE: lower case, without marks, hyphens for blanks."""
    return _BLANKS_AND_HYPHENS.sub("-", _NOT_PYTHON.sub("", text).strip().lower())


def nikola(text: str) -> str:
    """Nikola: in Latin letters, without marks except the plus."""
    return _BLANKS_AND_HYPHENS.sub("-", _NOT_NIKOLA.sub("", in_latin_letters(text) or "").strip())


def nikola_as_it_is(text: str) -> str:
    """Nikola without USE_SLUGIFY: hyphens for what no address may hold."""
    return _NOT_NIKOLA_AS_IT_IS.sub("-", text)


def zola(text: str) -> str:
    """Zola, the slug crate: in Latin letters and digits, and a hyphen for anything else."""
    # What becomes of a soft sign, which is a mark in Latin letters, nobody has written down.
    return _NOT_SLUG.sub("-", in_latin_letters(text) or "").strip("-") if _SOFT_SIGNS.isdisjoint(text) else ""


def zola_safe(text: str) -> str:
    """Zola with `slugify.paths = "safe"`: all stays as it is written, except what no file may be called."""
    return _NOT_FILE_NAME.sub("", text.rstrip(" ."))


def hexo(text: str) -> str:
    """Hexo, `slugize`: without accents, a hyphen for every mark; the case stays."""
    return _NOT_HEXO.sub("-", without_accents(text)).strip("-")


def quartz(text: str) -> str:
    """Quartz, `slugifyFilePath`: the case stays, blanks become hyphens, three marks become words or go."""
    spelt = text.replace("&", "-and-").replace("%", "-percent").replace("?", "").replace("#", "")
    return _BLANKS.sub("-", spelt)


def checksum(title: str, written: str) -> str:
    """Return the number that hexo-abbrlink makes of a title, "hex" or in decimals."""
    return format(crc32(title.encode()), "x" if written == "hex" else "d")
