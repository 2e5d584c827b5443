"""Recognise notes that are conversations: chats as programs export or copy them, and mails with their heads.

Its first lines tell: each message begins with a moment and a name, or the head with whom it is from and to. What a post
quotes further down tells nothing, nor do times without names, names without times, or a letter's reader alone.
"""

from collections.abc import Sequence
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

_LOOKED_AT: Final = 8_000  # characters
_LINES: Final = 20
_LONGEST: Final = 400  # of a line
_BEFORE: Final = 3  # lines that may stand above the first message: that all is encrypted, who came in
_OF_HEAD: Final = 12  # lines

# Days as the country of a telephone writes them, and a clock: `12/03/23, 10:15:03`, `02-Feb-24 10:00 AM`. Narrow blanks
# may stand in them, and marks of direction or of Markdown before and behind.
_MARKS: Final = r"[\ufeff\u200e\u200f*_\s]{0,6}"
_END: Final = r"[*_]{0,2}"
_CLOCK: Final = (
    r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:[ \u00a0\u202f]?[AaPp]\.?[ \u00a0\u202f]?[Mm]\.?)?"
    r"(?: UTC[+-][0-9:]{1,5})?"
)
_DAY: Final = r"[0-9]{1,4}[./-](?:[0-9]{1,2}|[A-Z][a-z]{2})[./-][0-9]{1,4}\.?"
_MOMENT: Final = rf"{_DAY},?[ \u00a0\u202fT]{_CLOCK}"
_NAME: Final = r"[^\n:]{1,80}"
_SAYS: Final = rf"{_NAME}:(?=[\s*_]|\Z)"
# WhatsApp, Signal; copies from Telegram; WeChat, QQ.
_WITH_DAY: Final = late_pattern(
    rf"{_MARKS}(?:(?:\[{_MOMENT}\]{_END}|{_MOMENT}{_END} [-\u2013]) {_SAYS}"
    rf"|[^\n\[\]]{{1,80}}, \[{_MOMENT}\]{_END}\Z"
    rf"|{_MOMENT} (?:['\u2018\"][^'\n]{{1,40}}['\u2019\"]|[^\n()<>]{{1,40}}(?:\([0-9]{{5,12}}\)|<[^\s<>]{{1,60}}>))\Z)"
)
# What a program writes among them: that all is encrypted, who comes in.
_WITHOUT_NAME: Final = late_pattern(rf"{_MARKS}(?:\[{_MOMENT}\]{_END}|{_MOMENT}{_END} [-\u2013]) ")
# IRC; chats of meetings in Zoom; copies from Teams.
_OF_TALKS: Final = late_pattern(
    rf"{_MARKS}(?:\[?(?:{_DAY},?[ T])?{_CLOCK}\]?{_END} <[ @+%&~]?[^\s<>]{{1,40}}>(?:\s|\Z)"
    rf"|{_CLOCK}\s{{1,4}}From {_NAME}:(?:\s|\Z)"
    rf"|\[(?:[0-9]{{1,2}}[./-][0-9]{{1,2}},? [0-9]{{1,2}}:[0-9]{{2}}(?: ?[AP]M)?|[0-9]{{1,2}}:[0-9]{{2}} ?[AP]M)\]"
    rf" {_SAYS})"
)
# Programs that export iMessage have the moment alone on a line, and the name below it.
_ALONE: Final = late_pattern(r"[A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4} {1,2}[0-9]{1,2}:[0-9]{2}:[0-9]{2} ?[AP]M(?: \(|\Z)")
_SENTENCE: Final = (".", "!", "?", ":", "。")
_SHORT: Final = 60

_ROLE: Final = late_pattern(
    r"(?:#{1,6} )?[*_]{0,3}(?:(User|You|Me|Human|Prompt)"
    r"|ChatGPT|Assistant|Claude|Copilot|DeepSeek|Gemini|GPT-?[0-9.o]{1,4}|Grok)(?: said)?[*_]{0,3}(?::|\Z)"
)
# What exports of LINE and Discord begin with, and what stands below it.
_PROGRAMS: Final = MappingProxyType(
    {"[LINE]": ("Saved on", "保存日時", "儲存日期", "저장한 날짜"), "Guild:": ("Channel:",)}
)
# A line `Name: …`, emphasised or not; one that says whom a mail is from, in several languages.
_STATED: Final = late_pattern(r"[*_| -]{0,6}[^\W\d][\w -]{0,30}[*_]{0,3} ?[:：]")
_FROM: Final = late_pattern(r"[*_| -]{0,6}(?:From|Von|De|Da|Van|发件人|寄件者|差出人)[*_]{0,3} ?[:：]")
_TO: Final = late_pattern(
    r"(?:\A[*_| -]{0,6}|[*_| ][*_]{1,3})(?:To|An|À|A|Para|Aan|收件人|收件者|宛先)[*_]{0,3} ?[:：]"
)
_OF_MAIL: Final = late_pattern(
    r"[\w.+-]{1,64}@[\w-]"
    r"|\A[*_| -]{0,6}(?:Subject|Sent|Cc|Message-ID|Betreff|Gesendet|Objet|Envoyé|Asunto|Enviado|主题|主旨|件名)"
    r"[*_]{0,3} ?[:：]"
)
_OF_LISTS: Final = ("list-id:", "list-post:", "list-unsubscribe:", "newsgroups:")
# As WhatsApp names its files.
_NAMED: Final = late_pattern(
    r"WhatsApp[ -]Chat (?:with|mit) |WhatsApp-chat met |Discussion WhatsApp avec |Chat (?:de )?WhatsApp con "
    r"|Conversa do WhatsApp com "
)


def why_message(text: str, name: str) -> Problem | None:
    """Return why a note is somebody's message, by what stands below its heading and by the name of its file."""
    if _NAMED.search(name):
        return Problem("private", "the name of the file says that it is a chat")
    lines = [line[:_LONGEST].rstrip() for line in text[:_LOOKED_AT].split("\n") if any(map(str.isalnum, line))][:_LINES]
    if _is_chat(lines):
        return Problem("private", "a chat: its lines say when somebody wrote them, and who")
    if _is_mail(lines):
        return Problem("private", "a mail: its first lines say whom it is from, and to")
    return None


def _is_chat(lines: Sequence[str]) -> bool:
    first = lines[0].lstrip("\ufeff") if lines else ""
    if _ROLE.match(first):
        return len({role[1] is None for line in lines if (role := _ROLE.match(line))}) > 1
    if first.startswith("WEBVTT"):
        return any(" --> " in line for line in lines)
    second = next((second for begins, second in _PROGRAMS.items() if first.startswith(begins)), None)
    return any(line.startswith(second) for line in lines[:_BEFORE]) if second else _has_messages(lines)


def _has_messages(lines: Sequence[str]) -> bool:
    """Return whether two of the first lines begin messages, or one does below a line that the program has written."""
    found = [number for number, line in enumerate(lines) if _WITH_DAY.match(line) or _OF_TALKS.match(line)]
    if not found:
        found = [
            number for number in range(len(lines) - 1) if _ALONE.match(lines[number]) and _is_name(lines[number + 1])
        ]
    if not found or found[0] > _BEFORE:
        return False
    if found[0] == 0 and _WITH_DAY.match(lines[0]):
        return True
    return len(found) > 1 or (found[0] > 0 and all(_WITHOUT_NAME.match(line) for line in lines[: found[0]]))


def _is_name(line: str) -> bool:
    return len(line) <= _SHORT and not line.endswith(_SENTENCE)


def _is_mail(lines: Sequence[str]) -> bool:
    head = [*takewhile(_STATED.match, lines[:_OF_HEAD])]
    has_both = any(map(_FROM.match, head)) and any(map(_TO.search, head))
    is_public = any(line.lower().startswith(_OF_LISTS) for line in lines)
    return has_both and any(map(_OF_MAIL.search, head)) and not is_public
