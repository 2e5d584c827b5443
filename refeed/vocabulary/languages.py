"""Turn what people write for a language into a BCP 47 tag; a word that names none gives none."""

from collections import Counter
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.language_codes import CODES

# Countries and old codes that people take for languages, words for languages, and three letters where two are meant.
_MEANT: Final = MappingProxyType(
    {
        **dict.fromkeys(("cn", "chs", "简体中文", "简体"), "zh-Hans"),
        **dict.fromkeys(("tw", "hk", "cht", "繁體中文", "繁体中文", "正體中文"), "zh-Hant"),
        **dict.fromkeys(("chinese", "中文", "汉语", "漢語", "chi", "zho"), "zh"),
        **dict.fromkeys(("jp", "japanese", "日本語", "日语", "日文", "jpn"), "ja"),
        **dict.fromkeys(("kr", "korean", "한국어", "韩语", "kor"), "ko"),
        **dict.fromkeys(("english", "英文", "英语", "eng", "us", "gb"), "en"),
        **dict.fromkeys(("german", "deutsch", "ger", "deu"), "de"),
        **dict.fromkeys(("french", "français", "francais", "fre", "fra"), "fr"),
        **dict.fromkeys(("spanish", "español", "espanol", "castellano", "spa"), "es"),
        **dict.fromkeys(("portuguese", "português", "por"), "pt"),
        **dict.fromkeys(("italian", "italiano", "ita"), "it"),
        **dict.fromkeys(("russian", "русский", "rus"), "ru"),
        **dict.fromkeys(("dutch", "nederlands", "nld", "dut"), "nl"),
        **dict.fromkeys(("arabic", "العربية", "ara"), "ar"),
        **dict.fromkeys(("cz", "czech", "ces", "cze"), "cs"),
        "dk": "da",
        "gr": "el",
        "in": "id",  # withdrawn in 1989, still written
        "iw": "he",
        "ji": "yi",
        "se": "sv",
        "ua": "uk",
        "vn": "vi",
    }
)
_SEVERAL: Final = late_pattern(r"[,;/|\s]")
# RFC 5646, 2.1: a language, perhaps a script, a region, and variants.
_TAG: Final = late_pattern(r"([A-Za-z]{2,3})(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|[0-9]{3}))?((?:-[A-Za-z0-9]{5,8}){0,3})")


def language_tag(text: str) -> str | None:
    """Return the tag of the first language that a text names: `zh_CN` and `en_US.UTF-8` are what they look like."""
    for part in _SEVERAL.split(text.strip()):
        word = part.partition(".")[0].replace("_", "-")
        if tag := _MEANT.get(word.casefold()) or _written(word):
            return tag
    return None


def language_of_most(tags: Sequence[str | None]) -> str | None:
    """Return the tag of nine articles in ten, or the language that their tags begin with; the others may be unknown."""
    for shared in (Counter(tags), Counter(tag and tag.partition("-")[0] for tag in tags)):
        tag, count = next(iter(shared.most_common(1)), (None, 0))
        if 10 * count >= 9 * len(tags):
            return tag
    return None


def _written(word: str) -> str | None:
    tag = _TAG.fullmatch(word)
    if tag is None or tag[1].lower() not in CODES:
        return None
    script, region, variants = (tag[2] or "").title(), (tag[3] or "").upper(), (tag[4] or "").lower()
    return tag[1].lower() + script + region + variants
