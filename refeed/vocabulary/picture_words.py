"""Read the alternative texts and captions that a header gives its pictures."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from refeed.model import FileStatement
from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.pictures import picture_in
from refeed.vocabulary.shapes import texts_of

# Beside the address in a mapping (`cover: {image: …, alt: …}`), or behind the key of an address (`cover_alt`).
_ALTS: Final = tuple(map(key_name, ("alt", "alt_text", "image_alt", "image_description")))
_CAPTIONS: Final = tuple(map(key_name, ("caption", "image_caption")))
_NO_WORDS: Final = frozenset({"", "false", "null", "true", "~"})


def described_pictures(values: Mapping[str, Value], keys: Collection[str]) -> Iterator[FileStatement]:
    """Yield the pictures that a header has words for; `values` have folded keys, `keys` are those of pictures."""
    for key, value in values.items():
        if key not in keys:
            continue
        inner = {key_name(name): text for name, text in value.items()} if isinstance(value, dict) else {}
        alt, caption = _words(_ALTS, inner, values, key), _words(_CAPTIONS, inner, values, key)
        texts = texts_of("images", value) if alt or caption else []
        if texts and (address := picture_in(texts[0], by_ending=False)):
            yield FileStatement(address, f"front matter: {key}", "lead", title=caption, alt=alt)


def _words(names: tuple[str, ...], inner: Mapping[str, Value], values: Mapping[str, Value], key: str) -> str:
    """Return the words of one kind about the picture of a key."""
    said = (*(inner.get(name) for name in names), *(values.get(key + name) for name in names))
    texts = (" ".join(text.split()) for text in said if isinstance(text, str))
    return next((text for text in texts if text.casefold() not in _NO_WORDS), "")
