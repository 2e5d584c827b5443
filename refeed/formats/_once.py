"""Let `sniff` and `parse` of a format share what they find, though they are called one after the other."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def once(find: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """Keep the last answer and give it again for the very same object; a cache by value would hash whole files."""
    last: tuple[Asked, Answer] | None = None

    @wraps(find)
    def found(asked: Asked) -> Answer:
        nonlocal last
        known = last  # one tuple, read once: threads cannot mix question and answer
        if known is None or known[0] is not asked:
            known = last = (asked, find(asked))
        return known[1]

    return found
