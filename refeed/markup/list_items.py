"""Let what four blanks indent belong to the item above, as Python-Markdown reads it, wherever the item's text begins.

In CommonMark (0.31.2, 5.2) it would be code below the list if the text of the item begins further to the right.
"""

import re
from typing import Final

_ITEM: Final = re.compile(r" {0,3}([-*+]|[0-9]{1,9}[.)]) {1,4}(?=\S)")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_NESTED: Final = re.compile(r" {4,}(?:`{3}|~{3}|[-*+] +\S|[0-9]{1,9}[.)] +\S)")  # a fence or an item: nobody's code
_INDENT: Final = 4


def align_items(text: str) -> str:
    """Move the text of items to the left that have a fence or a list below it, further to the left than it."""
    lines = text.split("\n")
    item, is_after_blank, fence = -1, False, ""  # the item's line, if its text begins too far to the right
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence, item = mark[1], -1
        elif found := _ITEM.match(line):
            item = number if found.end() > _INDENT else -1
        elif item >= 0 and is_after_blank and line.strip():
            begins = len(line) - len(line.lstrip(" "))
            if begins < _INDENT:
                item = -1
            elif begins < _text_of(lines[item]) and _NESTED.match(line):
                lines[item] = _ITEM.sub(lambda found: f"{found[1]} ".ljust(_INDENT), lines[item], count=1)
                item = -1
        is_after_blank = not line.strip()
    return "\n".join(lines)


def _text_of(line: str) -> int:
    """Return where the text of an item begins."""
    found = _ITEM.match(line)
    return found.end() if found else 0
