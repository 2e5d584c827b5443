"""Put off Ctrl-C and SIGTERM for the moments in which processes come and go."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

ENDINGS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM wait: a worker complains before it ignores them, and one half begun never ends."""
    if threading.current_thread() is not threading.main_thread():  # Ctrl-C comes to the main one
        yield
        return
    came: list[int] = []
    handlers = {number: signal.signal(number, lambda which, _: came.append(which)) for number in ENDINGS}
    # A worker that begins from nothing has no handler yet, but it does have the mask.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS) if sys.platform != "win32" else None
    try:
        yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in handlers.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
    for which in came:
        signal.raise_signal(which)
