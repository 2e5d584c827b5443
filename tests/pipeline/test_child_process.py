"""Work in a process of its own: what comes of it comes back, and whatever ends it ends nothing else."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from asking import PATIENCE, until
from child_work import be_killed, fail, main_thread_and_signals, own_id, take_too_long, touch_and_stay
from command_line import environment

from refeed.pipeline.workers.processes.child_process import Answer, ChildProcess, StoppedError
from refeed.problems import Problem, RefeedError


@pytest.fixture(params=["fork", "spawn"])
def child(request: pytest.FixtureRequest) -> Iterator[ChildProcess]:
    """Start a process in both ways: beside another thread it is no copy of this one."""
    there = threading.Event()
    beside = threading.Thread(target=there.wait)
    if request.param == "spawn":
        beside.start()
    with closing(ChildProcess()) as started:
        yield started
    there.set()


def test_pieces_of_work_are_done_one_after_the_other_in_one_other_process(child: ChildProcess) -> None:
    first = child.call(own_id)
    assert first != os.getpid()
    assert child.call(own_id) == first


def test_it_has_a_main_thread_in_which_time_is_limited_and_leaves_ctrl_c_to_its_parent(child: ChildProcess) -> None:
    assert child.call(main_thread_and_signals) == (True, signal.SIG_IGN)
    outcome = child.call(take_too_long)
    assert isinstance(outcome, Problem)
    assert outcome.code == "over-time"


def test_a_failure_is_told_and_the_process_goes_on(child: ChildProcess) -> None:
    process = child.call(own_id)
    with pytest.raises(RefeedError, match=r"^a: no files$"):
        child.call(fail, RefeedError("a: no files"))
    with pytest.raises(RefeedError, match="No space left"):
        child.call(fail, OSError(28, "No space left on device"))
    with pytest.raises(RefeedError, match=r"^refeed failed here \(KeyError: 'x'\); please report it$"):
        child.call(fail, KeyError("x"))
    assert child.call(own_id) == process


def test_one_that_is_killed_is_told_and_replaced(child: ChildProcess) -> None:
    first = child.call(own_id)
    with pytest.raises(RefeedError, match=r"^the build process was killed, probably out of memory; try --workers 1$"):
        child.call(be_killed)
    assert child.call(own_id) not in {first, os.getpid()}
    os.kill(child.call(own_id), signal.SIGKILL)  # while it waits
    until(lambda: not child.is_alive)
    assert child.call(own_id) != os.getpid()


def test_what_is_under_way_cleans_up_when_it_is_told_to_end(child: ChildProcess, tmp_path: Path) -> None:
    path, ended = tmp_path / "temporary", list[Exception]()

    def work() -> None:
        try:
            child.call(touch_and_stay, path)
        except RefeedError as error:
            ended.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    until(path.exists)
    child.close()
    thread.join(PATIENCE)
    assert [type(error) for error in ended] == [StoppedError]
    assert not path.exists()
    with pytest.raises(StoppedError):
        child.call(own_id)


class SeenTurn:
    """A lock that says when somebody has to wait for it."""

    def __init__(self, came: threading.Event) -> None:
        """Take what is told."""
        self._lock, self._came = threading.Lock(), came

    def __enter__(self) -> None:
        if self._lock.locked():
            self._came.set()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class SeenPipe:
    """A way to a process that answers only when a second thread has come."""

    def __init__(self, came: threading.Event) -> None:
        """Take what tells that, and is told of a second question."""
        self._came, self.seen = came, list[str]()

    def send(self, _: object) -> None:
        """Take a question."""
        if self.seen:
            self._came.set()
        self.seen.append("asked")

    def recv(self) -> Answer:
        """Answer."""
        self._came.wait(PATIENCE)
        self.seen.append("answered")
        return Answer(None, None)


def test_two_threads_do_not_take_each_others_answers(child: ChildProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    came = threading.Event()
    pipe = SeenPipe(came)
    monkeypatch.setattr(child, "_turn", SeenTurn(came))
    monkeypatch.setattr(child, "_pipe", pipe)
    first, second = (threading.Thread(target=child.call, args=(own_id,)) for _ in range(2))
    first.start()
    until(lambda: bool(pipe.seen))
    second.start()
    for thread in (first, second):
        thread.join(PATIENCE)
    assert pipe.seen == ["asked", "answered"] * 2


ORPHAN = """
import sys
from refeed.pipeline.workers.processes.child_process import ChildProcess

def stay():
    print("begun", flush=True)
    while True:
        pass

ChildProcess().call(stay)
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_it_does_not_outlive_its_parent(ending: signal.Signals) -> None:
    command = [sys.executable, "-c", ORPHAN]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"begun\n"
        parent.send_signal(ending)
        assert parent.stdout.read() == b""  # the child holds the other end, too: it ends when both have
        assert parent.wait(PATIENCE) == -ending
