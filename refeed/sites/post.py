"""What a post's address is made of."""

from datetime import datetime
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.language_codes import CODES

# Translations of Hugo and Zola: `low-water.fr.md`, `low-water/index.pt-br.md`.
_LANGUAGE: Final = late_pattern(
    r"(?P<before>(?:[^/]*/)*[^/.]+)\.(?P<language>[a-z]{2}(?:-[A-Za-z]{2,4})?)(?P<after>\.[a-z]{1,8})"
)
# A day before the name of a file: Jekyll, Zola, Docusaurus, and people everywhere.
_DAY: Final = late_pattern(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])[-_ T]?(?=.)")
NAMELESS: Final = frozenset({"index", "readme", "_index"})  # the folder names the page


class Post(NamedTuple):
    """One post of a site, as far as its address depends on it; "" where it says nothing."""

    path: str  # of its file in the site
    permalinks: tuple[str, ...] = ()  # what it states of its address, strongest first
    aliases: tuple[str, ...] = ()  # older paths, which still lead to its page
    slug: str = ""
    title: str = ""
    date: datetime | None = None  # in the time zone of the site
    categories: tuple[str, ...] = ()
    language: str = ""
    keeps_day: bool = False  # the day before the name of the file is a part of its name

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders around its page; that of a bundle is the page itself."""
        *folders, name = self.path.split("/")
        return tuple(folders[:-1] if folders and _stem(name).lower() in NAMELESS else folders)

    @property
    def stem(self) -> str:
        """The name of its file without ending, or of the folder that is its bundle."""
        *folders, name = self.path.split("/")
        return folders[-1] if folders and _stem(name).lower() in NAMELESS else _stem(name)

    @property
    def name(self) -> str:
        """The stem, without a day before it unless the site keeps that."""
        return self.stem if self.keeps_day else without_day(self.stem)

    @property
    def is_bundle(self) -> bool:
        """Whether a folder is named after the post, so that what lies beside the file lies below its page."""
        return _stem(self.path.rpartition("/")[2]).lower() in NAMELESS

    def without_language(self, default: str) -> "tuple[Post, str]":
        """Return it without the language in its file's name, and what stands before the paths of that language."""
        path, language = parted_name(self.path)
        if not language:
            return self, ""
        is_default = language.partition("-")[0] == default.lower().partition("-")[0]
        return self._replace(path=path), "" if is_default else f"/{language}"

    def below(self, folder: str) -> "Post":
        """Return it as seen from a folder above it."""
        return self._replace(path=self.path[len(folder) :])


def parted_name(path: str) -> tuple[str, str]:
    """Return the path of a file without the language that its name says, and that language, "" if it says none."""
    match = _LANGUAGE.fullmatch(path)
    if match is None or match["language"].partition("-")[0] not in CODES:  # `next.js.md`
        return path, ""
    return match["before"] + match["after"], match["language"]


def without_day(name: str) -> str:
    """Return the name of a file without the day before it."""
    match = _DAY.match(name)
    return name[match.end() :] if match else name


def _stem(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return stem if dot and stem and ending.isalnum() and len(ending) <= 8 else name
