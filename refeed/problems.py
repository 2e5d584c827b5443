"""What can be wrong with a dump, as values: one table of codes, one Problem type, and the exceptions that end a run."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Severity(StrEnum):
    """How much a problem costs: an error loses something, a warning is a doubt, a notice is for the record."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


# code → (severity, meaning). The documentation prints this table; a code that is not here cannot be used.
CODES: Final = MappingProxyType(
    {
        "ambiguous-format": (Severity.WARNING, "two formats claim the file equally; the first one by name reads it"),
        "bad-date": (Severity.WARNING, "a date could not be read or is not plausible; weaker evidence is used"),
        "bad-encoding": (Severity.WARNING, "some bytes do not fit the encoding: they became U+FFFD, or were dropped"),
        "bad-header": (Severity.WARNING, "the header breaks its own syntax; it was recovered line by line"),
        "bad-id": (Severity.WARNING, "the stated id is not an absolute IRI or a UUID; the entry gets another"),
        "bad-url": (Severity.WARNING, "an address cannot be used; it was left out, its text kept"),
        "binary-file": (Severity.NOTICE, "not text"),
        "broken-archive": (
            Severity.ERROR,
            "an archive, or a member of one, is damaged or breaks off; what is whole is read",
        ),
        "broken-feed": (
            Severity.ERROR,
            "a saved feed breaks off or is broken within an entry; the whole ones are read",
        ),
        "changed-file": (Severity.ERROR, "the file changed or vanished while refeed was at work"),
        "configuration": (Severity.NOTICE, "settings or data of a program, not an article"),
        "crawl-date": (Severity.WARNING, "the date may be that of the crawl, or of an import: there was no other"),
        "cut": (Severity.WARNING, "longer or deeper than refeed shows; the rest was left out"),
        "date-assumed": (Severity.WARNING, "a date without a known zone was read in the assumed one"),
        "date-conflict": (Severity.WARNING, "two statements of the date lie too far apart; the stronger one is used"),
        "draft": (Severity.NOTICE, "its author has not published it: withheld, unless --withheld include is given"),
        "duplicate": (Severity.NOTICE, "another record of the same article is newer"),
        "empty-file": (Severity.NOTICE, "nothing in it"),
        "expired": (Severity.NOTICE, "it has expired: withheld, unless --withheld include is given"),
        "formula-lost": (Severity.WARNING, "a formula could not be kept: it has neither text nor a source"),
        "future": (Severity.NOTICE, "dated later than now: held back until then"),
        "hidden": (Severity.WARNING, "its site leaves it off its lists; it goes out all the same"),
        "id-clash": (Severity.WARNING, "several articles state the same id; none of them uses it"),
        "internal-error": (Severity.ERROR, "refeed itself failed on this file: please report it"),
        "leftover": (Severity.NOTICE, "a backup, a copy or a temporary file beside an article"),
        "link-conflict": (Severity.WARNING, "two statements of the link differ; the stronger one is used"),
        "link-list": (Severity.NOTICE, "a list of links, not an article"),
        "locked": (Severity.NOTICE, "its site asks for a password: withheld, unless --withheld include is given"),
        "media-lost": (Severity.WARNING, "a picture, sound, video or frame of the body could not be kept"),
        "no-date": (Severity.WARNING, "no date found"),
        "no-format": (Severity.NOTICE, "not in a format that refeed reads"),
        "no-link": (Severity.WARNING, "the address of a post in its site could not be determined: it has no link"),
        "no-title": (Severity.WARNING, "no title; the name of the file or the first words of the text are used"),
        "outside": (Severity.WARNING, "the name of a member leads out of its archive: not read"),
        "over-limit": (Severity.ERROR, "larger than refeed reads"),
        "over-time": (Severity.ERROR, "took longer than refeed may work on a file"),
        "own-feed": (Severity.NOTICE, "refeed's own output, given as if it were an article"),
        "private": (Severity.NOTICE, "not public: withheld, unless --withheld include is given"),
        "private-part": (Severity.WARNING, "a part is for some readers only, by a shortcode or a cut: it was left out"),
        "read-me": (Severity.NOTICE, "a read-me or licence file, not an article"),
        "relative-url": (Severity.WARNING, "a relative address in an article without a link: dropped, its text kept"),
        "rule-unused": (Severity.WARNING, "a rule of the settings matched nothing"),
        "saved-feed": (Severity.NOTICE, "a feed saved as a file, without an entry"),
        "saved-page": (Severity.NOTICE, "a saved web page without an article, or none that could be found in it"),
        "shared-address": (Severity.WARNING, "many articles seem to state one address; only the newest is shown"),
        "site-page": (Severity.NOTICE, "a page of the site (no date), not an article"),
        "source-code": (Severity.NOTICE, "source code, not an article"),
        "special-file": (Severity.WARNING, "neither a file nor a folder: not opened"),
        "stub": (Severity.NOTICE, "no text of its own: a link or the summary is shown instead"),
        "symlink": (Severity.NOTICE, "a link that is not followed"),
        "template": (Severity.WARNING, "an unknown template expression: it was left out, the text around it kept"),
        "title-conflict": (Severity.WARNING, "two statements of the title differ; the stronger one is used"),
        "unknown-encoding": (Severity.ERROR, "the encoding could not be determined"),
        "unknown-post": (
            Severity.WARNING,
            "a link to a post that is not in the archive, not published or without an address; its text was kept",
        ),
        "unreadable": (Severity.ERROR, "the file could not be opened or read"),
    }
)

NOT_PUBLISHED: Final = frozenset({"draft", "expired", "future", "locked", "private"})
"""The codes of what its author does not show to others, or not yet."""


class Problem(NamedTuple):
    """Something a person may want to know about one file or record; never an exception.

    Whoever finds it need not know the file: `at` adds the path where that is known. A tuple of plain values, so that
    JSON holds it as a list and `Problem(*values)` reads it back.
    """

    code: str
    message: str
    path: str = ""  # "" while nobody knows the file
    line: int = 0  # from 1; 0 when the whole file is meant, or nobody knows yet

    @property
    def severity(self) -> Severity:
        """How much it costs, from the table."""
        return CODES[self.code][0]

    def at(self, path: str, line: int = 0) -> "Problem":
        """Return it with the path of its file, and with this line unless it has one."""
        return self._replace(path=path, line=self.line or line)

    def as_dict(self) -> dict[str, str | int]:
        """Return it as `--json` shows it."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "path": self.path,
            "line": self.line,
            "message": self.message,
        }

    def __str__(self) -> str:
        """Show where, how bad, what, and the code, as compilers do."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.severity}: {self.message} [{self.code}]"


OUT_OF_MEMORY: Final = "out of memory; try --workers 1, or a smaller --limit"


class RefeedError(Exception):
    """The run cannot go on; the message says what happened, where, and what to do."""


class ConfigurationError(RefeedError):
    """An option or the configuration file is wrong (exit status 2)."""


class OutputError(RefeedError):
    """The feed cannot be written (exit status 1)."""
