"""Share what `sniff` of a format has found with its `parse`, which is called right afterwards."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

# Function → the object that it was last asked about, and its answer.
_LAST: Final[dict[Callable[..., Any], tuple[Any, Any]]] = {}


def once(find: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """Keep the last answer and give it again for the very same object; a cache by value would hash whole files."""

    @wraps(find)
    def found(asked: Asked) -> Answer:
        known = _LAST.get(find)  # one tuple, read once: threads cannot mix question and answer
        if known is None or known[0] is not asked:
            known = _LAST[find] = (asked, find(asked))
        answer: Answer = known[1]
        return answer

    return found


def forget() -> None:
    """Release the last objects, whole files among them, while a process waits for its next piece of work."""
    _LAST.clear()
