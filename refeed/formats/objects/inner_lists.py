"""Find the lists of objects within a JSON object, one after another, and what stands around each.

A list may be an object, too, with a key for each of its objects, as databases write it: `{"-Nx1": {"title": …}, …}`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from refeed.formats.headers.json import ListItem, read_list, read_members, read_scalars
from refeed.formats.objects.of_readers import LISTS, are_comments
from refeed.formats.publication.stated import withheld
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_DEEPEST: Final = 12  # brackets around a list: each text is read once for every list that it is in
_MAPS: Final = 40  # objects that are looked into as if they were lists; most are none
_TRIED: Final = 5  # items
_TOO_DEEP: Final = 400  # brackets in which nothing is looked for any more: no export has as many

_LIST: Final = late_pattern(
    r'"(?P<key>[^"\\\n]{1,80})"(?>\s*):(?>\s*)(?:\[(?=(?>\s*)\{)|(?P<map>\{(?=(?>\s*)"[^"\\\n]{1,200}"(?>\s*):(?>\s*)\{)))'
    r'|\A(?>\s*)(?P<whole>\{)(?=(?>\s*)"[^"\\\n]{1,200}"(?>\s*):(?>\s*)\{)'
)
# A string, which is passed over, or a bracket.
_BRACKET: Final = late_pattern(r'"(?>[^"\\]*)(?>(?:\\.(?>[^"\\]*))*)(?:"|\Z)|[\[{\]}]', re.DOTALL)
_KEY_BEFORE: Final = late_pattern(r'"([^"\\\n]{1,80})"(?>\s{0,20}):\s{0,20}\Z')
_KEY_WITHIN: Final = 130  # characters before a bracket
_WORDS: Final = late_pattern(r"[A-Z]?[a-z]+|[A-Z]+|[^\W\d_A-Za-z]+")  # trashedNotes, my_drafts
_WHO_READS: Final = ("public", "private", "visibility")  # of a blog in an export of several (Write.as)
_NAMES: Final = ("title", "name")
_OF_CHATS: Final = ("type", "channel")
_ASKED: Final = frozenset({*_WHO_READS, *_NAMES, *_OF_CHATS})  # of the object that holds a list
_LONGEST: Final = 4096  # characters of an object in which a chat describes its channel
_MESSAGES: Final = "messages"
_PUBLIC: Final = "public"  # what Telegram's types of public chats begin with: public_channel, public_supergroup


class InnerList(NamedTuple):
    """Where a list of objects begins, and what the objects around it say of it."""

    start: int  # characters
    opened: tuple[int, ...]  # where the brackets begin that are open here, the list's own last
    name: str = ""  # of the object that holds the list
    withheld: Problem | None = None
    is_map: bool = False  # an object, with a key for each
    key: str = ""
    known: Mapping[int, Mapping[str, Any]] = {}  # what open objects say, by where they begin: each is asked once

    def items(self, text: str) -> Iterator[ListItem]:
        """Yield every item of the list."""
        return (read_members if self.is_map else read_list)(text, self.start)


def next_list(
    text: str, at: int, holds_articles: Callable[[Iterator[ListItem]], bool], last: InnerList | None = None
) -> InnerList | None:
    """Return the next list of articles behind the last one, if there was one."""
    maps, opened = 0, last.opened if last else ()
    for found in _LIST.finditer(text, at):
        key, is_map = found["key"] or "", found["map"] is not None or found["whole"] is not None
        maps += is_map
        if (is_map and maps > _MAPS) or key.lower() in LISTS:
            continue
        at, opened = found.end(), _opened(text, at, found.end(), opened)
        if len(opened) > _TOO_DEEP:
            return None
        inner = InnerList(found.end(), opened, is_map=is_map, key=key, known=last.known if last else {})
        if len(opened) <= _DEEPEST and holds_articles(inner.items(text)) and not _are_comments(inner, text):
            return with_what_holds_it(inner, text)
    return None


def _are_comments(inner: InnerList, text: str) -> bool:
    values = (item.value for item in islice(inner.items(text), _TRIED))
    return are_comments(inner.key, (value for value in values if isinstance(value, dict)))


def with_what_holds_it(inner: InnerList, text: str) -> InnerList:
    """Return a list with what the object around it says, before the list and after it, as far as the text goes."""
    known = {start: inner.known[start] for start in inner.opened if start in inner.known}
    around: Mapping[str, Any] = {}
    if len(inner.opened) > 1:
        start = inner.opened[-2]
        around = known[start] if start in known else read_scalars(text, start, _ASKED, _LONGEST)
        known[start] = around
    name = next((name for key in _NAMES if isinstance(name := around.get(key), str)), "")
    return inner._replace(name=name, withheld=_why_withheld(text, inner.opened, inner.key, around), known=known)


def _opened(text: str, at: int, end: int, opened: tuple[int, ...]) -> tuple[int, ...]:
    """Return where the brackets begin that are open at the end of a part."""
    still_open = [*opened]
    for match in _BRACKET.finditer(text, at, end):
        if match[0] in {"[", "{"}:
            still_open.append(match.start())
        elif match[0] in {"]", "}"} and still_open:
            still_open.pop()
    return tuple(still_open)


def _why_withheld(text: str, opened: tuple[int, ...], key: str, around: Mapping[str, Any]) -> Problem | None:
    """Return why nothing in a list is published: the name of the list, or the kind of chat that it is of."""
    kind = _kind_of_chat(around) if key == _MESSAGES else ""
    if kind and not kind.startswith(_PUBLIC):
        return Problem("private", f"a chat of type: {kind[:40]}")
    said = {name: str(value).lower() for name in _WHO_READS if isinstance(value := around.get(name), bool | str)}
    if problem := withheld(said, "what holds the list"):
        return problem
    keys = (_KEY_BEFORE.search(text, max(0, start - _KEY_WITHIN), start) for start in opened)
    for name in (found[1] for found in keys if found):
        for word in _WORDS.findall(name):
            if problem := withheld({word.lower(): "true", "status": word.lower()}):
                return Problem(problem.code, f"it is in a list named {name}")
    return None


def _kind_of_chat(around: Mapping[str, Any]) -> str:
    """Return the type that a chat states: its own (Telegram), or that of its channel (Discord)."""
    channel = around.get("channel")
    kind = around.get("type") or (channel.get("type") if isinstance(channel, dict) else "")
    return kind if isinstance(kind, str) else ""
