"""Read what the name of a file without a header says: a day, and the title beside it."""

import re
from typing import Final

from refeed.model import Document
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_DAY: Final = (
    r"(?<![0-9])(?:19|20)[0-9]{2}"
    r"(?:([-_.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
    r"| ?年 ?(?:0?[1-9]|1[0-2]) ?月 ?(?:0?[1-9]|[12][0-9]|3[01]) ?[日号號])"
)
_IN_NAME: Final = late_pattern(_DAY)
# The day that a name begins with, in brackets or not, and the time behind it.
_AT_FIRST: Final = late_pattern(r"[\[(（【]?" + _DAY + r"(?:T?[0-9]{4,6}(?![0-9]))?[\])）】]?")
# A folder of one day (`2024-08-05/notes.md`), or of a day in its month and year (`2024/08/05/notes.md`).
_IN_FOLDER: Final = late_pattern(
    r"(?:\A|/)(?:(?:19|20)[0-9]{2}([-_.]?)[01][0-9]\1[0-3][0-9]|(?:19|20)[0-9]{2}/[01][0-9]/[0-3][0-9])[^/]{0,40}/[^/]*\Z"
)
_AROUND: Final = " \t-_–—:：.,，、"
# Notion puts the number of the page at the end.
_NUMBER: Final = late_pattern(r"[ _-][0-9a-f]{32}\Z")

# Jekyll publishes these as posts, whatever their layout.
_OF_JEKYLL: Final = late_pattern(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}-")

_MARKDOWN: Final = frozenset(
    {".dj", ".gemini", ".gmi", ".ipynb", ".md", ".markdown", ".mdown", ".mdx", ".mkd", ".mkdn", ".qmd"}
)
_TEXT: Final = frozenset({"", ".text", ".txt"})
# Names of pages about a thing, beside those of read-mes: software and wikis have them.
_PAGES: Final = late_pattern(
    r"(?:404|_?index|about|contents?|contributors|credits|faq|glossary|hacking|history|home|install(?:ation|ing)?|links"
    r"|maintainers|manual|news|overview|release[-_ ]?notes?|releases|roadmap|_?sidebar|summary|support|template"
    r"|todo|tutorial|upgrad(?:e|ing)|usage)",
    re.IGNORECASE,
)
# Of weekly digests and newsletters: `issue-12`, `weekly_003`, `Vol. 7`, `第12期`.
_ISSUES: Final = late_pattern(
    r"(?:.*[-_. ])?(?:ausgabe|digest|edition|issue|newsletter|no|num[ée]ro|vol(?:ume)?|week(?:ly)?|выпуск)"
    r"[-_. #]{0,3}[0-9]{1,4}|.*第 ?[0-9]{1,4} ?[期号號].*",
    re.IGNORECASE,
)
_FOLDERS: Final = frozenset({"doc", "docs", "documentation", "man", "templates", "wiki"})


class FileName(NamedTuple):
    """The name of a file, as far as it tells what the file is."""

    title: str  # what it says beside its day; of a name that is nothing else, the day
    is_markdown: bool
    may_be_text: bool
    is_of_a_page: bool  # of software or a wiki, not an article
    is_dated: bool
    begins_with_day: bool  # as that of nothing but notes, posts and logs does
    is_in_dated_folder: bool
    is_issue: bool  # numbered as one of a digest, whatever folder it lies in


def name_in_site(document: Document) -> FileName:
    """Read the name of a file below its site, or below the folder that was given: the site may lie in `docs`."""
    return read_name(document.source.name[document.above :])


def read_name(name: str) -> FileName:
    """Read the name of a file below the folder that was given."""
    *folders, whole = name.split("/")
    stem, dot, ending = whole.rpartition(".")
    suffix = (dot + ending).lower() if stem else ""
    is_markdown, is_text = suffix in _MARKDOWN, suffix in _TEXT
    if not stem or not (is_markdown or is_text):
        stem = whole
    is_issue = _ISSUES.fullmatch(stem) is not None
    return FileName(
        title=_title(stem),
        is_markdown=is_markdown,
        may_be_text=is_markdown or is_text or suffix[1:].isdecimal(),  # `2024.08.05`
        is_of_a_page=not is_issue
        and (_PAGES.fullmatch(stem) is not None or not _FOLDERS.isdisjoint(map(str.lower, folders))),
        is_dated=_IN_NAME.search(stem) is not None,
        begins_with_day=_AT_FIRST.match(stem) is not None,
        is_in_dated_folder=_IN_FOLDER.search(name) is not None,
        is_issue=is_issue,
    )


def is_post_of_jekyll(path: str) -> bool:
    """Return whether a file lies in a folder of Jekyll's posts, and has the name of one."""
    folder, _, name = path.rpartition("/")
    return "/_posts/" in f"/{folder}/" and _OF_JEKYLL.match(name) is not None


def _title(stem: str) -> str:
    stem = _NUMBER.sub("", stem)
    rest = _AT_FIRST.sub("", stem, count=1).strip(_AROUND)
    return rest or stem.strip(_AROUND).replace("_", "-")
