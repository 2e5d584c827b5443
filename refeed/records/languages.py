"""Turn what people write for a language into a tag of BCP 47; a word that names none gives none."""

import re
from types import MappingProxyType
from typing import Final

# ISO 639-1, the first subtag of a tag where there is one of two letters (RFC 5646, 2.2.1), and languages of many people
# that have three letters only.
_CODES: Final = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id
    ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu
    lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu
    rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr
    ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ast bho ckb cmn fil gsw haw hsb kab mai nan
    nds pap sah scn wuu yue
    """.split()  # noqa: SIM905  a column of quoted words would be no table
)
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
_SEVERAL: Final = re.compile(r"[,;/|\s]")
# RFC 5646, 2.1: a language, perhaps a script, a region, and variants.
_TAG: Final = re.compile(r"([A-Za-z]{2,3})(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|[0-9]{3}))?((?:-[A-Za-z0-9]{5,8}){0,3})")


def language_tag(text: str) -> str | None:
    """Return the tag of the first language that a text names: `zh_CN` and `en_US.UTF-8` are what they look like."""
    for part in _SEVERAL.split(text.strip()):
        word = part.partition(".")[0].replace("_", "-")
        if tag := _MEANT.get(word.casefold()) or _written(word):
            return tag
    return None


def _written(word: str) -> str | None:
    tag = _TAG.fullmatch(word)
    if tag is None or tag[1].lower() not in _CODES:
        return None
    script, region, variants = (tag[2] or "").title(), (tag[3] or "").upper(), (tag[4] or "").lower()
    return tag[1].lower() + script + region + variants
