"""Turn the keys of a header into the statements of a record."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

from refeed.formats.publication import dates, shown, stated, words
from refeed.formats.publication.answers import NO
from refeed.formats.publication.no_page import without_page
from refeed.formats.publication.values import word_of
from refeed.model import FileStatement, Statement
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.enclosure_keys import KINDS
from refeed.vocabulary.enclosures import is_gallery, stated_files
from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.keys import AMBIGUOUS_DATE, FOLDED, KEYS, names_of
from refeed.vocabulary.links import address_in, leads_to_recording
from refeed.vocabulary.native_keys import NATIVE_KEYS
from refeed.vocabulary.picture_keys import INNER, VAGUE
from refeed.vocabulary.picture_words import described_pictures
from refeed.vocabulary.pictures import picture_in
from refeed.vocabulary.raw_fields import RawFields
from refeed.vocabulary.shapes import SWITCHES, TABLES_OF_FACTS, flattened, texts_of

PAGE_KEYS: Final = ("layout", "type")
_OTHERS: Final = ("comments",)


_NAMES: Final = (*((field, names_of(field)) for field in KEYS), ("expiries", dates.EXPIRIES))
_ALL_FOLDED: Final = tuple(key for keys in (*FOLDED.values(), dates.EXPIRIES) for key in keys)
_BEGINS_AS_DATE: Final = late_pattern(
    r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}"
    r"|[0-9]{1,2}[.°º]?(?: de)? [^\W\d_]{3,12}\.?(?: de)? [0-9]{4}"
)
# Words of prose and of settings, too: they make no header.
_NO_HEADER: Final = frozenset({*FOLDED["clocks"], *FOLDED["presenters"]})
KNOWN: Final = stated.KNOWN.union(PAGE_KEYS, _OTHERS, frozenset(_ALL_FOLDED) - _NO_HEADER)
# Of these the words are those for how long something takes, too, and are that beside what a recording or a recipe has.
_CLOCKS_OR_SPANS: Final = frozenset(
    f"front matter: {name}" for name in ("time", "tijd", "waktu", "время", "час", "시간", "เวลา", "الوقت")
)
_SPANS: Final = late_pattern(r"[0-9]:[0-5][0-9]:[0-5][0-9]")  # on a clock the hour has two digits beside seconds
_BESIDE_SPANS: Final = frozenset(
    {"ascent", "calories", "cook", "cookingtime", "cooktime", "difficulty", "distance", "elevation", "episode"}
    | {"episodenumber", "ingredients", "makes", "pace", "podcast", "portions", "prep", "preparation", "preptime"}
    | {"recipe", "recipeingredient", "recipeyield", "season", "serves", "servings", "totaltime", "yield", "yields"}
    | {"ingredientes", "ingrédients", "zutaten", "portionen", "ingredienti", "材料", "食材"}
)
# Each key with its field, strongest first; and each key's place in it.
_STRENGTH: Final = tuple((key, field, f"front matter: {key}") for field, keys in _NAMES for key in keys)
_PLACES: Final = dict(zip(reversed(_ALL_FOLDED), range(len(_STRENGTH) - 1, -1, -1), strict=True))
_PICTURES: Final = frozenset(FOLDED["images"])
_INNER: Final = tuple(map(key_name, reversed(INNER)))
_TRANSLATED: Final = "title_"  # the same title in another language: one of them is enough
_TRANSLATABLE: Final = frozenset({"authors", "categories", "summaries", "titles"})
_WRITTEN: Final = MappingProxyType(dict(zip(FOLDED["dates"], names_of("dates"), strict=True)))
# Fields in which `true` and `false` switch something on and off, and say nothing.
_NEVER_SWITCHES: Final = frozenset(
    {"authors", "categories", "citations", "dates", "images", "languages", "links", "presenters", "summaries"}
    | {"updates"}
)
NOTHING: Final = frozenset({"", "null", "~"})
_ADDRESSES: Final = frozenset({"citations", "links"})  # fields of them
_ADDRESS: Final = late_pattern(r"[^/]*://|//[^/?#.]+\.")  # with a scheme, or with a host only
_PATH: Final = late_pattern(r"\.{0,2}/")
_SCHEME: Final = late_pattern(r"[A-Za-z][A-Za-z0-9+.\-]{0,30}:")  # RFC 3986, 3.1
# Words for a source, too, and for "published": they count with an address, and with a date.
_ADDRESSES_ONLY: Final = frozenset(key_name(name) for field in _ADDRESSES for name, _ in NATIVE_KEYS[field])
_DATES_ONLY: Final = words.NO_WITHHOLDS.keys() & {key_name(name) for name, _ in NATIVE_KEYS["dates"]} | {AMBIGUOUS_DATE}
# What these may say instead of an address: the name of an outlet, a path within the site. The other keys of links are
# meant for addresses: a path is reported as none, yet tells articles apart.
_OUTLET_KEYS: Final = frozenset({"from", "source"})
_PRESENTERS: Final = "presenters"
_HOST: Final = late_pattern(r"(?i:true|false)|\S{0,200}(?:[.:/@]\S|localhost)\S{0,200}")  # of a site, or of its page
_OF_MENUS: Final = "visible"  # in Grav
_PATH_KEYS: Final = frozenset({"permalink", "url"})
_DESCRIBED: Final = frozenset({"source"})  # with a title and an author of its own, it is the page that is translated
OF_WIKI_JS: Final = frozenset({"date", "datecreated", "editor"})
"""The keys of a page of Wiki.js, whose `date` is that of its last change."""
_EDITORS: Final = frozenset({"api", "asciidoc", "ckeditor", "code", "markdown", "wysiwyg"})
_DATE: Final = "front matter: date"
_LAYOUTS_OF_POSTS: Final = frozenset({"default", "home", "index"})  # of some, who have one layout for everything
# Layouts and types of pages that are no articles (Jekyll's and Hexo's themes).
_PAGES: Final = frozenset(
    {
        "404",
        "about",
        "archive",
        "archives",
        "categories",
        "category",
        "default",
        "friends",
        "home",
        "index",
        "links",
        "page",
        "pages",
        "search",
        "tag",
        "tags",
    }
)


def statements(header: Mapping[str, Value], name: str = "") -> RawFields:
    """Return the fields of a RawRecord that the values of a header fill; the others are left out.

    The name of the file may say in which language it is.
    """
    header = _undotted(header)
    values = flattened(header)
    fields = cast("RawFields", _stated(values, name))
    if values.keys() >= OF_WIKI_JS and values["editor"] in _EDITORS:
        fields |= _changed_last(fields.get("dates", ()))
    if len(fields.get("categories", ())) > 1:  # a tag that is a category too counts once
        first: dict[str, Statement] = {}
        for one in fields["categories"]:
            first.setdefault(one.text.casefold(), one)
        fields["categories"] = tuple(first.values())
    names_files = not KINDS.keys().isdisjoint(values) or any(map(is_gallery, values.values()))
    files = (*(stated_files(values) if names_files else ()), *described_pictures(values, _PICTURES))
    if any(leads_to_recording(link.text) for link in fields.get("links", ())):
        files += _recordings_among(fields)
    if files:
        fields["enclosures"] = files
    if "clocks" in fields:
        fields |= _without_spans(fields["clocks"], beside=bool(files) or not _BESIDE_SPANS.isdisjoint(values))
    if stated.may_speak_of_publication(header) or stated.speaks_of_publication(values):
        fields |= _publication_of(header, values)
    if _ADDRESSES.isdisjoint(fields) and (no_page := without_page(header)):
        fields.setdefault("withheld", no_page)
    return fields


def _without_spans(clocks: tuple[Statement, ...], *, beside: bool) -> RawFields:
    """Return the times of the day among what may say how long something takes: `45:10` of a podcast, `1:02:33`."""
    spans = {one for one in clocks if one.origin in _CLOCKS_OR_SPANS and (beside or _SPANS.fullmatch(one.text))}
    return {"clocks": tuple(one for one in clocks if one not in spans)}


def _recordings_among(fields: RawFields) -> tuple[FileStatement, ...]:
    """Take the recordings out of the addresses of an article, and return them: its page is another one.

    A podcast states them as the `url` of an episode; several episodes may have one by mistake.
    """
    links = fields.pop("links")
    if pages := tuple(link for link in links if not leads_to_recording(link.text)):
        fields["links"] = pages
    return tuple(FileStatement(text, origin, "file") for text, origin in links if leads_to_recording(text))


def _changed_last(dates: tuple[Statement, ...]) -> RawFields:
    """Return the dates of a page whose `date` is that of its last change."""
    return {
        "dates": tuple(date for date in dates if date.origin != _DATE),
        "updates": tuple(date for date in dates if date.origin == _DATE),
    }


def _stated(values: Mapping[str, Value], name: str) -> dict[str, tuple[Statement, ...]]:
    """Return what the keys of a header state, by the fields of a RawRecord, strongest first."""
    fields, paths = dict[str, tuple[Statement, ...]](), tuple[Statement, ...]()
    for rank, folded in sorted((rank, key) for key in values if (rank := _rank_of(key)) is not None):
        key, field, origin = _STRENGTH[rank]
        field = "citations" if key in _DESCRIBED and isinstance(values[folded], dict) else field
        value = values[folded]
        if isinstance(value, dict) and field in _TRANSLATABLE:
            from refeed.formats.headers.translated_values import in_one_language  # few headers need it

            value = in_one_language(field, value, values, name)
        texts = _said(key, field, value)
        if not texts or (key.startswith(_TRANSLATED) and field in fields):
            continue
        statement = (
            (Statement(texts[0], origin),) if len(texts) == 1 else tuple([Statement(text, origin) for text in texts])
        )
        if field in _ADDRESSES and not _ADDRESS.match(texts[0]):
            field, is_path = _instead_of_address(key, texts[0])
            paths += statement if is_path else ()
        fields[field] = fields[field] + statement if field in fields else statement
    if paths:  # a key that is meant for them is stronger
        fields["permalinks"] = fields.get("permalinks", ()) + paths
    return fields


def _rank_of(key: str) -> int | None:
    """Return the place of a key among all that state something, or of the one for a picture that it is a part of."""
    rank = _PLACES.get(key)
    if rank is None and key.endswith(_INNER):
        pictures = (key.removesuffix(inner) for inner in _INNER if key.endswith(inner))
        return next((_PLACES[picture] for picture in pictures if picture in _PICTURES), None)
    return rank


def _undotted(header: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return a header with the values of dotted keys under the keys that they stand for, where nothing else stands."""
    dotted = sorted((key, name) for key in header.keys() - KNOWN if (name := name_in_table(key)))
    return {**{name: header[key] for key, name in reversed(dotted)}, **header} if dotted else header


def name_in_table(key: str) -> str | None:
    """Return the name of a key that has that of its table before it: `params.author`, `taxonomies.tags`."""
    if not key.startswith(TABLES_OF_FACTS):
        return None
    names = (key[len(table) :] for table in TABLES_OF_FACTS if key.startswith(table))
    return next((name for name in names if name in KNOWN), None)


def _instead_of_address(key: str, text: str) -> tuple[str, bool]:
    """Return which field a link without an address fills, and whether it is to be a permalink as well."""
    if key in _PATH_KEYS:
        return "permalinks", False
    if key in _OUTLET_KEYS and not _PATH.match(text):
        return "outlets", False
    return "links", not _SCHEME.match(text)


def _said(key: str, field: str, value: Value) -> list[str]:
    """Return the texts of a value that say something of a field."""
    if key in _DATES_ONLY and not (isinstance(value, str) and _BEGINS_AS_DATE.match(value)):
        return []
    texts = [text for text in texts_of("authors" if field == _PRESENTERS else field, value) if text not in NOTHING]
    if field == _PRESENTERS:
        return [text for text in texts if not _HOST.fullmatch(text)]
    if field in _NEVER_SWITCHES or key in words.STATES:
        texts = [text for text in texts if text.casefold() not in SWITCHES]
    if field == "images":
        return [address for text in texts if (address := picture_in(text, by_ending=key in VAGUE))]
    if field in _ADDRESSES:
        texts = [address_in(text) for text in texts]
    return [text for text in texts if _ADDRESS.match(text)] if key in _ADDRESSES_ONLY else texts


def _publication_of(header: Mapping[str, Value], values: Mapping[str, Value]) -> RawFields:
    """Return why the article is withheld, if it is, and when it may go out."""
    releases = tuple(
        Statement(text, f"front matter: {_WRITTEN.get(key, key)}")
        for key in filter(values.__contains__, dates.RELEASES)
        for text in _said(key, "dates", values[key])
    ) + tuple(Statement(text, _DATE) for text in stated.dates_again(header))
    found = RawFields()
    if releases:
        found["releases"] = releases
    if withheld := stated.withheld(header):
        found["withheld"] = withheld
        if isinstance(menus := values.get(_OF_MENUS), str) and word_of(menus) in NO:
            others = {key: value for key, value in header.items() if key_name(key) != _OF_MENUS}
            found["is_off_menus"] = stated.withheld(others) is None
    if stated.says_published(values):
        found["says_published"] = True
    if not shown.BESIDE_DRAFTS.isdisjoint(values):
        found["shown_by"] = shown.shown_by(values) & shown.BESIDE_DRAFTS
    return found


def page_mark(values: Mapping[str, Value], *, dated: bool) -> str | None:
    """Return what marks a header as that of a page of the site; with a date less does."""
    for key in PAGE_KEYS:
        value = values.get(key)
        path = value.strip().lower() if isinstance(value, str) else ""
        word = path.rpartition("/")[2].partition(".")[0]  # layouts/page.njk
        if word in _PAGES and not (dated and word in _LAYOUTS_OF_POSTS):
            return f"{key}: {word}"
    if dated:
        return None
    for key in ("permalink", "url"):
        value = values.get(key)
        if isinstance(value, str) and value.strip() and "://" not in value:
            return f"{key}: {value.strip()}"
    return None
