"""Have a Dask cluster do the work of a build: the side of the build."""

import io
import logging
import os
import pickle
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from time import monotonic
from typing import TYPE_CHECKING, Any, Concatenate, Final, Generic, ParamSpec, TypeVar

from refeed.cache.fingerprint import release
from refeed.options import LOCAL_CLUSTER
from refeed.pipeline.workers.processes.cluster_process import Home, Piece
from refeed.pipeline.workers.processes.cluster_worker import WorkerDiedError, nth, run, told
from refeed.pipeline.workers.worker import Worker
from refeed.problems import ConfigurationError, RefeedError
from refeed.records.selection.far_bytes import Made

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

    from refeed.pipeline.workers.processes.child_process import Answer

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

_AHEAD: Final = 3  # pieces of work that wait for each thread of a worker, so that it never waits itself
_RETRIES: Final = 2  # of a piece of work whose process was killed
_JOIN: Final = 60.0  # seconds in which the first worker joins: they may just be started
_LOOK: Final = 5.0  # seconds between two looks at how many there are: some clusters grow with their work
# What matters of it refeed says itself. Who has loaded Dask before has decided that already.
_LOGGING: Final = {"logging": {"distributed": "critical", "distributed.client": "critical"}}
# Each worker here is a copy of a process that has loaded Dask once, which takes more than a second.
_FORKED: Final = {"distributed.worker.multiprocessing-method": "forkserver"} if os.name == "posix" else {}
# Dask watches itself up to a hundred times a second, whether there is work or not: that took more than all its work.
_QUIET: Final = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
}
_DIED: Final = "died several times over the same piece of work, probably out of memory"


class DaskCluster:
    """The workers of a cluster. Those that die are replaced by the others; within bounds it waits for new ones."""

    def __init__(self, address: str, worker: Worker) -> None:
        """Connect to the scheduler at an address, or start workers on this machine (`local`, `local:N`).

        Raises RefeedError where no scheduler answers or no worker joins.
        """
        self._address = address
        home = Home(os.urandom(8), os.getcwd(), worker.paths, worker.elsewhere())
        self._piece = Piece(release(), pickle.dumps(home), b"")
        with ExitStack() as stack:
            self._client = _connected(address, stack)
            self._stack = stack.pop_all()
        self._threads, self._looked = 0, 0.0

    @property
    def ahead(self) -> int:
        """How many pieces of work should wait to be done."""
        if monotonic() - self._looked > _LOOK:
            self._threads, self._looked = self._count_threads(), monotonic()
        return max(self._threads, 1) * _AHEAD

    def submit(self, work: Callable[Concatenate[Worker, P], R], *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        """Begin a piece of work on some worker; return a function that waits for its result."""
        future = self._run(work, args, kwargs)

        def wait() -> R:
            answer: Answer = pickle.loads(self.waited_for(future)[0])  # noqa: S301  the cluster runs our code anyway
            value: R = answer.get()
            return value

        return wait

    def keep(self, work: Callable[Concatenate[Worker, P], Made[T]], *args: P.args, **kwargs: P.kwargs) -> "_Kept[T]":
        """Have a piece of work done whose outcome stays with the worker."""
        return _Kept(self, self._run(work, args, kwargs))

    def _run(self, work: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]) -> "Future[Any]":
        """Hand out a piece of work; bytes that are far go to the worker from the one that has them."""
        packed = io.BytesIO()
        pickler = _Pickler(packed)
        pickler.dump((work, args, kwargs))
        piece = self._piece._replace(work=packed.getvalue())
        return self.submitted(run, pickle.dumps(tuple(piece)), pickler.far, retries=_RETRIES)

    def submitted(self, function: Callable[..., object], *args: object, retries: int = 0) -> "Future[Any]":
        """Have a function called on some worker."""
        try:
            return self._client.submit(function, *args, pure=False, retries=retries)
        except Exception as error:  # noqa: BLE001  Dask has no class of its own for it
            raise self._failure(error) from None

    def waited_for(self, future: "Future[Any]") -> Any:
        """Wait for the answer as long as there are workers, or some may still join."""
        worked = monotonic()
        while True:
            try:
                return future.result(timeout=_LOOK)
            except TimeoutError:
                if self._count_threads():
                    worked = monotonic()
                elif monotonic() - worked > _JOIN:
                    message = "no worker takes work any more; start some, or give them more memory, and build again"
                    raise RefeedError(f"{self._address}: {message}") from None
            except Exception as error:  # noqa: BLE001  Dask raises whatever has failed, wherever that was
                raise self._failure(error) from None

    def _count_threads(self) -> int:
        """Count the threads of all workers but those that wait until they have more memory."""
        try:
            scheduler: Any = self._client.scheduler  # None only before the client has connected
            running: dict[str, int] = self._client.sync(scheduler.ncores_running)
            return sum(running.values())
        except Exception as error:  # noqa: BLE001  as above
            raise self._failure(error) from None

    def _failure(self, error: Exception) -> RefeedError:
        """Return what a failure of the cluster means to the user."""
        from distributed.scheduler import KilledWorker

        if isinstance(error, KilledWorker | WorkerDiedError):
            return RefeedError(f"{self._address}: workers {_DIED}; give each of them more, or build without --cluster")
        if isinstance(error, ImportError):
            message = f"a worker cannot load refeed as it is here ({error}); install the same on all of them"
            return RefeedError(f"{self._address}: {message}")
        what = f"{type(error).__name__}: {error}".partition("\n")[0]
        return RefeedError(f"{self._address}: the cluster has gone away ({what}); build again when it is back")

    def dismiss(self) -> None:
        """Leave the cluster at once: closing waits for nobody."""
        self.close()

    def close(self) -> None:
        """Leave the cluster, which forgets what it has not done; workers of this machine are sent home."""
        self._stack.close()


class _Far:
    """Bytes on a worker."""

    def __init__(self, cluster: DaskCluster, future: "Future[Any]", size: int) -> None:
        self._cluster, self.future, self.size = cluster, future, size

    def fetch(self) -> bytes:
        """Bring the bytes here."""
        data: bytes = self._cluster.waited_for(self.future)
        return data


class _Kept(Generic[T]):
    """What a piece of work has made. Dask makes it again where a worker dies that had it."""

    def __init__(self, cluster: DaskCluster, made: "Future[Any]") -> None:
        self._cluster, self._made = cluster, made
        self._told = cluster.submitted(told, made)
        self._sizes: Sequence[int] = ()

    def told(self) -> T:
        """Wait for the answer."""
        sizes, packed = self._cluster.waited_for(self._told)
        self._sizes = sizes
        answer: Answer = pickle.loads(packed)  # noqa: S301  as above
        value: T = answer.get()
        return value

    def __getitem__(self, number: int) -> _Far:
        """Return some of what is kept; only that part travels to whoever needs it."""
        future = self._cluster.submitted(nth, self._made, number + 1)
        return _Far(self._cluster, future, self._sizes[number])


class _Pickler(pickle.Pickler):
    """Packs a piece of work, and gathers the bytes that are far among what it is given."""

    def __init__(self, out: io.BytesIO) -> None:
        super().__init__(out)
        self.far: list[Future[Any]] = []

    def persistent_id(self, one: object) -> int | None:
        """Return the number under which the worker finds such bytes."""
        if not isinstance(one, _Far):
            return None
        self.far.append(one.future)
        return len(self.far) - 1


def _connected(address: str, stack: ExitStack) -> "Client":
    try:
        import dask

        with dask.config.set(_LOGGING):
            from distributed import Client
    except ModuleNotFoundError as error:
        message = f"--cluster needs a package that is not installed ({error.name}): pip install 'refeed[cluster]'"
        raise ConfigurationError(message) from None
    kind, _, width = address.partition(":")
    try:
        where = stack.enter_context(closing(_local(int(width or 0) or None))) if kind == LOCAL_CLUSTER else address
        client = stack.enter_context(closing(Client(where, set_as_default=False)))
    except (OSError, ValueError) as error:
        raise RefeedError(f"{address}: no Dask scheduler answers there: {error}") from None
    try:
        client.wait_for_workers(1, timeout=_JOIN)
    except TimeoutError:
        raise RefeedError(f"{address}: no worker has joined the scheduler in {_JOIN:.0f} seconds") from None
    return client


def _local(width: int | None) -> "LocalCluster":
    """Start `width` workers on this machine, by default one for each processor."""
    import dask
    from distributed import LocalCluster

    with dask.config.set(_QUIET | _FORKED):
        return LocalCluster(
            n_workers=width,
            threads_per_worker=1,
            memory_limit=None,
            env=dict(os.environ),  # which may have changed since what they are copies of was started
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        )
