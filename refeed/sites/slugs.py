"""Make a part of an address out of a title or the name of a file, as each generator does.

A generator that spells other alphabets in Latin letters has tables that nobody else has: there is no slug then, "".
"""

import re
import unicodedata
from typing import Final

# A day before the name of a file: Jekyll, Zola, Docusaurus, and people everywhere.
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])[-_ T]?(?=.)")

_NOT_WORDS: Final = re.compile(r"(?>[\W_]+)")
_NOT_PRETTY: Final = re.compile(r"(?>[^\w.~!$&'()+,;=@-]+)")
_NOT_HUGO: Final = re.compile(r"[^\w\s./\-+%~]")
_NOT_GITHUB: Final = re.compile(r"[^\w\s-]")
_NOT_PYTHON: Final = re.compile(r"[^\w\s-]")
_BLANKS: Final = re.compile(r"\s+")
_BLANKS_AND_HYPHENS: Final = re.compile(r"(?>[\s-]+)")


def without_day(name: str) -> str:
    """Return the name of a file without the day before it."""
    match = _DAY.match(name)
    return name[match.end() :] if match else name


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
    """Hugo, `urlize`: lower case, hyphens for blanks, without marks."""
    return _BLANKS.sub("-", _NOT_HUGO.sub("", text).strip()).lower()


def github(text: str) -> str:
    """Astro, github-slugger: lower case, without marks, a hyphen for every blank."""
    return _NOT_GITHUB.sub("", text.lower().strip()).replace(" ", "-")


def python_markdown(text: str) -> str:
    """MkDocs and its blog: lower case, without marks, hyphens for blanks."""
    return _BLANKS_AND_HYPHENS.sub("-", _NOT_PYTHON.sub("", unicodedata.normalize("NFC", text)).strip().lower())


def latin(text: str) -> str:
    """Pelican, Nikola and Zola: in Latin letters only, as far as Unicode says which ones they are."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return _BLANKS_AND_HYPHENS.sub("-", _NOT_PYTHON.sub("", plain).strip().lower()) if plain.isascii() else ""


def zola(text: str) -> str:
    """Zola, the slug crate: a hyphen for whatever is no letter or digit."""
    return jekyll(latin(without_marks(text))) if text else ""


def without_marks(text: str) -> str:
    """Return a text with blanks for its marks, so that they part words."""
    return _NOT_WORDS.sub(" ", text)


def quartz(text: str) -> str:
    """Quartz, `slugifyFilePath`: the case stays, blanks become hyphens, three marks become words or go."""
    spelt = text.replace("&", "-and-").replace("%", "-percent").replace("?", "").replace("#", "")
    return _BLANKS.sub("-", spelt)
