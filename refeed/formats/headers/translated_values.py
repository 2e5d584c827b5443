"""Choose among what a header says of one thing in several languages: `title: {en: Low water, de: Ebbe}`."""

from collections.abc import Iterator, Mapping
from typing import Final

from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.keys import FOLDED
from refeed.vocabulary.languages import language_tag
from refeed.vocabulary.shapes import has_inner, texts_of

_OTHERWISE: Final = frozenset({"default", "xdefault"})  # beside languages: what counts where none is meant
# Several of these may have a key each that looks like a language: `{ml: Machine learning}`, `{al: {name: Al Reed}}`.
_BY_NAME: Final = frozenset({"authors", "categories"})


def holds_title(mapping: Mapping[str, Value]) -> bool:
    """Return whether a mapping in one line says a title: other texts in braces are titles as they are written."""
    return all(mapping.values()) and (has_inner("titles", mapping) or bool(_by_language(mapping)))


def in_one_language(field: str, value: dict[str, Value], header: Mapping[str, Value], name: str) -> Value:
    """Return what a value says in the language of its file, else what it says first.

    The language is the one that the header states, or that the file or a folder of it is named after. A mapping of
    anything but languages is returned as it is.
    """
    texts = _by_language(value)
    if not texts:
        return value
    for meant in _languages(header, name):
        if meant in texts:
            return texts[meant]
        if alike := next((tag for tag in texts if _primary(tag) == _primary(meant)), None):
            return texts[alike]
    first = texts.get("", next(iter(texts.values())))
    return value if field in _BY_NAME and not isinstance(first, list) else first


def _by_language(mapping: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values of a mapping by the tags of their languages, if all its keys name languages."""
    tags = {key: "" if key_name(key) in _OTHERWISE else language_tag(key) for key in mapping}
    if not any(tags.values()):
        return {}
    texts: dict[str, Value] = {}
    for key, tag in tags.items():
        if tag is None:
            return {}
        if mapping[key]:
            texts.setdefault(tag, mapping[key])
    return texts


def _languages(header: Mapping[str, Value], name: str) -> Iterator[str]:
    """Yield the tags that may be that of a file, the surest first: stated, `tide.de.md`, `de.md`, `de/tide.md`."""
    stated = (text for key in FOLDED["languages"] if key in header for text in texts_of("languages", header[key]))
    *folders, file = name.split("/")
    stem, *endings = file.split(".")
    for word in (*stated, *reversed(endings[:-1]), stem, *reversed(folders)):
        if tag := language_tag(word):
            yield tag


def _primary(tag: str) -> str:
    return tag.partition("-")[0]
