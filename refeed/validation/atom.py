"""Check an Atom feed: RFC 4287, and the extensions for archives (RFC 5005) and deleted entries (RFC 6721)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from html import unescape
from types import MappingProxyType
from typing import Any, Final

from refeed.validation.archives import FOLLOWED, archive_findings, tombstone_findings
from refeed.validation.content import html_findings, markup_findings
from refeed.validation.elements import Grammar, child_findings
from refeed.validation.finding import Finding, of_entry
from refeed.validation.namespaces import ATOM, XHTML
from refeed.validation.syntax import (
    is_absolute,
    is_dangerous,
    is_iri,
    is_language,
    is_mail_address,
    is_media_type,
    is_rfc3339,
    is_size,
    rfc3339_date,
    shows_references,
)

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
MEDIA_TYPE: Final = "application/atom+xml"

_ANY_NUMBER: Final = frozenset({"author", "category", "contributor", "link"})
_GRAMMARS: Final = MappingProxyType(
    {
        "feed": Grammar(  # 4.1.1
            required=frozenset({"id", "title", "updated"}),
            optional=frozenset({"generator", "icon", "logo", "rights", "subtitle"}),
            many=_ANY_NUMBER | {"entry"},
        ),
        "entry": Grammar(  # 4.1.2
            required=frozenset({"id", "title", "updated"}),
            optional=frozenset({"content", "published", "rights", "source", "summary"}),
            many=_ANY_NUMBER,
        ),
        "source": Grammar(  # 4.2.11
            required=frozenset(),
            optional=frozenset({"generator", "icon", "id", "logo", "rights", "subtitle", "title", "updated"}),
            many=_ANY_NUMBER,
        ),
        **dict.fromkeys(  # 3.2
            ("author", "contributor"), Grammar(frozenset({"name"}), frozenset({"email", "uri"}), frozenset())
        ),
    }
)
_TEXTS: Final = frozenset({"content", "rights", "subtitle", "summary", "title"})
_ADDRESSES: Final = frozenset({"icon", "id", "logo", "uri"})
_REQUIRED_ATTRIBUTES: Final = MappingProxyType({"link": "href", "category": "term"})


def atom_findings(root: Any) -> Iterator[Finding]:
    """Yield what is wrong with a feed and with each of its entries."""
    for child in (root, *(child for child in root if child.tag != _atom("entry"))):
        for element in (root,) if child is root else child.iter():
            yield from _element_findings(element)
    yield from _self_link(root)
    yield from _alternates(root)
    yield from archive_findings(root)
    yield from tombstone_findings(root)
    has_author = root.find(_atom("author")) is not None
    for entry in root.iter(_atom("entry")):
        id_, title = _text(entry, "id"), _text(entry, "title")
        yield from of_entry(_entry_findings(entry, has_author=has_author), id_, title, entry.sourceline)
    yield from _duplicates(root)


def _entry_findings(entry: Any, *, has_author: bool) -> Iterator[Finding]:
    for element in entry.iter():
        yield from _element_findings(element)
    yield from _alternates(entry)
    links = [link for link in entry.findall(_atom("link")) if link.get("rel", "alternate") == "alternate"]
    if entry.find(_atom("content")) is None and not links:
        yield Finding("missing-content", "an entry has neither content nor a link rel=alternate")
    source = entry.find(_atom("source"))
    own_author = entry.find(_atom("author")) is not None
    if not (own_author or has_author or (source is not None and source.find(_atom("author")) is not None)):
        yield Finding("missing-element", "neither the feed nor the entry has an author")
    if source is not None and not _text(source, "title"):
        yield Finding("source-without-title", "source has no title", source.sourceline)
    published, updated = (rfc3339_date(_text(entry, name)) for name in ("published", "updated"))
    if published and updated and updated < published:
        yield Finding("updated-before-published", f"updated ({updated}) is earlier than published ({published})")


def _element_findings(element: Any) -> Iterator[Finding]:
    """Yield what is wrong with an element wherever it stands."""
    if not isinstance(element.tag, str):
        return  # a comment
    name, line = element.tag.removeprefix(f"{{{ATOM}}}"), element.sourceline
    yield from (finding._replace(line=line) for finding in _attributes(element, name))
    if not element.tag.startswith(f"{{{ATOM}}}"):
        return
    if name in _GRAMMARS:
        yield from child_findings(element, _GRAMMARS[name], ATOM)
    yield from (finding._replace(line=line) for finding in _value(name, element.text or ""))
    if name == "content" and element.get("src"):
        yield from _content_elsewhere(element)
    elif name in _TEXTS:
        yield from _text_findings(element, name)


def _value(name: str, text: str) -> Iterator[Finding]:
    """Yield what is wrong with the text of an element that holds a date or an address, for example."""
    if name in {"updated", "published"} and not is_rfc3339(text):
        yield Finding("bad-date", f"{name} is not a date: {text!r}")
    elif name == "email" and not is_mail_address(text.strip()):
        yield Finding("bad-person", f"email is not a mail address: {text!r}")
    elif name in _ADDRESSES:
        if not is_iri(text):
            yield Finding("bad-address", f"{name} is not an address: {text!r}")
        if (text.strip() or name == "id") and not is_absolute(text.strip()):
            code = "bad-id" if name == "id" else "relative-link"
            yield Finding(code, f"{name} is not absolute: {text!r}")


def _attributes(element: Any, name: str) -> Iterator[Finding]:
    for attribute in ("href", "scheme", "src"):
        if not is_iri(element.get(attribute, "")):
            yield Finding("bad-address", f"{name}/@{attribute} is not an address: {element.get(attribute)!r}")
    for attribute, shown in ((_LANG, "xml:lang"), ("hreflang", "hreflang")):
        if (language := element.get(attribute)) and not is_language(language):
            yield Finding("bad-language", f"{name}: {shown} is not a language tag: {language!r}")
    required = _REQUIRED_ATTRIBUTES.get(name)
    if required and not element.get(required):
        yield Finding("missing-element", f"{name} has no {required}")
    if name == "category" and (scheme := element.get("scheme")) and not is_absolute(scheme):
        yield Finding("bad-address", f"category: scheme is not absolute: {scheme!r}")
    if name == "link":
        yield from _link(element)
    elif name == "content":
        yield from _target(name, element.get("src"))


def _link(link: Any) -> Iterator[Finding]:
    if link.get("rel") not in FOLLOWED:
        yield from _target("link", link.get("href"))
    if (type_ := link.get("type")) is not None and not is_media_type(type_):
        yield Finding("bad-media-type", f"link: {type_!r} is not a media type")
    if (length := link.get("length")) is not None and not is_size(length):
        yield Finding("bad-length", f"link: {length!r} is not a number of bytes")


def _target(name: str, address: str | None) -> Iterator[Finding]:
    if address and not is_absolute(address):
        yield Finding("relative-link", f"{name} leads to {address!r}")
    elif address and is_dangerous(address):
        yield Finding("dangerous-address", f"{name} leads to {address!r}")


def _content_elsewhere(content: Any) -> Iterator[Finding]:
    """Yield what is wrong with content that only names its address (4.1.3.2)."""
    if len(content) or (content.text or "").strip():
        yield Finding("markup-in-text", "content with src holds something", content.sourceline)
    if not is_media_type(content.get("type", "")):
        yield Finding("bad-media-type", f"content with src has the type {content.get('type')!r}", content.sourceline)


def _text_findings(element: Any, name: str) -> Iterator[Finding]:
    """Yield what is wrong with a text: its type and what it holds do not fit (3.1.1 and 4.1.3)."""
    type_, line = element.get("type", "text"), element.sourceline
    children = [child for child in element if isinstance(child.tag, str)]
    if type_ == "xhtml":
        if [child.tag for child in children] != [f"{{{XHTML}}}div"]:
            yield Finding("markup-in-text", f"{name} of type xhtml does not hold a single div of XHTML", line)
        yield from markup_findings(element, name, line)
    elif type_ in {"text", "html"}:
        if children:
            yield Finding("markup-in-text", f"{name} of type {type_} has child elements", line)
        if type_ == "html":
            yield from (finding._replace(line=line) for finding in html_findings(element.text or "", name))
    elif name != "content":
        yield Finding("bad-media-type", f"{name}: the type is {type_!r}, not text, html or xhtml", line)
    elif not is_media_type(type_):
        yield Finding("bad-media-type", f"content: {type_!r} is not a media type", line)
    if name == "title" and type_ in {"text", "html"}:
        yield from _twice(element, type_)


def _twice(title: Any, type_: str) -> Iterator[Finding]:
    shown = unescape(title.text or "") if type_ == "html" else title.text or ""
    if reference := shows_references(shown):
        yield Finding("escaped-twice", f"people will read {reference} in the title {shown[:60]!r}", title.sourceline)


def _self_link(feed: Any) -> Iterator[Finding]:
    links = [link for link in feed.findall(_atom("link")) if link.get("rel") == "self"]
    if not links:
        yield Finding("no-self-link", "the feed has no link rel=self", feed.sourceline)
    for link in links:
        if link.get("type") != MEDIA_TYPE:
            message = (
                f"link rel=self has the type {type_!r}" if (type_ := link.get("type")) else "link rel=self has no type"
            )
            yield Finding("self-link", message, link.sourceline)


def _alternates(container: Any) -> Iterator[Finding]:
    links = [link for link in container.findall(_atom("link")) if link.get("rel", "alternate") == "alternate"]
    for kind, count in Counter((link.get("type"), link.get("hreflang")) for link in links).items():
        if count > 1:
            shown = " and ".join(filter(None, kind)) or "no type"
            yield Finding("several-alternates", f"{count} links rel=alternate of {shown}", links[-1].sourceline)


def _duplicates(feed: Any) -> Iterator[Finding]:
    entries = defaultdict[str, list[Any]](list)
    for entry in feed.iter(_atom("entry")):
        entries[_text(entry, "id")].append(entry)
    for id_, same in entries.items():
        if id_ and len(same) > 1:
            message = f"{len(same)} entries with the id {id_!r}"
            yield Finding("duplicate-id", message, same[1].sourceline, id_, _text(same[1], "title"))


def _text(element: Any, name: str) -> str:
    return (element.findtext(_atom(name)) or "").strip()


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"
