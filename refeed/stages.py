"""Work in stages: a generator that pauses between them, so that several pieces of work advance together.

What a stage runs and looks up stays in the caches of the processor then. To make entries one from beginning to end
after the other takes longer, though not one instruction more is run.
"""

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")
Staged = Generator[None, None, T]


def advance(work: Staged[T]) -> T | None:
    """Do the next stage; return the result of the last one, which is never None."""
    try:
        next(work)
    except StopIteration as end:
        result: T = end.value
        return result
    return None


def at_once(work: Staged[T]) -> T:
    """Do all stages of a single piece of work."""
    while (result := advance(work)) is None:
        pass
    return result
