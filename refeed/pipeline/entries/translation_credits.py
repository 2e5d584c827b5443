"""Read who wrote a text from the block of credits at its top, as those who translate or reprint write it."""

import re
from collections.abc import Iterator
from typing import Final

from refeed.limits import Limits
from refeed.model import OPENING, Statement
from refeed.records.fields.choose import choose_authors
from refeed.records.fields.names import wording_of
from refeed.startup.late_patterns import late_pattern

_MOST_LINES: Final = 30
_LONGEST: Final = 60  # characters of a name
# What stands at the top of a text before its credits: its title, and pictures.
_ABOVE: Final = late_pattern(r"#[ \t]+\S.*|(?:!\[[^\[\]]*\]\([^()]*\)[ \t]*)+")
_COMMENT: Final = late_pattern(r"<!--(?:(?!-->).){0,1000}-->", re.DOTALL)
_TAG: Final = late_pattern(r"<(/?[a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
_IN_LINE: Final = frozenset({"a", "b", "em", "i", "span", "strong", "u"})
_MARK: Final = late_pattern(r"(?:[>*+-][ \t]+|>|[0-9]{1,2}\.[ \t]+)+")
_EMPHASIS: Final = late_pattern(r"\*\*|__")
_LABELLED: Final = late_pattern(r"([^\W\d_][^:：=/\[\]()<>]{0,29}?) ?[:：=](?!//) ?(.*)")
_PARTS: Final = late_pattern(r"[，；;|｜] ?")
_NO_NAME: Final = late_pattern(r"[。！？!?…\[\]]|://|作者|授[权權]")  # a sentence, an address, a remark on the author

# What parts persons of whom each has a link of his own.
_BETWEEN_LINKS: Final = late_pattern(r"\)[ \t]*(?:[,、&]|and\b|和)[ \t]*(?:and[ \t]+)?(?=\[)")

# Who wrote what was translated.
_AUTHOR: Final = late_pattern(
    r"(?:原文|原)?作者|原?著者|(?:원)?저자|원작자|글쓴이|(?:original )?author|written by"
    r"|автор(?: (?:оригинала|статьи))?|aut(?:o|eu)r[ae]?(?: original[e]?)?",
    re.IGNORECASE,
)
# What only the credits of a text from elsewhere name: who translated it, and where it was at first.
_FROM_ELSEWHERE: Final = late_pattern(
    r"(?:英文)?原文(?:链接|鏈接|連結|地址|网址|網址|标题|標題|日期|出处|出處|来源|來源|作者|リンク)?|原(?:作者|著者|题|題)"
    r"|(?:翻)?[译譯]者|翻[译譯訳]者?|訳者|[译譯]文出自|원(?:문|저자|작자)(?: ?(?:링크|주소))?|번역자?|역자|옮긴이"
    r"|original(?: (?:article|author|link|post|text|title|url))?|translat(?:or|ion)s?|translated by"
    r"|оригинал(?:ьная статья)?|автор оригинала|перевод(?:чик)?"
    r"|(?:art[ií]c(?:ulo|olo|le)|aut(?:o|eu)r[ae]?|artigo) originale?|traduc(?:tor|tora|ción|teur|trice|tion)"
    r"|tradut(?:tore|trice|or|ora)|traduct(?:or|ora|eur|rice|ion)|tradu(?:ção|zione)|originalartikel"
    r"|übersetz(?:er|erin|ung|t von)",
    re.IGNORECASE,
)


def credited_authors(body: str, limits: Limits) -> tuple[str, ...]:
    """Return who wrote a text that was translated or reprinted, where the credits at its very top say so."""
    names: list[str] = []
    label, labels, from_elsewhere = "", 0, False
    for written in _parts_at_top(body):
        labelled = _LABELLED.fullmatch(written)
        label, value = (labelled[1].strip(), labelled[2].strip()) if labelled else (label, written)
        labels += labelled is not None
        told = label if labelled else value  # a link has no label: its words say what it leads to
        from_elsewhere |= _FROM_ELSEWHERE.fullmatch(told) is not None
        if _AUTHOR.fullmatch(label) and _is_name(value):
            names.append(value)
    if labels < 2 or not from_elsewhere:  # many begin with one line that names who wrote them
        return ()
    return choose_authors(tuple(Statement(name, "byline") for name in names), limits).value


def _is_name(value: str) -> bool:
    is_name = 0 < len(value) <= _LONGEST and not _NO_NAME.search(value)
    return is_name and not _FROM_ELSEWHERE.fullmatch(value)


def _parts_at_top(body: str) -> Iterator[str]:
    """Yield the labels with their values up to the first line without one."""
    opening = _COMMENT.sub("", body[:OPENING])
    lines = _TAG.sub(lambda tag: "" if tag[1].strip("/").lower() in _IN_LINE else "\n", opening).split("\n")
    began = False
    for line in [shown for written in lines if (shown := written.strip())][:_MOST_LINES]:
        bare = _EMPHASIS.sub("", _MARK.sub("", line, count=1) if _MARK.match(line) else line)
        text = wording_of(_BETWEEN_LINKS.sub(")；", bare)).strip()
        if not text:
            continue
        if not _LABELLED.fullmatch(text):
            if began or not _ABOVE.fullmatch(line):
                return
            continue
        began = True
        yield from filter(None, map(str.strip, _PARTS.split(text)))
