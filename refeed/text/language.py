"""Detect the language of an article from its visible text, or none: Chinese in either script, English and more."""

import re
from collections.abc import Iterator
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.text.orthographies import SIMPLIFIED, TRADITIONAL

# Enough to be sure of any article, and a bound for the huge ones.
_LONGEST: Final = 8_000
# Too few of these and the text is a caption, a list of names, a remark.
_FEWEST_CHARACTERS: Final = 40
_FEWEST_WORDS: Final = 40
_FEWEST_DECISIVE: Final = 8
_FEWEST_FOREIGN: Final = 5

# Of whole languages that stand in another script than is stated: how much more there has to be of that.
_PLAINLY: Final = 10
_BEGINNING: Final = 2_000  # characters that tell it, nearly always
_IN_ASIAN: Final = frozenset({"cmn", "gan", "hak", "ja", "ko", "lzh", "nan", "wuu", "yue", "zh"})
_IN_LATIN: Final = frozenset(
    {"ca", "cs", "da", "de", "en", "es", "et", "eu", "fi", "fr", "ga", "gl", "hr", "hu", "id", "is", "it", "lt", "lv"}
    | {"nb", "nl", "nn", "no", "pl", "pt", "sk", "sl", "sv", "sw", "tl", "tr", "vi"}
)
_NO_LANGUAGES: Final = frozenset({"art", "i", "mis", "mul", "und", "x", "zxx"})
_SCRIPT_TAGS: Final = frozenset(
    {"cyrl", "hang", "hani", "hans", "hant", "jpan", "kore", "latn"} | {"pinyin", "wadegile"}
)

_ORTHOGRAPHIES: Final = (
    ("zh-Hans", frozenset(SIMPLIFIED), late_pattern(f"[{SIMPLIFIED}]")),
    ("zh-Hant", frozenset(TRADITIONAL), late_pattern(f"[{TRADITIONAL}]")),
)
_SAMPLE: Final = 250  # characters that tell which of them most of a text is in, nearly always

# Words of running English on any subject, about one word in four of it. Missing on purpose: words that programs are
# made of (and, for, from, if, in, is, not, or, this, with …), as code is no English, and words that another language
# has as well (a, me, on, so).
_ENGLISH: Final = frozenset(
    {
        "about", "after", "also", "an", "are", "be", "because", "been", "before", "but", "by", "can", "could", "did",
        "had", "has", "have", "he", "her", "his", "into", "it", "its", "more", "most", "of", "our", "she", "some",
        "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "those", "to", "was", "we",
        "were", "what", "when", "which", "while", "who", "will", "would", "you", "your",
    }
)  # fmt: skip

# Frequent words of other languages in Latin script, one language after the other, a shared word once; a word with an
# accent counts as one of them anyway. Missing: what English articles have as a word, a name or an abbreviation (die,
# van, Yang, UN, MIT, .com).
_FOREIGN: Final = frozenset(
    {
        "als", "auf", "aus", "das", "dem", "der", "ein", "eine", "einen", "ist", "nach", "nicht", "sich", "sind",
        "und", "von", "wird", "zum",
        "avec", "cette", "dans", "des", "du", "est", "et", "la", "le", "les", "leur", "mais", "pas", "que", "qui",
        "sont", "sur", "une",
        "como", "con", "del", "el", "en", "esta", "las", "los", "pero", "por", "una",
        "anche", "che", "della", "delle", "di", "gli", "nel", "sono",
        "da", "em", "foi", "pela", "pelo", "uma",
        "aan", "een", "het", "maar", "naar", "niet", "ook", "uit", "voor", "wordt", "zijn",
        "det", "ett", "ikke", "och", "og", "som",
        "adalah", "akan", "dari", "dengan", "ini", "itu", "oleh", "pada", "tidak", "untuk",
        "ang", "mga",
        "dla", "jak", "jest", "nie", "oraz", "przez",
        "katika", "kwa",
        "bir", "daha",
    }
)  # fmt: skip
_KNOWN: Final = {**dict.fromkeys(_FOREIGN, "foreign"), **dict.fromkeys(_ENGLISH, "english")}

# A pattern that begins with one character of a class is found in half the time of one that begins with several.
_LETTER: Final = "[a-z\u00df-\u00f6\u00f8-\u024f\u0300-\u036f\u1e00-\u1eff]"
_WORD: Final = late_pattern(f"{_LETTER}{_LETTER}*")
# These letters in Latin-1, in lower case, and a blank for all else in it.
_LETTERS: Final = "".join(
    letter if letter.isalpha() and letter not in "\u00aa\u00b5\u00ba" else " "
    for letter in map(str.lower, map(chr, range(256)))
).encode("latin-1")
# High bytes of the others in UTF-16, and the only characters beyond these that are such letters in lower case.
_BEYOND_LATIN_1: Final = b"\x01\x02\x03\x1e"
_CAPITALS_BEYOND: Final = "\u212a\u212b\u2c7e\u2c7f"


class _Script(NamedTuple):
    """Where in Unicode the letters of a script are."""

    name: str
    pages: bytes  # high bytes, in UTF-16, of characters that are all its own
    shared: bytes  # high bytes of others
    letters: re.Pattern[str]  # runs of its own among these
    single: str = ""  # its own letters among marks of punctuation, which nearly all texts in it have


def _run(letters: str) -> re.Pattern[str]:
    return late_pattern(f"[{letters}][{letters}]*")


# Unicode blocks (Scripts.txt). The middle dot and the long-vowel mark of kana are missing: Chinese has them in names.
# "other" runs from Greek to the scripts of South East Asia, without the Korean letters between them.
_SCRIPTS: Final = (
    _Script(
        "han",
        bytes([*range(0x34, 0x4D), *range(0x4E, 0xA0), 0xF9, 0xFA]),
        b"\x4d\xd8",
        _run("\u4d00-\u4dbf\U00020000-\U0003ffff"),
        single="\u3005\u3007",
    ),
    _Script("hangul", bytes([0x11, *range(0xAC, 0xD7)]), b"\x31\xd7", _run("\u3131-\u318e\ud700-\ud7a3")),
    _Script("kana", b"", b"\x30\xff", _run("\u3041-\u3096\u30a1-\u30fa\uff66-\uff6f\uff71-\uff9d")),
    _Script("other", bytes([*range(0x04, 0x11), *range(0x12, 0x1D)]), b"\x03", _run("\u0370-\u03ff")),
)


class _Tally(NamedTuple):
    """How many characters of each script, and how many words in Latin script, a text has."""

    text: str
    han: int
    hangul: int
    kana: int
    other: int
    words: int
    english: int
    foreign: int


def detect_language(text: str) -> str | None:
    """Return the language most of a text is surely written in: "en", "ja", "ko", "zh-Hans", "zh-Hant", or None."""
    tally = _tally(text[:_LONGEST])
    asian, latin, other = _amounts(tally)  # three quarters will do
    if asian >= 3 * (latin + other):
        return _asian(tally)
    if latin >= 3 * (asian + other):
        return _english(tally)
    return None


def is_in_another(text: str, tag: str) -> bool:
    """Return whether a text is surely in another language than a tag (BCP 47) says, if that is one of those above."""
    tally = _tally(text[:_LONGEST])
    asian, latin, other = _amounts(tally)
    match tag.partition("-")[0].lower():
        case "en":
            is_latin = latin >= asian + other
            return (tally.foreign >= _FEWEST_FOREIGN and tally.foreign > 2 * tally.english) if is_latin else True
        case "ja" | "ko" | "zh":
            return latin + other > 3 * asian
    return False


def is_ruled_out(text: str, tag: str) -> bool:
    """Return whether a text is written in a script in which nobody writes the language of a tag (BCP 47)."""
    language, *subtags = tag.lower().split("-")
    if language in _NO_LANGUAGES or not _SCRIPT_TAGS.isdisjoint(subtags):
        return False
    return all(_has_other_script(part, language) for part in (text[:_BEGINNING], text[:_LONGEST]))


def _has_other_script(text: str, language: str) -> bool:
    if language in _IN_LATIN and text.isascii():  # nearly always
        return False
    tally = _tally(text)
    asian, latin, other = _amounts(tally)
    if language in _IN_ASIAN:
        clear = tally.words >= _FEWEST_WORDS or other >= _FEWEST_CHARACTERS
        return clear and latin + other >= _PLAINLY * asian
    is_asian = asian >= _FEWEST_CHARACTERS and asian >= max(2 * tally.words, _PLAINLY * (latin + other))
    is_other = other >= _FEWEST_CHARACTERS and other >= max(tally.words, _PLAINLY * (latin + asian))
    return is_asian or (language in _IN_LATIN and is_other)


def _amounts(tally: _Tally) -> tuple[int, int, int]:
    """Return how much prose is in Chinese, Japanese and Korean letters, in Latin, and in others.

    Measured in Chinese characters: a word of English says what one and a half of them say, and one word in four is in
    its list; three letters of another alphabet say what one of them says.
    """
    return tally.han + tally.hangul + tally.kana, 6 * (tally.english + tally.foreign), tally.other // 3


def _tally(text: str) -> _Tally:
    pages = b"" if text.isascii() else text.encode("utf-16-le", "surrogatepass")[1::2]
    words = _words(text, pages)
    known = list(map(_KNOWN.get, words))
    return _Tally(
        text,
        **dict(_count_scripts(text, pages)),
        words=len(words),
        english=known.count("english"),
        foreign=known.count("foreign") + (len(words) - sum(map(str.isascii, words)) if pages else 0),
    )


def _words(text: str, pages: bytes) -> list[str]:
    """Return the words in Latin script, in lower case; to part those of Latin-1 as bytes takes a fifth of the time."""
    if any(map(pages.__contains__, _BEYOND_LATIN_1)) or any(map(text.__contains__, _CAPITALS_BEYOND)):
        return _WORD.findall(text.lower())
    return text.encode("latin-1", "replace").translate(_LETTERS).decode("latin-1").split()


def _count_scripts(text: str, pages: bytes) -> Iterator[tuple[str, int]]:
    """Count the characters of each script, nearly all by their high bytes, which takes a tenth of the time."""
    pages = pages.translate(None, b"\0")
    for script in _SCRIPTS:
        others = pages.translate(None, script.pages)
        is_shared = any(map(others.__contains__, script.shared))
        shared = sum(map(len, script.letters.findall(text))) if is_shared else 0
        yield script.name, len(pages) - len(others) + shared + sum(map(text.count, script.single))
        pages = others


def _asian(tally: _Tally) -> str | None:
    """Detect Japanese and Korean by their own letters; Han without more than a sliver of those is Chinese."""
    letters = tally.han + tally.hangul + tally.kana
    # Words that are in no list may be code, or a language that nobody listed.
    if letters < _FEWEST_CHARACTERS or tally.words > 3 * letters:
        return None
    if (tally.hangul + tally.kana) * 20 <= letters:
        return _chinese(tally.text)
    # Japanese prose is half kana, official Japanese a third; Korean prose is nearly all hangul.
    if tally.kana * 3 >= letters and tally.hangul * 20 <= letters:
        return "ja"
    if tally.hangul * 10 >= letters * 7 and tally.kana * 20 <= letters:
        return "ko"
    return None


def _chinese(text: str) -> str | None:
    """Detect the script of Chinese by nine tenths of the characters that only one has: quotations have the other."""
    sample = frozenset(text[:_SAMPLE])
    (rare, _, of_rare), (usual, own, of_usual) = sorted(_ORTHOGRAPHIES, key=lambda one: len(one[1] & sample))
    quoted = len(of_rare.findall(text))
    seen = 0
    for character in own & sample:  # the first of them will do, nearly always
        seen += text.count(character)
        if _are_most(seen, quoted):
            return usual
    seen = len(of_usual.findall(text))
    if _are_most(seen, quoted):
        return usual
    return rare if _are_most(quoted, seen) else None


def _are_most(characters: int, others: int) -> bool:
    decisive = characters + others
    return decisive >= _FEWEST_DECISIVE and characters * 10 >= decisive * 9


def _english(tally: _Tally) -> str | None:
    """Return `en` for English prose; None for other languages in Latin script, lists of names, and code."""
    # The list is a quarter of prose, half of that will do; in other languages it is a fiftieth.
    clear = tally.words >= _FEWEST_WORDS and tally.english * 8 >= tally.words
    return "en" if clear and tally.foreign * 4 <= tally.english else None
