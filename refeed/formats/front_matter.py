"""Files of static sites: front matter, then the body; `hybrid` when a link heading stands between the two."""

from collections.abc import Iterator
from typing import Final

from refeed.formats import Format, Match
from refeed.formats._dated_names import is_post_of_jekyll, name_in_site
from refeed.formats._once import once
from refeed.formats.bodies.body_markup import BY_ENDING, is_no_text, is_turned, markup_below, markup_of
from refeed.formats.headers.fences import Header, Notation, find_header, known_keys
from refeed.formats.headers.line_breaks import keeps_line_breaks
from refeed.formats.headers.notations import FrontMatter, read_front_matter
from refeed.formats.headers.run_code import hides_code
from refeed.formats.headers.statements import page_mark, statements
from refeed.formats.link_headings.heading import (
    Heading,
    date_statements,
    heading_below,
    is_web_link,
    link_statements,
    skip_blank_lines,
    title_statements,
)
from refeed.formats.publication.answers import YES
from refeed.formats.publication.marks_in_text import mark_above
from refeed.formats.publication.stated import hidden, withheld
from refeed.formats.publication.values import word_of
from refeed.limits import limit_message
from refeed.model import Document, RawRecord, Statement
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.keys import DATES, TITLES
from refeed.vocabulary.raw_fields import RawFields
from refeed.vocabulary.shapes import flattened, texts_of

_TAGS: Final = ("tags", "tag")
_DRAWING: Final = "excalidrawplugin"  # a drawing of Obsidian's is a note, too
_SECTION: Final = late_pattern(r"(?:\A|/)_index\.[^/]*\Z")
# Jekyll's, Hexo's and Bridgetown's folder of posts, the day before the name of one, also after a folder of its year or
# month, and a folder of its day, whatever lies between: then a permalink marks no page.
_POST: Final = late_pattern(
    r"(?:\A|/)(?:_posts/|[0-9]{4}-[0-9]{2}-[0-9]{2}/"
    r"|(?:[0-9]{4}-[0-9]{2}-[0-9]{2}-|(?:19|20)[0-9]{2}/[0-9]{2}[-/][0-9]{2}[-_/ ])[^/]*(?:/index\.[^/.]{1,8})?\Z)"
)
_BEGINNING: Final = 200  # bytes in which a heading begins
# No set: members of an Enum are slow to hash.
_FENCED: Final = (Notation.YAML, Notation.TOML, Notation.ENDLESS, Notation.MEMBERS)
_SETTING: Final = late_pattern(rb"[A-Za-z_][\w-]{0,64}(?>[ \t]*):(?=\s|\Z)")

# What these files hold may look like the header of an article that has no text.
_DATA_SUFFIXES: Final = (".cfg", ".conf", ".ini", ".json", ".toml", ".yaml", ".yml")

_TYPE: Final = "type"
_MAY_SAY_MORE: Final = (*_DATA_SUFFIXES, *(f".{suffix}" for suffix in BY_ENDING))


def sniff(document: Document) -> Match:
    """Claim a closed header with a known key; other notations have to say more."""
    header = find_header(document)
    if header is None or document.source.path.endswith(".astro"):  # whose fences hold a program
        return Match.NO
    if _is_data_file(document) and _is_data(document, header):
        return Match.NO
    if header.notation in _FENCED:
        return Match.SURE
    if header.notation is Notation.OPEN:
        return Match.MAYBE
    is_header = _is_json_header if header.notation is Notation.JSON else _is_unfenced_header
    return Match.LIKELY if header.notation is Notation.EXPORT or is_header(document, header) else Match.NO


def parse(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield the problems of the header, then the one record, or the reason why the file has none."""
    path, header = document.source.path, find_header(document)
    if header and header.notation is Notation.ENDLESS:
        told = limit_message(document.limits.max_header_bytes, "bytes", "max_header_bytes")
        yield Problem("over-limit", f"the header has {told}", path, document.line_at(header.start))
        return
    matter = _read(document)
    if matter is None:
        return
    yield from (problem.at(path) for problem in matter.problems)
    if off_the_lists := hidden(matter.values):
        yield off_the_lists.at(path, document.line_at(matter.start))
    fields = statements(matter.values, document.source.name)
    if _may_be_public(fields) and (below := _withheld_below(document, matter)):
        _withhold(fields, below)
    if off_the_lists and path.rpartition("/")[2].startswith("_"):  # Pico answers 404 for such a page
        _withhold(fields, fields.get("withheld") or off_the_lists._replace(code="private"))
    if matter.start and "titles" not in fields:
        fields["titles"] = _heading_above(document, matter.start)
    heading = _heading(document, matter, fields)
    reason = None if heading else _page_reason(document, matter, fields)
    if reason:
        yield Problem("site-page", reason, path, document.line_at(matter.start))
    elif heading:
        yield _hybrid(document, matter, heading, fields)
    else:
        yield _plain_record(document, matter, fields)


def _plain_record(document: Document, matter: FrontMatter, fields: RawFields) -> RawRecord:
    above = mark_above(document.data, 0) if matter.start else None
    mark = None if "says_published" in fields else above or mark_above(document.data, matter.body)
    if mark and _may_be_public(fields):
        _withhold(fields, mark)
    span, line, body = (matter.start, len(document.data)), document.line_at(matter.start), _body(document, matter)
    written = (matter.body, span[1]) if is_turned(document, matter.values) else None
    record = RawRecord(format="front-matter", line=line, span=span, body=body, markdown=True, written=written, **fields)
    return record._replace(keeps_breaks=keeps_line_breaks(matter.values), hides_code=hides_code(matter.values))


def _may_be_public(fields: RawFields) -> bool:
    return "withheld" not in fields or fields.get("is_off_menus", False)


def _withhold(fields: RawFields, reason: Problem) -> None:
    """Keep a file back whatever its generator takes for a matter of menus."""
    fields["withheld"] = reason
    fields.pop("is_off_menus", None)


def _withheld_below(document: Document, matter: FrontMatter) -> Problem | None:
    """Return why a file is not published, if its markup says so: generators read both headers."""
    markup = markup_of(document)
    is_exported = _is_exported(document)
    if is_exported or _may_export(document):
        from refeed.formats.headers.withheld_exports import withheld_by_exports  # few archives need it

        text = document.text((matter.start if is_exported else matter.body, len(document.data)))
        return withheld_by_exports(text, document.limits.max_header_depth)
    if markup == "asciidoc":
        from refeed.formats.headers.fields.asciidoc import asciidoc_attributes as read  # few archives need them
    elif markup == "org":
        from refeed.formats.headers.fields.org import org_keywords as read
    else:
        return None
    return withheld(read(document.text((matter.body, len(document.data)))), "the text")


def _may_export(document: Document) -> bool:
    """Return whether a text of MDX may export something below its header."""
    return document.source.path.lower().endswith(".mdx") and b"export" in document.data


def _is_exported(document: Document) -> bool:
    """Return whether the header is what a text exports."""
    header = find_header(document)
    return header is not None and header.notation is Notation.EXPORT


def _body(document: Document, matter: FrontMatter) -> tuple[int, int] | str:
    """Return the body of a file; of one whose name says that it is no Markdown, what it is as Markdown."""
    span = (matter.body, len(document.data))
    markup = markup_below(document, matter.values, matter.values.get(_TYPE, ""))
    if markup is None:
        return span
    from refeed.formats.bodies.light_markup import to_markdown  # many patterns, and few archives need them

    return to_markdown(document.text(span), markup, document.limits.max_elements)


@once
def _read(document: Document) -> FrontMatter | None:
    header = find_header(document)
    return read_front_matter(document, header) if header else None


def tags_in(document: Document) -> list[str]:
    """Return the tags that a header states, those that are categories as well among them."""
    matter = _read(document)
    values = flattened(matter.values) if matter else {}
    return [text for key in _TAGS if key in values for text in texts_of("categories", values[key])]


def _is_unfenced_header(document: Document, header: Header) -> bool:
    keys = known_keys(document.data, header.text)
    if keys.isdisjoint(TITLES) or len(keys) < 2:
        return False
    if header.notation is Notation.BARE or not keys.isdisjoint(DATES):
        return True
    start = skip_blank_lines(document.data, header.body)
    return bool(document.data[start : start + 200].strip()) and not _SETTING.match(document.data, start)


def _is_json_header(document: Document, _: Header) -> bool:
    matter = _read(document)
    fields = statements(matter.values) if matter else RawFields()
    if matter is None or "titles" not in fields:
        return False
    body = document.data[matter.body :].strip()
    if matter.problems and (_is_data_file(document) or not body or not fields.keys() & {"dates", "links"}):
        return False  # broken, and perhaps of a program
    if body.startswith(b"{"):  # JSON Lines: records of a program, not a header and its article
        return False
    return bool(body or fields.keys() & {"citations", "dates", "links"})


def _is_data_file(document: Document) -> bool:
    """Return whether a file is one of those in which programs keep data."""
    return document.source.path[-5:].lower().endswith(_DATA_SUFFIXES)


def may_say_more(document: Document) -> bool:
    """Return whether by its name a file is a section's page, holds data, or markup whose own header counts, too."""
    path, name, _ = document.source
    if not path.endswith(".md") and (path[-9:].lower().endswith(_MAY_SAY_MORE) or _may_export(document)):
        return True
    return "_index." in name and _is_section(document)


def _is_data(document: Document, header: Header) -> bool:
    if header.notation in {Notation.BARE, Notation.LINES, Notation.OPEN}:
        return True
    return header.notation is not Notation.JSON and not document.data[header.body :].strip()


def _heading(document: Document, matter: FrontMatter, fields: RawFields) -> Heading | None:
    heading = heading_below(document, matter.body)
    if heading is None or heading.is_dated:
        return heading
    # A body may begin with a link and a rule of its own: without epoch the two statements have to agree on something.
    statement = {text for text, _ in title_statements(document, heading) + link_statements(document, heading)}
    stated = {text for text, _ in (*fields.get("titles", ()), *fields.get("links", ()))}
    return heading if is_web_link(document.data, heading) and statement & stated else None


def _hybrid(document: Document, matter: FrontMatter, heading: Heading, fields: RawFields) -> RawRecord:
    both: RawFields = {
        **fields,
        "titles": fields.get("titles", ()) + title_statements(document, heading),
        "dates": fields.get("dates", ()) + date_statements(document, heading),
        "links": fields.get("links", ()) + link_statements(document, heading),
    }
    return RawRecord(
        format="hybrid",
        line=document.line_at(matter.start),
        span=(matter.start, len(document.data)),
        body=(heading.end, len(document.data)),
        **both,
    )


def _heading_above(document: Document, start: int) -> tuple[Statement, ...]:
    """Return the title of an article whose heading stands above its header."""
    from refeed.formats.headers.lines_above import heading_above

    heading = heading_above(document.text((0, start)))
    return (Statement(heading, "heading"),) if heading else ()


def _is_section(document: Document) -> bool:
    """Return whether a file is the page of one of Hugo's sections."""
    name = document.source.name
    return "_index." in name and _SECTION.search(name) is not None


def _page_reason(document: Document, matter: FrontMatter, fields: RawFields) -> str | None:
    """Return why this is a page of the site: `hexo new page` writes a date into those, too."""
    is_dated = "dates" in fields or _POST.search(document.source.name) is not None
    if _is_section(document):
        return "a section page of Hugo"
    if is_no_text(document, kind := matter.values.get(_TYPE, "")):
        return f"type: {kind}"
    if is_post_of_jekyll(document.source.path):
        return None
    if "titles" not in fields:
        from refeed.formats.objects.of_readers import is_comment  # nearly every article has a title

        if is_comment(document.source.name, matter.values, document.data[matter.body : matter.body + _BEGINNING]):
            return "it lies among comments, and has no title"
    mark = page_mark(matter.values, dated=is_dated)
    if mark and not _is_in_garden(matter):
        return mark if is_dated else f"no date, and {mark}"
    says_more = is_dated or fields.keys() & {"citations", "links", "titles"}
    return None if says_more or _is_wanted_note(document, matter) else "no date and no title"


def _is_in_garden(matter: FrontMatter) -> bool:
    """Return whether this is a note of Obsidian's Digital Garden, which gives every one a path of its own."""
    said = matter.values.get("dgpublish")
    return isinstance(said, str) and word_of(said) in YES


def _is_wanted_note(document: Document, matter: FrontMatter) -> bool:
    """Return whether a text without date and title is one that the user wants: the name of its file is its title."""
    from refeed.not_articles import is_for_helpers, is_read_me

    name = name_in_site(document)
    is_page = (
        name.is_of_a_page
        or is_read_me(name.title.lower())
        or is_for_helpers(document.source.name)
        or _DRAWING in matter.values
    )
    is_note = document.keeps_undated and name.is_markdown and not is_page
    return is_note and bool(document.data[matter.body :].strip())


FORMAT: Final = Format(name="front-matter", sniff=sniff, parse=parse)
