"""Keep what was made on demand for one build, up to a number of bytes."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Final

from refeed.pages.rendering import Visit
from refeed.serve.http.conditions import Resource

_MOST_BYTES: Final = 2**24  # beyond that all are dropped


class ResourceCache:
    """What is made of one Published on demand: once for the same visit, however many ask at once."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._made: dict[tuple[str, Visit | None], asyncio.Task[Resource | None]] = {}

    async def get(
        self, path: str, visit: Visit | None, make: Callable[[], Coroutine[None, None, Resource | None]]
    ) -> Resource | None:
        """Return what is made, None if there is nothing; what is the same for all visits has none in its key."""
        key = (path, visit)
        task = self._made.get(key)
        if task is None:
            task = self._made[key] = asyncio.create_task(make())
            task.add_done_callback(partial(self._tidy, key))
        return await asyncio.shield(task)  # who hangs up ends it for nobody else

    def _tidy(self, key: tuple[str, Visit | None], task: "asyncio.Task[Resource | None]") -> None:
        """Forget a page that was not found; where all pages are too large together, forget the others."""
        if task.cancelled() or task.exception() or task.result() is None:
            self._made.pop(key, None)
            return
        done = {other: page for other, made in self._made.items() if made.done() and (page := made.result())}
        if sum(page.size for page in done.values()) > _MOST_BYTES:
            for other in done.keys() - {key}:
                del self._made[other]
