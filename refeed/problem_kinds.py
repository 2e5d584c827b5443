"""The kinds of problems: a code, how severe it is, what it means, and what to do about it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from refeed.problems import Severity
from refeed.startup.named_tuple import NamedTuple


class ProblemKind(NamedTuple):
    """What the problems of one code have in common, in the words of every place that shows them."""

    severity: Severity
    meaning: str
    cure: str  # what to do about it


# The documentation prints this table; a code that is not here cannot be used.
CODES: Final[Mapping[str, ProblemKind]] = MappingProxyType(
    {
        "ambiguous-format": ProblemKind(
            Severity.WARNING,
            "two formats claim the file equally; the first one by name reads it",
            "`refeed inspect FILE` shows the votes; report a file that is read in the wrong one",
        ),
        "bad-date": ProblemKind(
            Severity.WARNING,
            "a date could not be read or is not plausible; weaker evidence is used",
            "fix the date in the file, or set `day-first`, `timezone` or `abbreviations` under "
            '`[sources."HOST"]` in refeed.toml',
        ),
        "bad-encoding": ProblemKind(
            Severity.WARNING,
            "some bytes do not fit the encoding: they became U+FFFD, or were dropped",
            'set `encoding` under `[sources."HOST"]` in refeed.toml, or save the file as UTF-8',
        ),
        "bad-header": ProblemKind(
            Severity.WARNING,
            "the header breaks its own syntax; it was recovered line by line",
            "fix the header at the line named",
        ),
        "bad-id": ProblemKind(
            Severity.WARNING,
            "the stated id is not an absolute IRI or a UUID; the entry gets another",
            "state an id that begins with `urn:uuid:` or is an address, or none",
        ),
        "bad-url": ProblemKind(
            Severity.WARNING,
            "an address cannot be used; it was left out, its text kept",
            "fix the address in the file",
        ),
        "binary-file": ProblemKind(
            Severity.NOTICE, "not text", "nothing to do; `exclude` leaves such files out unread"
        ),
        "broken-archive": ProblemKind(
            Severity.ERROR,
            "an archive, or a member of one, is damaged or cut short; what is whole is read",
            "pack or fetch the archive again",
        ),
        "broken-feed": ProblemKind(
            Severity.ERROR,
            "a saved feed is cut short or is broken within an entry; the whole ones are read",
            "save the feed again, whole",
        ),
        "changed-file": ProblemKind(
            Severity.ERROR, "the file changed or vanished while refeed was at work", "build again"
        ),
        "configuration": ProblemKind(Severity.NOTICE, "settings or data of a program, not an article", "nothing to do"),
        "crawl-date": ProblemKind(
            Severity.WARNING,
            "the date may be that of the crawl, or of an import: there was no other",
            "state the date of publication in the file",
        ),
        "cut": ProblemKind(
            Severity.WARNING,
            "longer or deeper than refeed shows; the rest was left out",
            "raise the limit with `--allow`, if the source can be trusted",
        ),
        "date-assumed": ProblemKind(
            Severity.WARNING,
            "a date without a known zone was read in the assumed one",
            'set `timezone` under `[sources."HOST"]` in refeed.toml',
        ),
        "date-conflict": ProblemKind(
            Severity.WARNING,
            "two statements of the date lie too far apart; the stronger one is used",
            "`refeed inspect FILE` shows both; fix the wrong one",
        ),
        "draft": ProblemKind(
            Severity.NOTICE,
            "its author has not published it: withheld, unless --withheld include is given",
            "remove the mark when it is to be published",
        ),
        "duplicate": ProblemKind(
            Severity.NOTICE,
            "another record of the same article is newer, or another form of it goes out",
            "nothing to do, unless they are two articles: give each an address or an id of its own",
        ),
        "empty-file": ProblemKind(Severity.NOTICE, "nothing in it", "nothing to do"),
        "expired": ProblemKind(
            Severity.NOTICE,
            "it has expired: withheld, unless --withheld include is given",
            "move the date of expiry in the file",
        ),
        "formula-lost": ProblemKind(
            Severity.WARNING,
            "a formula could not be kept: it has neither text nor a source",
            "give the formula as TeX or MathML in the file",
        ),
        "future": ProblemKind(
            Severity.NOTICE,
            "dated later than now: held back until then",
            "nothing to do; `--future include` shows it now",
        ),
        "hidden": ProblemKind(
            Severity.WARNING,
            "its site leaves it off its lists; it goes out all the same",
            "mark it as a draft or as private if it is not to be shown",
        ),
        "id-clash": ProblemKind(
            Severity.WARNING,
            "several articles state the same id; none of them uses it",
            "give each article an id of its own",
        ),
        "internal-error": ProblemKind(
            Severity.ERROR,
            "refeed itself failed on this file: please report it",
            "report it with the file, and the output of `--debug`",
        ),
        "leftover": ProblemKind(
            Severity.NOTICE,
            "a backup, a copy or a temporary file beside an article",
            "nothing to do, unless it is an article: give it another name",
        ),
        "link-conflict": ProblemKind(
            Severity.WARNING,
            "two statements of the link differ; the stronger one is used",
            "`refeed inspect FILE` shows both; fix the wrong one, or set `site` under "
            '`[sources."HOST"]` in refeed.toml',
        ),
        "link-list": ProblemKind(
            Severity.NOTICE,
            "a list of links, not an article",
            "nothing to do, unless it is an article: give it a title and a date",
        ),
        "link-lost": ProblemKind(
            Severity.WARNING,
            "a link that no browser follows from a feed (`apt:`, `file:`): its words were kept",
            "write the address into the text, if readers need it",
        ),
        "locked": ProblemKind(
            Severity.NOTICE,
            "its site asks for a password: withheld, unless --withheld include is given",
            "remove the password when everybody may read it",
        ),
        "media-lost": ProblemKind(
            Severity.WARNING,
            "a picture, sound, video or frame of the body could not be kept",
            'give the file an address on the web: set `site` under `[sources."FOLDER/*"]` in refeed.toml',
        ),
        "no-date": ProblemKind(
            Severity.WARNING,
            "no date found",
            "state a date in the file, put the day into its name or its folder's (2023/05 alone is none), or give "
            "--undated last, mtime or git",
        ),
        "no-format": ProblemKind(
            Severity.NOTICE,
            "not in a format that refeed reads",
            "give it front matter with a title and a date, if it is an article",
        ),
        "no-link": ProblemKind(
            Severity.WARNING,
            "the address of a post in its site could not be determined: it has no link",
            'set `site` and `permalink` under `[sources."FOLDER/*"]` in refeed.toml',
        ),
        "no-title": ProblemKind(
            Severity.WARNING,
            "no title; the name of the file or the first words of the text are used",
            "state a title in the file",
        ),
        "outside": ProblemKind(
            Severity.WARNING,
            "the name of a member leads out of its archive: not read",
            "pack the archive again, with names that stay inside",
        ),
        "over-limit": ProblemKind(
            Severity.ERROR, "larger than refeed reads", "raise the limit with `--allow`, if the source can be trusted"
        ),
        "over-time": ProblemKind(
            Severity.ERROR,
            "took longer than refeed may work on a file",
            "give it more time with `--allow max-seconds=N`",
        ),
        "own-feed": ProblemKind(
            Severity.NOTICE,
            "refeed's own output, given as if it were an article",
            "give refeed the folder of the articles, and write the feed elsewhere",
        ),
        "private": ProblemKind(
            Severity.NOTICE,
            "not public: withheld, unless --withheld include is given",
            "remove the mark when everybody may read it",
        ),
        "private-part": ProblemKind(
            Severity.WARNING,
            "a part is for some readers only, by a shortcode or a cut: it was left out",
            "nothing to do, if readers of the feed should not see it; otherwise remove the mark",
        ),
        "read-me": ProblemKind(Severity.NOTICE, "a read-me or licence file, not an article", "nothing to do"),
        "relative-url": ProblemKind(
            Severity.WARNING,
            "a relative address in an article without a link: dropped, its text kept",
            'set `site` under `[sources."FOLDER/*"]` in refeed.toml, or state an address for the article',
        ),
        "rule-unused": ProblemKind(
            Severity.WARNING, "a rule of the settings matched nothing", "fix the rule, or delete it"
        ),
        "saved-feed": ProblemKind(Severity.NOTICE, "a feed saved as a file, without an entry", "nothing to do"),
        "saved-page": ProblemKind(
            Severity.NOTICE,
            "a saved web page without an article, or none that could be found in it",
            "save the page of the article itself; `refeed[pages]` finds more texts",
        ),
        "shared-address": ProblemKind(
            Severity.WARNING,
            "many articles seem to state one address; only the newest is shown",
            'set `address = "shared"` under `[sources."HOST"]` in refeed.toml, if they are separate articles',
        ),
        "site-page": ProblemKind(
            Severity.NOTICE, "a page of the site (no date), not an article", "give it a date if it is an article"
        ),
        "source-code": ProblemKind(Severity.NOTICE, "source code, not an article", "nothing to do"),
        "special-file": ProblemKind(
            Severity.WARNING, "neither a file nor a folder: not opened", "copy what it holds into a file"
        ),
        "stub": ProblemKind(
            Severity.NOTICE,
            "no text of its own: a link or the summary is shown instead",
            "nothing to do; `--stubs skip` leaves such articles out",
        ),
        "symlink": ProblemKind(
            Severity.NOTICE, "a link that is not followed", "give refeed the folder that it leads to"
        ),
        "template": ProblemKind(
            Severity.WARNING,
            "an unknown template expression, or text for other outputs (`{=latex}`): left out, the text around it kept",
            "report it, if a common site generator or plug-in knows it",
        ),
        "title-conflict": ProblemKind(
            Severity.WARNING,
            "two statements of the title differ; the stronger one is used",
            "`refeed inspect FILE` shows both; fix the wrong one",
        ),
        "unknown-encoding": ProblemKind(
            Severity.ERROR,
            "the encoding could not be determined",
            'set `encoding` under `[sources."HOST"]` in refeed.toml',
        ),
        "unknown-post": ProblemKind(
            Severity.WARNING,
            "a link to a post that is not in the archive, not published or without an address; its text was kept",
            "add the post to the archive, or fix the link",
        ),
        "unreadable": ProblemKind(
            Severity.ERROR,
            "the file could not be opened or read",
            "check that the file is there, and that refeed may read it",
        ),
    }
)
