"""Run work in a thread while nobody else may use what it uses."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from anyio import to_thread

T = TypeVar("T")


async def done_in_thread(work: Callable[[], T], release: Callable[[], object]) -> T:
    """Return what the work returns, and release what it uses once it is done.

    Who is cancelled does not wait for that, but the thread goes on: until it is done, what it uses is in use. When the
    server ends nobody waits for the thread: the process that it asks ends, and so does the work.
    """
    call = asyncio.ensure_future(to_thread.run_sync(work, abandon_on_cancel=True))
    call.add_done_callback(lambda _: release())
    return await asyncio.shield(call)
