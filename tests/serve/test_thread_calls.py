"""Who goes away leaves a process to the next only when it is free: two threads would take each other's answers."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from anyio import to_thread

from refeed.pipeline.workers.processes.child_process import ChildProcess
from refeed.serve.on_demand.entries import OnDemand
from refeed.serve.on_demand.provenance import Tracer

Asked = Callable[[], Awaitable[object]]


class HeldChild(ChildProcess):
    """One whose work takes until the test lets it go on."""

    def __init__(self) -> None:
        """Start no process."""
        self.begun, self.go_on = threading.Event(), threading.Event()

    def call(self, *_: Any, **__: Any) -> Any:
        """Do nothing, for long."""
        self.begun.set()
        self.go_on.wait()
        return []


def for_entries(child: ChildProcess) -> Asked:
    on_demand = OnDemand(child)
    return lambda: on_demand.entries(object(), [0])  # type: ignore[arg-type]


def for_provenance(child: ChildProcess) -> Asked:
    tracer = Tracer([child])
    return lambda: tracer.done(list)


@pytest.mark.parametrize("asking", [for_entries, for_provenance])
def test_what_a_process_still_does_for_nobody_keeps_the_next_from_it(
    asking: Callable[[ChildProcess], Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    child, sent = HeldChild(), list[object]()
    ask, run_sync = asking(child), to_thread.run_sync

    def counted(*arguments: Any, **named: Any) -> Awaitable[object]:
        sent.append(arguments)
        return run_sync(*arguments, **named)

    monkeypatch.setattr(to_thread, "run_sync", counted)

    async def cancel_and_ask_again() -> tuple[int, int]:
        first = asyncio.ensure_future(ask())
        await asyncio.to_thread(child.begun.wait)
        first.cancel()
        with suppress(asyncio.CancelledError):
            await first  # at once: nobody waits for the thread
        second = asyncio.ensure_future(ask())
        for _ in range(10):  # it goes as far as it can
            await asyncio.sleep(0)
        meanwhile = len(sent)
        child.go_on.set()
        await second
        return meanwhile, len(sent)

    # The one thread whose work goes on, then one for who asked next.
    assert asyncio.run(cancel_and_ask_again()) == (1, 2)
