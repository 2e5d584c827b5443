"""Read the sound, videos and other files that a header names: in texts, mappings, lists, and keys side by side."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from refeed.model import FileStatement
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.enclosure_keys import ADDRESSES, ENDINGS, FORMATS, KINDS, LENGTHS, NAMES, TYPES
from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.links import address_in
from refeed.vocabulary.shapes import SWITCHES

_MOST: Final = 100  # of one header
_PICTURE: Final = "image_path"
_DEEPEST: Final = 3  # mappings and lists in each other
# What WordPress keeps of an enclosure: address, bytes and type, a line each; some readers of YAML fold the lines.
_LINES: Final = late_pattern(
    r"(\S{1,8000})\s{1,9}([0-9]{1,15})\s{1,9}([\w.+-]{1,20}/[\w.+-]{1,80})(?:\s.*)?", re.DOTALL
)


def stated_files(values: Mapping[str, Value]) -> tuple[FileStatement, ...]:
    """Return the files that a header names, in the order of the table of keys; `values` have folded keys."""
    found: list[FileStatement] = []
    for folded in [key for key in KINDS if key in values]:
        key, kind = KINDS[folded]
        stated = [*_files(values[folded], FileStatement("", f"front matter: {key}", kind), _DEEPEST)]
        found += [_completed(file, folded, values) for file in stated] if len(stated) == 1 else stated
    for folded, value in values.items():
        if folded not in KINDS and is_gallery(value):
            found += _files(value, FileStatement("", f"front matter: {folded}", "picture"), _DEEPEST)
    return tuple(found[:_MOST])


def is_gallery(value: Value) -> bool:
    """Return whether a value is a list of pictures as Minimal Mistakes has them; it may have any name."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and _PICTURE in value[0]


def file_in_lines(text: str, file: FileStatement) -> FileStatement | None:
    """Return a file that is written as WordPress keeps it in a field of a post."""
    lines = _LINES.fullmatch(text.strip())
    return file._replace(text=lines[1], length=lines[2], type=lines[3]) if lines else None


def _files(value: Value, file: FileStatement, depth: int) -> Iterator[FileStatement]:
    """Yield the files of a value; `file` holds what is known of them."""
    if isinstance(value, str):
        text = value.strip()
        if text and text.casefold() not in SWITCHES:
            yield file_in_lines(text, file) or file._replace(text=address_in(text))
    elif depth == 0:
        return
    elif isinstance(value, list):
        for item in value[:_MOST]:
            yield from _files(item, file, depth - 1)
    else:
        yield from _of_mapping({key_name(key): inner for key, inner in value.items()}, file, depth)


def _of_mapping(mapping: Mapping[str, Value], file: FileStatement, depth: int) -> Iterator[FileStatement]:
    known = file._replace(
        type=_text(mapping, TYPES) or file.type,
        length=_text(mapping, LENGTHS) or file.length,
        title=_text(mapping, NAMES) or file.title,
    )
    service, number = (mapping.get(key) for key in ("provider", "id"))
    if isinstance(service, str) and isinstance(number, str):  # Minimal Mistakes
        yield file._replace(kind=service.strip().lower(), text=number.strip())
        return
    address = next((mapping[key] for key in ADDRESSES if mapping.get(key)), None)
    if address is not None:
        yield from _files(address, known, depth - 1)
        return
    for name in FORMATS:
        if name in mapping:
            yield from _files(mapping[name], known, depth - 1)


def _completed(file: FileStatement, key: str, values: Mapping[str, Value]) -> FileStatement:
    """Return a file with the size and type that keys beside its own say: `audio_file` and `audio_size`, say."""
    stems = [key, *(key.removesuffix(ending) for ending in ENDINGS if key.endswith(ending)), ""]
    return file._replace(
        type=file.type or _text(values, [stem + name for stem in stems for name in TYPES if stem + name != "type"]),
        length=file.length or _text(values, [stem + name for stem in stems for name in LENGTHS]),
    )


def _text(mapping: Mapping[str, Value], keys: tuple[str, ...] | list[str]) -> str:
    return next((text.strip() for key in keys if isinstance(text := mapping.get(key), str) and text.strip()), "")
