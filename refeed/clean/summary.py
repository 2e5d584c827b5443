"""Summarise an article in a few sentences: its header's own words, else the first sentences of its text."""

import html
import re
from collections.abc import Collection, Iterator
from types import MappingProxyType
from typing import Final

from refeed.html.tree import squeeze
from refeed.markup.plain_words import without_marks
from refeed.model import SafeHtml
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.text.emoji_names import with_emoji
from refeed.text.plain import first_sentences, one_line, plain, sentence_ends, summarise
from refeed.urls import host

# Sanitised HTML: `>` in attributes is escaped.
_TOKEN: Final = late_pattern(r"(?:<(/?)([a-z][a-z0-9]*)[^>]*>)?([^<]*)")  # a tag, and the text behind it
_TARGET: Final = late_pattern(r'<a\b[^>]*? href="([^"]*)"')
# What is no sentence of the article: captions, headings, code, data; readings of characters are not even words.
_KINDS: Final = MappingProxyType(
    {
        "a": "link",
        "caption": "skipped",
        "dt": "skipped",
        "figcaption": "skipped",
        "h1": "skipped",
        "h2": "skipped",
        "h3": "skipped",
        "h4": "skipped",
        "h5": "skipped",
        "h6": "skipped",
        "pre": "skipped",
        "rp": "silent",
        "rt": "silent",
        "rtc": "silent",
        "summary": "skipped",
        "table": "skipped",
    }
)
_ENDS: Final = frozenset(
    {
        *(name for name, markup in _KINDS.items() if markup == "skipped"),
        *{"blockquote", "dd", "details", "div", "dl", "figure", "hr", "li", "ol", "p", "td", "th", "tr", "ul"},
    }
)
_ENOUGH: Final = 2_000  # characters that are looked at
_LONGEST: Final = 500  # characters of a header's own summary
_SHORTEST: Final = 40  # characters that are left without the title
_OPENING: Final = 3  # lines in which the title may stand again
_STOPS: Final = ("。", "！", "？", "…", ".", "!", "?")
_AFTER_TITLE: Final = "。！？.!?】]》:： "
_QUOTES: Final = "\"'“”‘’«»「『《【(（¿¡"

# Tags that feeds escape into their descriptions.
_LETTER: Final = late_pattern(r"\w")
_TAG: Final = late_pattern(
    r"</?(?:a|b|br|div|em|figure|h[1-6]|i|img|li|ol|p|span|strong|u|ul)(?:[\s/][^<>]{0,2000})?>", re.IGNORECASE
)
# What publishing systems write where they cut a text off.
_CUT: Final = late_pattern(
    r"[\s(（\[【]*(?:\[(?:…|\.{3})\]|(?:Continue reading|Read more|Read the rest)(?: [^.!?]{1,120}(?=[→»]))?"
    r"|(?:阅读|閱讀|查看|展开)(?:全文|更多|原文))[\s)）\]】→»>.…]*\Z",
    re.IGNORECASE,
)
# A rule in signs, as videos of YouTube have it between their links and their words.
_RULE: Final = late_pattern(r"(?<!\S)(?:_{5,}|={5,}|-{5,}|~{5,}|\*{5,}|[—–━─═]{3,})(?!\S)")
_HEADING: Final = late_pattern(r"(?:\A|\n)[ \t]*#{1,6}[ \t]+(?=\S)")
_MARKS: Final = late_pattern(r"\*\*\S|\]\([^()\s]|`[^`\n]{1,200}`")
_TAIL: Final = 200  # characters in which that is looked for
# A line that only names who did what, or where a picture is from ("作者：…", "（編輯：…）1091011", "Photo: …"), a line
# of rights, and one that leads to other articles.
_CREDIT: Final = late_pattern(
    r"[（(【\[]?\s*(?:本文|原文)?(?:CDT)?(?:作者|文|文字|撰文|撰稿|记者|記者|编辑|編輯|责编|网编|责任编辑|責任編輯|编译|編譯"
    r"|翻译|翻譯|译者|譯者|译文出自|譯文出自|校对者?|校對者?|审校者?|審校者?|来源|來源|图|圖|图片|圖片|图像来源|图片来源|圖片來源|摄影|攝影|供图|by|photos?|images?"
    r"|source|written by|edited by)\s*[:：/／|｜，]\s*[^。！？!?]{1,40}[)）】\]]?\s*[0-9]{0,8}\s*"
    r"|(?:©|\(c\) ?[0-9]{4}|版权声明|版權聲明).*"
    r"|(?:相关阅读|延伸阅读|推荐阅读|相關閱讀|延伸閱讀|推薦閱讀)\s*[:：]?.{0,40}",
    re.IGNORECASE,
)
# A line of facts, as programs write it above a text: who, when, in which drawer, from where. The last one may say so.
_FACTS: Final = late_pattern(
    r"(?:[^。！？!?]{1,200}[|｜·•]\s*)?[^\w。！？!?]{0,4}"
    r"(?:作者|分类|分類|类别|類別|标签|標籤|关键词|關鍵詞|关键字|(?:最后|最後)?(?:发布|發布|发表|發表|更新|生成|抓取)(?:时间|時間|日期)"
    r"|数据来源|資料來源|原文(?:链接|連結|地址)?|(?:本文)?(?:永久)?(?:链接|連結)|カテゴリー?|タグ|公開日|更新日"
    r"|생성 ?(?:시간|일시)|작성(?:일|자)|출처|태그"
    r"|authors?|categor(?:y|ies)|doi|keywords?|last updated|links?|tags?|topics?|url"
    r"|(?:generated|published|posted|updated)(?: (?:at|on))?"
    r"(?=\s*[:：]\s*(?:[a-z]{3,9},? )?(?:[a-z]{3,9}\.? )?[0-9]))\s*[:：]\s*"
    r"(?:(?!(?<=[a-z]{3})\. )[^。！？!?]){1,200}",
    re.IGNORECASE,
)
# One of these is in each of them, or begins it.
_CREDIT_MARKS: Final = (":", "：", "/", "／", "|", "｜", "，")
_CREDIT_BEGINNINGS: Final = ("©", "(c)", "(C)", "版", "相", "延", "推")
# The same at the end of a line, and an agency's name and day at its beginning.
_CREDIT_AT_END: Final = late_pattern(
    r"[（(](?:编辑|編輯|责任编辑|責任編輯|译者|譯者|翻译|翻譯|编译|編譯|核稿)[:：/][^（）()]{1,40}[)）]\s*[0-9]{0,8}\Z"
)
_DATELINE: Final = late_pattern(
    r"(?:[（(【][^（()）【】]{2,40}(?:[电電讯訊网網]|报[导道]|報[導道])[)）】]\s*){1,3}"
    r"|路透[^\s。]{2,12}日 - |[A-Z][A-Za-z ,.]{1,40} \((?:AFP|AP|Reuters|Xinhua)\) [-–—]{1,2} "
)
# One of these begins each dateline, or is in it; behind the brackets of a credit there are only such characters.
_DATELINE_BEGINNINGS: Final = ("（", "(", "【", "路透")
_AGENCIES: Final = ("(AFP)", "(AP)", "(Reuters)", "(Xinhua)")
_BEHIND_CREDIT: Final = " 0123456789"


# What authors write below the part that their site shows in its lists: Jekyll, Hexo, Hugo, Nikola, Docusaurus, Drupal,
# Pelican, LiveJournal, themes; and the anchors that WordPress and Blogger leave there. Words that mean something else,
# too, are a mark only by themselves.
_PART: Final = "excerpt|intro|lead|preview|summary|teaser"
_MORE: Final = late_pattern(
    r"<!--[ ]*(?:more|read[ -]?more|teaser_end|truncate|end[ _-]?excerpt|excerpt(?:[ _-](?:end|separator))?)\b"
    r"[^<>\n]{0,60}-->"
    rf"|<!--[ ]*(?:(?:pelican[ _-])?end[ _-]?(?:of[ _-])?(?:{_PART})|(?:{_PART})[ _-](?:break|divider|end|separator)"
    rf"|/[ ]?(?:{_PART})|break|cut|fold|jump|mehr|weiterlesen|leer más|leia mais|lire la suite|continua(?: a leggere)?"
    r"|lees (?:meer|verder)|czytaj dalej|(?:читать )?дал(?:ее|і)|кат|(?:阅读|閱讀)?(?:更多|全文)|続きを読む|더 ?보기)"
    r"[ ]*-->"
    r"|\{/\*[ ]*truncate[ ]*\*/\}"
    r"|\{%-?[ ]*(?:cut|more|read_?more|end_?excerpt|truncate)[ ]*-?%\}|\{\{[<%][ ]*(?:more|readmore)[ ]*/?[>%]\}\}"
    r"|^[ ]{0,3}\[{1,2}more\]{1,2}[ \t]*$"
    r"|<(?:a|span)[ ](?:id|name)=[\"']?more(?:-[0-9]{1,9})?[\"']?[ ]*/?>|<lj-cut(?:[ ][^<>]{0,200})?>",
    re.IGNORECASE | re.MULTILINE,
)
# One of these is in each of them, as systems write it: to look for all of them in every text with a link takes long.
_MARKS_OF_ENDS: Final = ("<!--", "{/*", "{%", "{{", "[more", "[MORE", "[More", "=more", '="more', "='more", "<lj-cut")
_BEFORE_MARK: Final = 2_000  # characters of a body, in which the last words of such a part stand
_LAST_WORDS: Final = 16  # letters by which they are found again
_FEWEST_LETTERS: Final = 8
_ANY_TAG: Final = late_pattern(r"<[^<>]{1,2000}>")
_NO_LETTER: Final = late_pattern(r"[\W_]+")


class _Line(NamedTuple):
    """The text of one block."""

    text: str
    prose: bool  # no caption, heading, code or data
    linked: bool  # all of it is links


def summary_of(content: SafeHtml, title: str, captions: Collection[str] = (), raw: str = "") -> str:
    """Return the first sentences of an article: its prose, without what the title has said already.

    `captions` are those of its lines that are captions though their HTML does not tell. In the `raw` body a mark may
    say where the part ends that stands for the whole: there the summary ends, too, if anything is said above it.
    """
    told = {squeeze(caption) for caption in captions}
    lines = [*_lines(content)]
    if told:  # in few articles
        lines = [line._replace(prose=line.prose and squeeze(line.text) not in told) for line in lines]
    lines = [line for line in lines if _LETTER.search(line.text)] or lines  # `--`, `* * *`: rules in words
    excerpt = [line.text for line in _above_mark(lines, raw) if _is_said(line)]
    best = [line.text for line in lines if _is_said(line)]
    for texts in (excerpt, best, [line.text for line in lines if line.prose], [line.text for line in lines]):
        if text := _without_title([bare for text in texts if (bare := _bare(text))], title):
            return first_sentences(text)
    return ""


def _above_mark(lines: list[_Line], raw: str) -> list[_Line]:
    """Return the lines above the mark at the end of an excerpt in a raw body; none where it has no such mark."""
    last_words = _last_words_before_mark(raw)
    if not last_words:
        return []
    ends = (at for at, line in enumerate(lines, 1) if _NO_LETTER.sub("", line.text).endswith(last_words))
    return lines[: next(ends, 0)]


def _is_said(line: _Line) -> bool:
    """Return whether a line is what an article says: no heading, no link alone, no credit."""
    return line.prose and not line.linked and not _is_credit(line.text)


def _last_words_before_mark(raw: str) -> str:
    """Return the last letters before the mark at the end of an excerpt, or ""."""
    mark = _MORE.search(raw) if any(map(raw.__contains__, _MARKS_OF_ENDS)) else None
    if mark is None:
        return ""
    before = raw[max(0, mark.start() - _BEFORE_MARK) : mark.start()]
    words = _NO_LETTER.sub("", html.unescape(_ANY_TAG.sub(" ", before)))
    return words[-_LAST_WORDS:] if len(words) >= _FEWEST_LETTERS else ""


def stated_summary(text: str, *, markdown: bool = False) -> str:
    """Return a header's own summary as plain text; where it was cut off, it ends with an ellipsis.

    That of a Markdown file may have marks.
    """
    text = _RULE.sub(" ", _HEADING.sub("\n", text) if markdown else text)
    text = without_marks(text) if markdown and len(text) <= _LONGEST and _MARKS.search(text) else text
    line = with_emoji(plain(_TAG.sub(" ", text)))
    cut = _CUT.search(line, max(0, len(line) - _TAIL))
    if cut and cut.start():
        line = line[: cut.start()].rstrip()
        line += "" if line.endswith(_STOPS) else "…"
    return summarise(line, _LONGEST)


def _lines(content: str) -> Iterator[_Line]:
    """Read the blocks of clean content, as far as a summary may need them."""
    pieces: list[str] = []
    inside = dict.fromkeys(_KINDS.values(), 0)  # open elements that matter
    targets: list[str] = []  # of the links of this line
    linked, total = True, 0
    for token in _TOKEN.finditer(content):
        closing, name, text = token.groups()
        if name in _ENDS:
            line = _line("".join(pieces))
            if line and not (linked and _hosts(targets).issuperset(line.split())):  # that is what stands for a player
                yield _Line(line, not inside["skipped"], linked)
                total += len(line)
            pieces, targets, linked = [], [], True
            if total > _ENOUGH:
                return
        elif name == "br":
            pieces.append(" ")
        elif name == "a" and (target := _TARGET.match(content, token.start())):
            targets.append(target[1])
        if markup := _KINDS.get(name):
            inside[markup] += -1 if closing else 1
        if text and not inside["silent"]:
            pieces.append(text)
            linked = linked and (inside["link"] > 0 or not text.strip())


def _hosts(targets: list[str]) -> set[str]:
    return {host(html.unescape(target)) or "" for target in targets}


def _line(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _is_credit(line: str) -> bool:
    may_be = line.startswith(_CREDIT_BEGINNINGS) or any(map(line.__contains__, _CREDIT_MARKS))
    if may_be and _CREDIT.fullmatch(line):
        return True
    return (":" in line or "：" in line) and _FACTS.fullmatch(line) is not None


def _bare(line: str) -> str:
    """Leave out an agency's dateline and an editor's credit."""
    if line.startswith(_DATELINE_BEGINNINGS) or any(map(line.__contains__, _AGENCIES)):
        dateline = _DATELINE.match(line)
        line = line[dateline.end() :] if dateline else line
    if line.rstrip(_BEHIND_CREDIT).endswith((")", "）")):
        line = _CREDIT_AT_END.sub("", line)
    return line.strip()


def _without_title(lines: list[str], title: str) -> str:
    """Join lines, without the title again; a title that was cut off begins with the first sentences of the text."""
    stem = squeeze(title.rstrip(".…"))
    if not stem:
        return one_line("\n".join(lines))
    kept = [line for number, line in enumerate(lines) if number >= _OPENING or not _is_title(squeeze(line), stem)]
    text = one_line("\n".join(kept))
    start = _end_of(text, stem)
    if start is None:
        return text
    if title.endswith(("...", "…")):
        start = next((end for end in sentence_ends(text) if end >= start), len(text))
    elif text[start : start + 1] not in _AFTER_TITLE:
        return text
    rest = text[start:].lstrip(_AFTER_TITLE)
    goes_on = not text[start : len(text) - len(rest)].strip() and not _begins_sentence(rest)
    return rest if len(rest) >= _SHORTEST and not goes_on else text


def _begins_sentence(text: str) -> bool:
    """Return whether words that only a blank parts from a title begin a sentence: by a capital, or in Han or kana.

    Others go on with the sentence whose first words the title is, as may those of scripts without capitals.
    """
    first = text.lstrip(_QUOTES)[:1]
    return first.isupper() or (first >= "\u2e80" and not "\uac00" <= first <= "\ud7a3")  # no Hangul


def _is_title(line: str, stem: str) -> bool:
    return len(line) <= len(stem) + 3 and _begins(line.strip("【】[]《》"), stem) and len(line) >= len(stem)


def _begins(text: str, stem: str) -> bool:
    """Return whether a text begins with a title, in which `_` stands for what a file name cannot hold."""
    return len(text) >= len(stem) and all(mine in (theirs, "_") for theirs, mine in zip(text, stem, strict=False))


def _end_of(text: str, stem: str) -> int | None:
    """Return where the title ends at the beginning of a text; white space does not count."""
    beginning = text[: 4 * len(stem)]
    opening = text[:1] in {"【", "[", "《"}
    if not _begins(squeeze(beginning)[opening : len(stem) + opening], stem):
        return None
    positions = [position for position, character in enumerate(beginning) if not character.isspace()]
    return positions[len(stem) + opening - 1] + 1
