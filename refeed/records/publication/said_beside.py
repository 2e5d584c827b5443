"""Read what the fields in a file beside a text say of its publication: `tide.yml` says `draft: true` of `tide.md`.

They keep a text back as its own header would. Everything else in them is that of the file which they stand in.
"""

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from refeed.formats.headers.fences import find_header
from refeed.formats.headers.json import read_json
from refeed.formats.headers.notations import read_front_matter
from refeed.formats.headers.statements import statements
from refeed.formats.publication.fields_beside import about_text
from refeed.input.companions.fields_beside import OF_ELEVENTY
from refeed.input.companions.text_of_fields import fenced
from refeed.input.encoding import decode
from refeed.input.read import read
from refeed.input.source_files import SourceFiles, neighbour
from refeed.input.two_files import FIELDS
from refeed.limits import Limits
from refeed.model import Document, RawRecord, SourceFile, Statement
from refeed.problems import Problem
from refeed.records.context import Context
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import Value
from refeed.vocabulary.raw_fields import RawFields

T = TypeVar("T")
Make = Callable[[RawRecord, Document, int, Context], T]

_LARGEST: Final = 4_194_304  # bytes of fields: they may hold more than a header
_WHERE: Final = "front matter"


class _Said(NamedTuple):
    """What fields say of the text beside them."""

    withheld: Problem | None
    releases: tuple[Statement, ...]
    expiries: tuple[Statement, ...]
    # By these the other forms of what is withheld are known, if the text itself says none.
    titles: tuple[Statement, ...]
    dates: tuple[Statement, ...]


def with_fields_beside(text: Document, make: Make[T], files: SourceFiles) -> tuple[Document, Make[T]]:
    """Return a text beside which fields lie, and how records are made of it.

    One that they withhold is a record without a day of its own, too: it withdraws its page.
    """
    said = [*said_beside(text.source, text.limits, files)]
    if not said:
        return text, make

    def make_both(raw: RawRecord, document: Document, number: int, context: Context) -> T:
        for one in said:
            raw = _with(raw, one)
        return make(raw, document, number, context)

    is_withheld = any(one.withheld for one in said)
    return (text._replace(keeps_undated=True) if is_withheld else text), make_both


def said_beside(text: SourceFile, limits: Limits, files: SourceFiles) -> Iterator[_Said]:
    """Yield what the fields beside a text say of its publication, if they do."""
    limits = limits._replace(max_file_bytes=_LARGEST, max_header_bytes=_LARGEST)
    for name in text.beside:
        found = read(neighbour(text, name), limits, files)
        values = {} if isinstance(found, Problem) else _values(found)
        said = statements(values) if values else RawFields()
        if said.keys() & {"withheld", "releases", "expiries"}:
            yield _said(said, name)


def _values(fields: Document) -> dict[str, Value]:
    """Return the fields in a file that are about the text beside it, by folded keys."""
    name = fields.source.name.lower()
    is_of_text = not name.endswith(FIELDS)  # the header of what the text is made of
    document = decode(fields if is_of_text else fields._replace(data=fenced(name, fields.data.strip()))).document
    values = _read(document, is_object=name.endswith(".json")) if document else {}
    if is_of_text or name[: name.rfind(".")].endswith(OF_ELEVENTY):
        return values
    return {**about_text(values)}


def _read(fields: Document, *, is_object: bool) -> dict[str, Value]:
    if is_object:  # of a program, as often: nothing in it is taken for a damaged key
        read = read_json(fields.text((0, len(fields.data))), fields.limits.max_header_depth)
        return read[0] if read else {}
    header = find_header(fields)
    return read_front_matter(fields, header).values if header else {}


def _said(fields: RawFields, name: str) -> _Said:
    withheld = fields.get("withheld")
    if withheld:
        withheld = withheld._replace(message=withheld.message.replace(_WHERE, f"{name} beside it", 1))

    def named(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
        return tuple(one._replace(origin=one.origin.replace(_WHERE, name, 1)) for one in statements)

    times = (named(fields.get("releases", ())), named(fields.get("expiries", ())))
    return _Said(withheld, *times, named(fields.get("titles", ())), named(fields.get("dates", ())))


def _with(raw: RawRecord, said: _Said) -> RawRecord:
    both = raw._replace(releases=raw.releases + said.releases, expiries=raw.expiries + said.expiries)
    if not said.withheld:
        return both
    is_stated = raw.withheld is not None and not raw.is_off_menus
    return both._replace(
        withheld=raw.withheld if is_stated else said.withheld,
        is_off_menus=False,
        titles=raw.titles or said.titles,
        dates=raw.dates or said.dates,
    )
