"""Tell the kind of a file from the ending of its address; nothing is ever fetched."""

from types import MappingProxyType
from typing import Final

from refeed.addresses.parts import split_address
from refeed.startup.late_patterns import late_pattern

# Ending → media type, as IANA registers it, else as servers send it. Lists of parts of a stream (m3u8) are no files.
_TYPES: Final = MappingProxyType(
    {
        "3gp": "video/3gpp",
        "aac": "audio/aac",
        "aif": "audio/aiff",
        "aiff": "audio/aiff",
        "amr": "audio/amr",
        "avi": "video/x-msvideo",
        "epub": "application/epub+zip",
        "flac": "audio/flac",
        "flv": "video/x-flv",
        "m4a": "audio/mp4",
        "m4b": "audio/mp4",
        "m4v": "video/mp4",
        "mid": "audio/midi",
        "midi": "audio/midi",
        "mka": "audio/matroska",
        "mkv": "video/matroska",
        "mov": "video/quicktime",
        "mp3": "audio/mpeg",
        "mp4": "video/mp4",
        "mpeg": "video/mpeg",
        "mpg": "video/mpeg",
        "oga": "audio/ogg",
        "ogg": "audio/ogg",
        "ogv": "video/ogg",
        "opus": "audio/ogg",
        "pdf": "application/pdf",
        "wav": "audio/wav",
        "weba": "audio/webm",
        "webm": "video/webm",
        "wma": "audio/x-ms-wma",
        "wmv": "video/x-ms-wmv",
    }
)
UNKNOWN: Final = "application/octet-stream"  # RFC 2046, 4.5.1
AUDIO: Final = "audio"
VIDEO: Final = "video"
# Containers that hold sound alone as well as video: the ending does not say which.
_EITHER: Final = frozenset({"mp4", "ogg", "webm"})
# Sound and video that every reader can play, the best first.
_PLAYABLE: Final = ("audio/mpeg", "video/mp4", "audio/mp4", "audio/aac")
_TYPE: Final = late_pattern(r"[a-z]{4,11}/[a-z0-9][a-z0-9.+_-]{0,79}")  # RFC 6838, 4.2, without parameters
_ALIASES: Final = MappingProxyType(
    {"audio/m4a": "audio/mp4", "audio/mp3": "audio/mpeg", "audio/mpeg3": "audio/mpeg", "audio/x-m4a": "audio/mp4"}
)


def media_type(url: str, kind: str = "") -> str:
    """Return the type of the file at an address, "" if its ending says none; `kind` is "audio" or "video" if known."""
    spot = split_address(url)
    for part in (spot.path, spot.query):  # as in `download?file=low-tide.mp3`
        _, dot, ending = part.rpartition(".")
        ending = ending.lower()
        if dot and (found := _TYPES.get(ending)):
            return f"{kind}/{found.partition('/')[2]}" if kind and ending in _EITHER else found
    return ""


def stated_type(text: str) -> str:
    """Return a media type as it is written in a feed, "" if the text is not one."""
    type_ = text.partition(";")[0].strip().lower()
    return _ALIASES.get(type_, type_) if _TYPE.fullmatch(type_) else ""


def is_playable(type_: str) -> bool:
    """Return whether a type is that of sound or video."""
    return type_.startswith((AUDIO + "/", VIDEO + "/"))


def how_playable(type_: str) -> int:
    """Return the rank of a type among those of one recording: 0 is the one that most readers can play."""
    return _PLAYABLE.index(type_) if type_ in _PLAYABLE else len(_PLAYABLE)
