"""Read UTF-8 that was damaged on its way: cut, hit by stray bytes, written with surrogates."""

import re
from io import BytesIO
from typing import Final

from refeed.input.recode import decoded_pieces
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# UTF-8 of each half of a UTF-16 surrogate pair (Unicode Technical Report 26, CESU-8), as Java and MySQL write it.
_SURROGATE_PAIR: Final = late_pattern(rb"\xed([\xa0-\xaf][\x80-\xbf])\xed([\xb0-\xbf][\x80-\xbf])")
_HALF_PAIR: Final = late_pattern(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_BAD_BYTES: Final = late_pattern("[\udc80-\udcff]+")  # each the surrogate escape of a byte (PEP 383)
_FIRST_BYTES: Final = bytes(range(0xC0, 0x100))  # RFC 3629, 3: what a character of several bytes begins with

# Text in another charset has at most 2.5 valid characters of several bytes for every place that is not UTF-8 (EUC-JP;
# GB 18030 has 1.5, Cyrillic and Western text next to none); UTF-8 with a broken byte in every tenth has more than four.
_CLEAR_FACTOR: Final = 4
_FEW: Final = 5  # places in otherwise sound text
_LONGEST: Final = 3  # bytes of a place: a character that was cut; words in another charset are longer
_SOUND_BYTES: Final = 10  # at least, for each that is bad

# What Windows-1252 has in English text, and where: quotation marks, dashes and other marks, and single letters of words
# that are ASCII otherwise (café). Whatever stands elsewhere is damage.
_TYPOGRAPHIC: Final = late_pattern(
    r"(?<=\w)’|’(?=\w)|(?<!\w)[“‘](?=\S)|(?<=\S)[”’](?!\w)|[–—…•™©®€£§°·×½¼¾«»¿¡\xa0]"
    r"|(?<!\w)[ÀÈÉàáèéíòóú](?!\w)|(?<=[A-Za-z])[ß-öø-ÿœšž](?![^\W\d_a-z])|(?<![^\W\d_])[À-ÖØ-öø-ÿŒœŠšŽž](?=[a-z])"
)


class Mended(NamedTuple):
    """Bytes that are valid UTF-8 now; each place that was not, one or more bytes, shows U+FFFD."""

    data: bytes
    places: tuple[int, ...]  # how many bytes each had
    characters: int  # of several bytes, that were sound

    @property
    def is_clearly_utf8(self) -> bool:
        """Return whether no other charset comes into question."""
        return self.characters >= _CLEAR_FACTOR * len(self.places)

    @property
    def is_nearly_sound(self) -> bool:
        """Return whether the few places that are not UTF-8 are damage, and no words in another charset."""
        return len(self.places) <= _FEW and max(self.places) <= _LONGEST and self._is_mostly_sound

    @property
    def is_slight(self) -> bool:
        """Return whether all that is not ASCII is so little that it may be damage, whatever charset it seems to be."""
        return not self.characters and sum(self.places) <= _FEW

    @property
    def is_mostly_ascii(self) -> bool:
        """Return whether nothing but a few places is not ASCII, no more than English text has marks and accents."""
        return not self.characters and self._is_mostly_sound

    @property
    def _is_mostly_sound(self) -> bool:
        return sum(self.places) * _SOUND_BYTES <= len(self.data)


def mend(data: bytes) -> Mended:
    """Return UTF-8 with its surrogate pairs joined, and every run of bytes that are not valid as one U+FFFD."""
    whole, places, characters = BytesIO(), list[int](), 0
    for text in decoded_pieces(_SURROGATE_PAIR.sub(_joined, data), "utf-8", "surrogateescape"):
        found = [len(run) for run in _BAD_BYTES.findall(text)]
        piece = _BAD_BYTES.sub("\ufffd", text).encode()
        whole.write(piece)
        places += found
        characters += len(piece) - len(piece.translate(None, _FIRST_BYTES)) - len(found)
    return Mended(whole.getvalue(), tuple(places), characters)


def _joined(pair: re.Match[bytes]) -> bytes:
    return pair[0].decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16").encode()


def looks_western(data: bytes) -> bool:
    """Return whether everything beyond ASCII in a mostly English text is what Windows-1252 would have there."""
    if data[-1] in _FIRST_BYTES or _HALF_PAIR.search(data):  # UTF-8 that was cut
        return False
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return all(character < "\x80" for character in _TYPOGRAPHIC.sub("", text))
