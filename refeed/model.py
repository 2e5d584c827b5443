"""The values that pass between the stages, from SourceFile and Document to Entry and Feed. None of them ever changes.

Those that exist once a file are NamedTuples (a hundred thousand are cheap to make); the others are frozen dataclasses.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NewType
from urllib.parse import unquote

from refeed.feed_history import Deletion, FeedLink
from refeed.limits import DEFAULT_LIMITS, Limits
from refeed.problems import Problem
from refeed.site import Site
from refeed.startup.named_tuple import NamedTuple
from refeed.startup.value import Value, dataclass

if TYPE_CHECKING:
    from refeed.dates.dateline import Dateline

Span = tuple[int, int]
"""Where something lies in a document's data: first byte, first byte after it."""

RawBody = Span | str
"""Where a body lies; or the body itself, where it had to be decoded first (JSON, XML) and so is no part of the data."""

SafeHtml = NewType("SafeHtml", str)  # HTML that went through the sanitiser; only refeed.html.sanitise makes it
OPENING: Final = 4_000  # characters at the beginning of a body in which a dateline may stand
NEVER: Final = datetime.max.replace(tzinfo=UTC)  # the release of what announces a day further ahead than plausible


class SourceFile(NamedTuple):
    """A place: one file that may hold dumps."""

    path: str  # as given and discovered, forward slashes; what messages show and what is opened
    name: str  # the part below the folder that was given; orders sources and matches path patterns
    beside: tuple[str, ...] = ()  # names of the files beside it that may say whether it is published


class Crawl(NamedTuple):
    """Where a robot fetched a page, and when: what a web archive says of it beside its bytes."""

    address: str
    moment: str
    charset: str = ""  # as the server stated it


class Document(NamedTuple):
    r"""What a file holds: bytes in an ASCII-compatible encoding, without BOM, lines ending at "\n" only.

    The bytes are UTF-8 once `is_utf8`; before that `text` raises UnicodeDecodeError where they are something else.
    """

    source: SourceFile
    data: bytes
    is_utf8: bool = False
    damage: tuple[str, ...] = ()  # what was wrong with its bytes and is mended now, in words
    limits: Limits = DEFAULT_LIMITS
    keeps_undated: bool = False  # the user wants articles without a date, too
    above: int = 0  # characters of its name that lead to its site: of VitePress, `docs/`
    crawl: Crawl | None = None
    saved: float | None = None  # when a member of an archive was changed, in seconds since 1970

    def require_utf8(self) -> None:
        """Raise UnicodeDecodeError where the bytes are in another encoding: the reader decodes them and asks again."""
        # The marks of a format are ASCII and look the same in most encodings; its texts do not.
        if not self.is_utf8:
            self.data.decode("utf-8")

    def text(self, span: Span) -> str:
        """Decode one part, strictly."""
        return self.data[span[0] : span[1]].decode("utf-8")

    def body_within(self, body: RawBody, most: int) -> str:
        """Return the beginning of a body, about as many bytes as are looked at."""
        if isinstance(body, str):
            return body[:most]
        start, end = body
        return self.text(body) if end - start <= most else self.data[start : start + most].decode("utf-8", "ignore")

    def opening(self, body: RawBody) -> str:
        """Return the beginning of a body, as much as a dateline may stand in."""
        part = body if isinstance(body, str) else self.data[body[0] : min(body[1], body[0] + 4 * OPENING)]
        return (part if isinstance(part, str) else part.decode("utf-8", "ignore"))[:OPENING]

    def body_bytes(self, body: RawBody) -> bytes:
        """Return a whole body in the encoding of the document."""
        return body.encode("utf-8", "surrogatepass") if isinstance(body, str) else self.data[body[0] : body[1]]

    def line_above(self, body: RawBody, record_line: int) -> int:
        """Return the line before a body's first one; of a body that is not part of the data, before its record's."""
        return (record_line if isinstance(body, str) else self.line_at(body[0])) - 1

    def line_at(self, offset: int) -> int:
        """Count the line, from 1, that a byte lies in."""
        return self.data.count(b"\n", 0, offset) + 1


class Statement(NamedTuple):
    """One raw statement of a dump, and where it stands ("front matter: date", "heading", "epoch comment")."""

    text: str
    origin: str


class FileStatement(NamedTuple):
    """One raw statement of a sound, a video or another file, or of the page that plays it, and where it stands."""

    text: str  # the address, or the number that a service knows it by
    origin: str
    kind: str = ""  # what the place says of it: "file", "audio", "video", or the name of a service
    type: str = ""
    length: str = ""  # in bytes
    title: str = ""
    alt: str = ""  # of a picture


class RawRecord(NamedTuple):
    """What one record says, in its own words; each field holds its statements, strongest first."""

    format: str
    line: int  # where the record begins, from 1
    span: Span  # the whole record
    body: RawBody
    markdown: bool = False  # front matter came first, so the body may be Markdown
    titles: tuple[Statement, ...] = ()
    dates: tuple[Statement, ...] = ()
    updates: tuple[Statement, ...] = ()
    links: tuple[Statement, ...] = ()
    citations: tuple[Statement, ...] = ()  # addresses of pages that it is about, never its own
    permalinks: tuple[Statement, ...] = ()  # paths within the site
    slugs: tuple[Statement, ...] = ()
    aliases: tuple[Statement, ...] = ()  # older paths within the site, which still lead to the article
    ids: tuple[Statement, ...] = ()
    authors: tuple[Statement, ...] = ()  # one statement a person
    presenters: tuple[Statement, ...] = ()  # who speaks or hosts: shown where there is no author
    categories: tuple[Statement, ...] = ()  # one statement a category
    images: tuple[Statement, ...] = ()
    enclosures: tuple[FileStatement, ...] = ()
    summaries: tuple[Statement, ...] = ()
    languages: tuple[Statement, ...] = ()
    outlets: tuple[Statement, ...] = ()
    expiries: tuple[Statement, ...] = ()  # from then on it is not published any more
    releases: tuple[Statement, ...] = ()  # until then it is not yet
    withheld: Problem | None = None  # why its author has not published it
    is_off_menus: bool = False  # which is all that it is if its generator takes the key so: Grav
    says_published: bool = False  # whatever else the defaults of its site say
    shown_by: frozenset[str] = frozenset()  # the keys of other switches by which it says so
    base: str = ""  # the address against which relative ones in the body are read; "": the article's own
    keeps_breaks: bool = False  # where it was written, every line break of Markdown is shown
    hides_code: bool | None = None  # that is run and does not say itself whether it is shown, if the header says so
    clocks: tuple[Statement, ...] = ()  # the time of the day that the dates say, apart from it
    written: Span | None = None  # the body in the file, if ids go by that though the body is what was made of it


class Timestamp(NamedTuple):
    """A point in time and how well it is known."""

    value: datetime  # aware, UTC; with day precision its time is 00:00:00
    precision: str  # "second", "minute" or "day"
    zone: str  # "stated", "outlet" (a table knew it), "assumed", "ambiguous" (an abbreviation), "none" (day precision)
    day: str  # the calendar day as written, YYYY-MM-DD, before any zone arithmetic


UNDATED: Final = Timestamp(datetime(1990, 1, 1, tzinfo=UTC), "day", "none", "1990-01-01")  # readers show 1970 as new


class RecordKey(NamedTuple):
    """All that selection needs of a record: which article it is of, and how it ranks among its records."""

    number: int  # of the record within its file, from 0
    line: int
    size: int  # bytes
    identity: bytes  # 16 bytes; equal for every record of one article
    stated_id: str | None  # an atom:id that the dump states itself
    date: Timestamp | None  # the header's date, or the strongest evidence after it
    withheld: Problem | None = None  # why it does not go out
    by_file_time: bool = False  # the date is only the file's own: it decides between no two records
    is_lasting: bool = True  # a later build reads the same date
    updated: Timestamp | None = None  # stated apart from the date; of two records the later one wins
    release: datetime | None = None  # aware; not before it. None: the date alone says when; NEVER: too far ahead
    expiry: datetime | None = None  # aware; not from then on
    bad_date: Problem | None = None  # why there is no date, though one is stated
    marks: int = 0  # of its title and its name, where records of one identity are compared
    is_vague: bool = False  # its identity is but a title and a day
    outlet: str | None = None  # of a record that may be left out, for the problem that says so
    also_withdraws: tuple[bytes, ...] = ()  # of what is withheld or ends: other spellings of its address
    form: int = 0  # in which it lies in the archive, where another article may be the same in another form


class Enclosure(NamedTuple):
    """A file that belongs to an article: sound, a video, a document (RFC 4287, 4.2.7.2, rel="enclosure")."""

    url: str
    type: str = ""  # its media type; "" where nothing says so
    length: int = 0  # bytes; 0 where nothing says so
    title: str = ""

    @property
    def name(self) -> str:
        """What to call it: its title, else the name of the file."""
        return self.title or unquote(self.url.partition("?")[0].rstrip("/").rpartition("/")[2])


class Picture(NamedTuple):
    """A picture of a gallery, or one that leads, with the words for it."""

    url: str
    caption: str = ""
    alt: str = ""


class HeaderFiles(NamedTuple):
    """The files that a header names, their addresses as written."""

    enclosures: tuple[Enclosure, ...] = ()
    players: tuple[str, ...] = ()  # pages that play sound or video
    pictures: tuple[Statement, ...] = ()
    gallery: tuple[Picture, ...] = ()
    leads: tuple[Picture, ...] = ()  # those of its pictures that it has words for


class RecordMeta(NamedTuple):
    """What a record means, without its body."""

    source: SourceFile
    key: RecordKey
    format: str
    body: RawBody
    markdown: bool
    id: str  # atom:id
    title: str  # plain text; may be empty
    url: str | None  # as readers open it
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    images: tuple[str, ...]  # addresses that the header gives, as written
    files: HeaderFiles
    summary: str  # plain text that the header gives; may be empty
    language: str | None  # BCP 47, as the header says
    outlet: str | None  # where the article was published
    dateline: "Dateline | None"  # if the header has no date: then the body was looked at
    evidence: Mapping[str, str]  # field → where its value comes from
    base: str | None = None  # against which relative addresses in the body are read; None: the article's own address
    site: Site | None = None  # that it is a post of
    has_derived_url: bool = False  # the address is that of its page in the site: a link, never an identity
    keeps_breaks: bool = False  # every line break of its Markdown is meant
    hides_code: bool | None = None  # as in RawRecord
    has_cited_url: bool = False  # the address is that of a page that it is about, because its own is not known

    @property
    def own_url(self) -> str | None:
        """Its own address: what stands in its body is read against this one."""
        return None if self.has_cited_url else self.url


class LinkedPost(NamedTuple):
    """Another post of the site, as far as a link to it needs."""

    address: str
    title: str
    text: str = ""  # of a part of posts, which is no post: what stands in its place


@dataclass(frozen=True, kw_only=True)
class Entry(Value):
    """One article as it goes out: selected, dated, cleaned (RFC 4287, 4.1.2)."""

    id: str  # an absolute IRI
    title: str  # plain text, never empty
    updated: datetime  # aware, UTC
    published: datetime | None  # aware, UTC
    url: str | None  # link rel=alternate
    authors: tuple[str, ...]  # names; empty: the outlet takes their place
    categories: tuple[str, ...]
    summary: str  # plain text, may be empty
    content: SafeHtml  # empty only where a link and a summary stand for it
    language: str | None  # BCP 47
    image: str | None  # the lead image's address
    outlet: str | None  # title of atom:source
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Feed(Value):
    """The feed itself, without its entries (RFC 4287, 4.1.1)."""

    id: str  # an absolute IRI
    title: str
    updated: datetime  # aware, UTC; the newest `updated` of the entries
    author: str
    subtitle: str | None = None
    rights: str | None = None
    language: str | None = None
    icon: str | None = None
    logo: str | None = None
    self_url: str | None = None  # where the feed itself is served
    site_url: str | None = None  # the page that it belongs to (link rel=alternate)
    links: tuple[FeedLink, ...] = ()  # to other documents (RFC 5005)
    is_archive: bool = False  # it holds what was published in some span of time, and nobody subscribes to it
    deletions: tuple[Deletion, ...] = ()  # entries that it held once
