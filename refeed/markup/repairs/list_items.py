"""Let list items hold what their writer and other readers than CommonMark's let them hold.

What four blanks indent belongs to the item above, as Python-Markdown reads it; in CommonMark (0.31.2, 5.2) it would be
code below the list if the text of the item begins further to the right. A fence at the margin right below an item is a
part of it where the list goes on right below the fence, as kramdown reads it.
"""

from typing import Final

from refeed.startup.late_patterns import late_pattern, line_pattern

_ITEM: Final = late_pattern(r" {0,3}([-*+]|[0-9]{1,9}[.)]) {1,4}(?=\S)")
_ANY_ITEM: Final = late_pattern(r" *(?:[-*+]|[0-9]{1,9}[.)]) +(?=\S)")
_FENCE: Final = late_pattern(r" {0,3}(`{3,}|~{3,})")
_NESTED: Final = r" {4,}(?:`{3}|~{3}|[-*+] +\S|[0-9]{1,9}[.)] +\S)"  # a fence or an item: nobody's code
_NESTED_LINE: Final = late_pattern(_NESTED)
_ANY_NESTED: Final = line_pattern(_NESTED)
_ITEM_IN_ANOTHER: Final = r"(?: {4}|\t)[ \t]*(?:[-*+]|[0-9]{1,9}[.)]) +\S"
_GOES_ON: Final = late_pattern(_ITEM_IN_ANOTHER)  # right below a fence
_FENCE_GOES_ON: Final = late_pattern(rf"\n(?<=[`~ ]\n){_ITEM_IN_ANOTHER}")
_INDENT: Final = 4


def align_items(text: str) -> str:
    """Move the text of items to the left that have a fence or a list below it, further to the left than it."""
    if not _ANY_NESTED.search(text):
        return text
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
            elif begins < _text_of(lines[item]) and _NESTED_LINE.match(line):
                lines[item] = _ITEM.sub(lambda found: f"{found[1]} ".ljust(_INDENT), lines[item], count=1)
                item = -1
        is_after_blank = not line.strip()
    return "\n".join(lines)


def indent_fences(text: str) -> str:
    """Move fences to the right into the items that they stand in."""
    if not _FENCE_GOES_ON.search(text):
        return text
    lines = text.split("\n")
    item, number = 0, 0  # where the text of the item begins that the line may belong to
    while number < len(lines):
        line = lines[number]
        if opening := _FENCE.match(line):
            end = _end_of_fence(lines, number, opening[1])
            if item and end + 1 < len(lines) and _GOES_ON.match(lines[end + 1]):
                for inside in range(number, end + 1):
                    lines[inside] = " " * item + lines[inside]
            number = end
        elif found := _ANY_ITEM.match(line):
            item = found.end()
        elif not line.strip():
            item = 0
        number += 1
    return "\n".join(lines)


def _end_of_fence(lines: list[str], start: int, mark: str) -> int:
    """Return the line that ends a fence, else the last one."""
    for number in range(start + 1, len(lines)):
        found = _FENCE.match(lines[number])
        if found and found[1].startswith(mark) and not lines[number].strip(" `~"):
            return number
    return len(lines) - 1


def _text_of(line: str) -> int:
    """Return where the text of an item begins."""
    found = _ITEM.match(line)
    return found.end() if found else 0
