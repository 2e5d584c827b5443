"""Read an article out of an object with keys, as exports and robots write them: JSON objects, rows of a table."""

from collections.abc import Mapping
from typing import Any, Final

from refeed.formats.headers.json import DEEPEST, folded
from refeed.formats.headers.statements import statements
from refeed.formats.objects.exports import in_known_words
from refeed.formats.objects.messages import why_private
from refeed.formats.publication.stated import kept_aside
from refeed.model import RawRecord, Span, Statement
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.body_keys import BODIES, OF_RSS
from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.raw_fields import RawFields, with_origin

# Of a feed as an object: there a description is the text, as in RSS itself.
_TEXTS_OF_RSS: Final = ("description", "contentsnippet")
_ADDRESSES: Final = frozenset({"guid", "link", "url"})
_IN_UTC: Final = (("dategmt", "date"), ("modifiedgmt", "modified"))  # WordPress's API
_NUMBERED: Final = frozenset({"author", "authors", "categories", "category", "id", "tags"})  # rows of tables
# Of these, nothing is what stands there until the article is published: Strapi, dev.to, Rails, Wagtail.
_NOT_YET: Final = frozenset({"firstpublishedat", "publishedat", "publishedon"})
_VERSIONS: Final = ("drafts.", "versions.")  # what Sanity's ids of unpublished documents begin with
_RENDERED: Final = ("rendered", "html", "value")
# What databases write for a moment, and what stands beside it: MongoDB, Firestore, Parse.
_MOMENTS: Final = (("$date", ""), ("$numberlong", ""), ("seconds", "nanoseconds"), ("iso", "type"))
_OFFSET: Final = late_pattern(r"[Zz+]|-[0-9]{2}:?[0-9]{2}\Z")
_TOLD: Final = frozenset({"dates", "links", "summaries", "titles"})  # of a story by who only lists it
_MOMENT: Final = late_pattern(r".*[0-9]:[0-9]{2}|[0-9]{10,13}(?:\.[0-9]+)?\Z")
_SUMMARY: Final = 20  # characters at least: what is shorter is a label
# Any row of a table says when it was made, and a bookmark when it was kept.
_MADE: Final = frozenset(
    f"record: {key}"
    for key in (
        *("cdate", "create_time", "created", "created_at", "created_on", "created_time", "creation_date", "ctime"),
        *("date_added", "date_created", "date_saved", "dg_created", "time_added", "timestamp"),
        *("aangemaakt", "creado", "creato_il", "criado_em", "créé_le", "erstellt", "erstellt_am", "erstellungsdatum"),
        *("oluşturulma_tarihi", "utworzono", "создано", "创建日期", "创建时间", "作成日", "作成日時", "생성일"),
        *("fecha_de_creación", "data_de_criação", "date_de_création", "data_di_creazione", "дата_создания"),
        *("дата_створення", "تاريخ_الإنشاء", "tanggal_dibuat", "ngày_tạo", "วันที่สร้าง", "建立日期", "建立時間", "创建于"),
    )
)


def values_of(item: Mapping[str, Any]) -> dict[str, Value]:
    """Return the values of an object as text, lists and mappings, by folded keys."""
    written = folded(item, DEEPEST)  # a text in pieces may lie as deep as JSON is read
    plain = {key_name(key): value for key, value in in_known_words(written).items()}
    values = {key: _unwrapped(value) for key, value in _with_nulls(plain).items()}
    for utc, local in _IN_UTC:
        stated = values.get(utc)
        if isinstance(stated, str) and stated:
            values[local] = stated if _OFFSET.search(stated[10:]) else stated + "Z"
    if any(isinstance(value, dict) and value.get("protected") == "true" for value in plain.values()):
        values |= kept_aside(values, "password", "yes")  # WordPress's API: `content: {rendered: "", protected: true}`
    if values.get("status") == "sent" and "visibility" in values:  # Ghost: by mail alone, never on the site
        values |= kept_aside(values, "status", "private")
    if str(values.get("id", "")).startswith(_VERSIONS):
        values |= kept_aside(values, "draft", "true")
    return values


def _with_nulls(values: dict[str, Value]) -> dict[str, Value]:
    """Return values with an explicit null for a missing date of publication."""
    named = {key: _with_nulls(value) if isinstance(value, dict) else value for key, value in values.items()}
    return named | {key: "null" for key, value in values.items() if value == "" and key_name(key) in _NOT_YET}


def body_of(values: Mapping[str, Value]) -> str:
    """Return the text of the object."""
    is_of_rss = not (OF_RSS.isdisjoint(values) or _ADDRESSES.isdisjoint(values))
    names = (*BODIES, *_TEXTS_OF_RSS) if is_of_rss else BODIES
    return next((text for key in names if key in values and (text := _text(values[key])).strip()), "")


def fields_of(values: Mapping[str, Value]) -> RawFields:
    """Return what the other values state."""
    texts = {key for key, value in values.items() if key in BODIES and not isinstance(value, dict)}
    others = {key: value for key, value in values.items() if key not in texts and not _says_nothing(key, value)}
    return with_origin(statements(others), "record")


def is_article(values: Mapping[str, Value]) -> bool:
    """Return whether an object has a text, and a day or an address: settings and lists of names have none.

    The day of a change is one only beside a title: rows of any table have it.
    """
    fields = fields_of(values)
    if not body_of(values):
        return _is_told(fields)
    return not {"citations", "dates", "links"}.isdisjoint(fields) or fields.keys() >= {"titles", "updates"}


def is_told_on_a_day(values: Mapping[str, Value]) -> bool:
    """Return whether a list of one day tells of a story: its title, address and summary, but no moment of its own."""
    fields = fields_of(values)
    return fields.keys() >= _TOLD - {"dates"} and len(fields["summaries"][0].text) >= _SUMMARY


def _is_told(fields: RawFields) -> bool:
    """Return whether a robot tells of a story elsewhere: title, address, summary, and when it appeared to the minute.

    Lists that people keep, of talks or projects, say a day at most.
    """
    if not fields.keys() >= _TOLD or len(fields["summaries"][0].text) < _SUMMARY:
        return False
    appeared = fields["dates"][0]
    return appeared.origin not in _MADE and _MOMENT.match(appeared.text) is not None


def record_of(values: Mapping[str, Value], *, line: int, span: Span, outlet: str = "") -> RawRecord | None:
    """Return what the object says; None if it has neither text nor title."""
    body, fields = body_of(values), fields_of(values)
    if not body and "titles" not in fields:
        return None
    if outlet and "outlets" not in fields:
        fields["outlets"] = (Statement(outlet, "name of the list"),)
    if not body and "dates" not in fields and fields.keys() >= {"permalinks", "summaries"}:
        # Robots draw a new one whenever they list the story, whose path stays.
        fields.pop("ids", None)
    record = RawRecord(format="records", line=line, span=span, body=body, markdown=True, **fields)
    return record._replace(withheld=record.withheld or why_private(values, record))


def _unwrapped(value: Value) -> Value:
    """Return the text of a mapping that says nothing else: `{"rendered": "…"}`, `{"$date": "…"}`."""
    if isinstance(value, dict):
        named = {key_name(key): one for key, one in value.items()}
        moment = next(
            (named[key] for key, beside in _MOMENTS if key in named and (not beside or beside in named)), None
        )
        if moment is not None:
            return _unwrapped(moment)
        return next((value[key] for key in _RENDERED if isinstance(value.get(key), str)), value)
    return value


def _says_nothing(key: str, value: Value) -> bool:
    """Return whether a key of the vocabulary means something else here: the row of a table, the sender of a message."""
    return (key in _NUMBERED and _is_number(value)) or (key == "from" and "://" not in str(value))


def _is_number(value: Value) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, str) and item.isdecimal() for item in value)
    return isinstance(value, str) and value.isdecimal()


def _text(value: Value) -> str:
    """Return a text, also one in pieces of which some are links or bold (Telegram)."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _text(value.get("text", ""))
    return "".join(map(_text, value))
