"""Detect the language of a text by letters that it alone has among those written in its alphabet, or none.

It reads Cyrillic, Arabic and Devanagari, and alphabets that nearly all texts of one language are in.
"""

from collections import Counter
from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_LONGEST: Final = 8_000
_FEWEST: Final = 40  # letters of a sentence
_FEWEST_DECISIVE: Final = 5
_MOSTLY: Final = 20  # how many decisive letters stand for one that the language lacks: names, quotations


class _Letters(NamedTuple):
    """A language by the letters that its texts have among those of its alphabet, and those that they lack."""

    tag: str
    own: frozenset[str]
    lacking: frozenset[str]


def _letters(tag: str, own: str, lacking: str) -> _Letters:
    return _Letters(tag, frozenset(own), frozenset(lacking))


# The first and the last character of a block (Unicode, Blocks.txt), and the languages that are told apart in it.
_CYRILLIC: Final = (
    _letters("ru", "ыэё", "іїєґўјљњћђџѓќѕәғқңөұүһ"),
    _letters("uk", "іїєґ", "ыэёъўјљњћђџѓќѕәғқңөұүһ"),
    _letters("be", "ўі", "иїєґщъјљњћђџѓќѕәғқңөұүһ"),
    _letters("bg", "ъ", "ыэёіїєґўјљњћђџѓќѕәғқңөұүһ"),
    _letters("sr", "јљњћђ", "ыэёіїєґўйщъьюяѓќѕәғқңөұүһ"),
    _letters("mk", "ѓќѕ", "ыэёіїєґўйщъьюяћђәғқңөұүһ"),
)
_ARABIC: Final = (
    _letters("ar", "يكةىإأ", "پچژگکیٹڈڑںےہھټډړږښڼېۍۆێەڵڕۇۈ"),
    _letters("fa", "پچگکی", "يكةىٹڈڑںےہھټډړږښڼېۍۆێەڵڕۇۈ"),
    _letters("ur", "ٹڈڑںےہھ", "يكةىټډړږښڼېۍۆێەڵڕۇۈ"),
)
_YIDDISH: Final = "\u05f0\u05f1\u05f2\ufb2e\ufb2f"  # two letters in one, and alef with its vowels
_ALPHABETS: Final[tuple[tuple[str, str, tuple[_Letters, ...]], ...]] = (
    ("\u0370", "\u03ff", (_letters("el", "άέήίόύώς", ""),)),
    ("\u0400", "\u04ff", _CYRILLIC),
    ("\u0531", "\u058f", (_letters("hy", "աեիոն", ""),)),
    ("\u05d0", "\u05f4", (_letters("he", "יוהלמא", _YIDDISH),)),
    ("\u0620", "\u06d5", _ARABIC),
    ("\u0900", "\u0963", ()),  # by words
    ("\u0e01", "\u0e4e", (_letters("th", "านรกอ", ""),)),
    ("\u10d0", "\u10ff", (_letters("ka", "აეიოს", ""),)),
)
_OF_ALPHABETS: Final = late_pattern("[\u0370-\u10ff\u1c90-\u1cbf]")  # the latter are capitals
# Words of the languages in Devanagari that each has in nearly every sentence, and the others have not.
_IN_DEVANAGARI: Final = MappingProxyType(
    {
        **dict.fromkeys(("है", "हैं", "में", "और", "का", "की", "से", "था", "थी"), "hi"),
        **dict.fromkeys(("आहे", "आहेत", "आणि", "होते", "होता", "नाही", "त्या", "तर"), "mr"),
        **dict.fromkeys(("छ", "छन्", "भएको", "गरेको", "थियो", "पनि", "लागि", "हुन्छ"), "ne"),
    }
)


def language_by_letters(text: str) -> str | None:
    """Return the language that most of a text is surely in, by its letters: `ru`, `uk`, `he`, `fa` and others."""
    text = text[:_LONGEST]
    if not _OF_ALPHABETS.search(text):
        return None
    text = text.replace("\u05d0\u05b7", "\ufb2e").replace("\u05d0\u05b8", "\ufb2f")
    counts = Counter(filter(str.isalpha, text.lower()))
    by_alphabet = [
        sum(count for letter, count in counts.items() if first <= letter <= last) for first, last, _ in _ALPHABETS
    ]
    most = max(by_alphabet)
    if most < _FEWEST or 2 * most < counts.total():
        return None
    languages = _ALPHABETS[by_alphabet.index(most)][2]
    if not languages:
        return _by_words(text)
    found = [one.tag for one in languages if _is_written_in(one, counts)]
    return found[0] if len(found) == 1 else None


def _is_written_in(language: _Letters, counts: Counter[str]) -> bool:
    own, lacking = (sum(map(counts.__getitem__, letters)) for letters in (language.own, language.lacking))
    return own >= _FEWEST_DECISIVE and own >= _MOSTLY * lacking


def _by_words(text: str) -> str | None:
    tags = Counter(tag for word in text.replace("।", " ").split() if (tag := _IN_DEVANAGARI.get(word.strip(",.?!;:"))))
    (tag, count), *others = [*tags.most_common(2), ("", 0)]
    return tag if count >= _FEWEST_DECISIVE and count >= _MOSTLY * others[0][1] else None
