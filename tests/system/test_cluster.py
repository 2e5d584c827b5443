"""A cluster of Dask makes the same, and whatever goes wrong there costs a retry, one file, or a clear error."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import child_work
import dask
import pytest
from command_line import dump, environment, run
from dask_cluster import Cluster, running_cluster
from folders import ROOT
from stores import Store, serving

from refeed.cli import INTERRUPTED, NOTHING_WRITTEN, OK, WRONG_USAGE
from refeed.limits import DEFAULT_LIMITS
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.pipeline.workers.processes.cluster import DaskCluster
from refeed.pipeline.workers.worker import Worker
from refeed.problems import RefeedError, Severity
from refeed.publish.run import publish
from refeed.publish.site_folder import SiteFolder

NOW = datetime(2026, 11, 20, tzinfo=UTC)
HOURGLASS = "a" * 40 + "b"  # `(a+)+$` tries 2^40 ways to part it

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # sockets of Dask that are open when it ends
    pytest.mark.filterwarnings("ignore:Creating scratch directories"),  # on a machine that has much to do
]


FIXTURES = ROOT / "fixtures/builds"
OBJECTS = "s3://bucket/everything/in"


@pytest.fixture(scope="module")
def objects() -> Iterator[Store]:
    """Serve the dumps of all builds as S3 does."""
    files = {
        f"bucket/{path.relative_to(FIXTURES)}": path.read_bytes()
        for path in sorted(FIXTURES.glob("*/in/**/*"))
        if path.is_file()
    }
    with serving(files) as store:
        yield store


def access(store: Store, user: str) -> dict[str, str]:
    """Return the variables by which somebody reaches a store."""
    facts = {"ENDPOINT_URL": store.url, "ALLOW_HTTP": "true", "REGION": "us-east-1", "SECRET_ACCESS_KEY": "tide"}
    return {f"AWS_{name}": value for name, value in {**facts, "ACCESS_KEY_ID": user}.items()}


@pytest.fixture
def store(objects: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    for name, value in access(objects, "client").items():
        monkeypatch.setenv(name, value)
    yield objects
    objects.fails_after = objects.busy = None


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, objects: Store) -> Iterator[Cluster]:
    """Start a scheduler and two workers, for all tests here: that takes most of their time."""
    variables = environment(PYTHONPATH=str(ROOT / "tests" / "support"), **access(objects, "worker"))
    with running_cluster(tmp_path_factory.mktemp("cluster"), variables) as started:
        yield started


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Write folders of dumps, one of which is in a list with a file that is none."""
    for number in range(60):
        day = f"2020-05-{number % 28 + 1:02}T08:00:00Z"
        dump(tmp_path, f"{number % 3}/{number}.md", title=f"Note {number % 50}", date=day, body=f"<p>{number}</p>")
    (tmp_path / "1/odd.md").write_bytes(b"---\ntitle: \0\0\xff")
    return tmp_path


def options_for(root: Path, **more: object) -> Options:
    return replace(Options(paths=tuple(str(root / name) for name in "012"), limit=0, workers=1), **more)  # type: ignore[arg-type]


def test_the_fixtures_are_the_same_everywhere(cluster: Cluster, tmp_path: Path) -> None:
    options = Options(paths=(str(FIXTURES),), limit=0, workers=1)
    expected = build(options, NOW)
    assert expected.totals.out > 30
    assert build(replace(options, workers=2), NOW) == expected
    assert build(replace(options, cluster=cluster.address), NOW) == expected
    indexed = replace(options, cluster=cluster.address, index=str(tmp_path / "index"))
    assert [build(indexed, NOW).feed for _ in range(2)] == [expected.feed] * 2


@pytest.fixture
def many(root: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    """Have some articles twice, and count few records as many."""
    for number in range(10):
        path = root / f"{number % 3}/{number}.md"
        (root / f"2/again-{number}.md").write_bytes(path.read_bytes())
    monkeypatch.setattr("refeed.pipeline.workers.pool._LARGE_PIECE", 7)
    monkeypatch.setattr("refeed.records.selection.select._WHOLE", 20)
    monkeypatch.setattr("refeed.records.selection.select._PART", 16)
    monkeypatch.setattr("refeed.records.selection.select._GATHERED", 600)  # bytes: nine rows
    return options_for(root)


def test_rows_go_from_worker_to_worker(cluster: Cluster, many: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = build(many, NOW)
    assert (expected.totals.out, expected.totals.duplicates) == (60, 10)
    monkeypatch.delattr("refeed.pipeline.workers.processes.cluster._Far.fetch")  # nothing comes here
    assert build(replace(many, cluster=cluster.address), NOW) == expected


def test_the_files_that_workers_have_read_are_counted(cluster: Cluster, many: Options) -> None:
    counted = list[int]()
    build(replace(many, cluster=cluster.address), NOW, progress=counted.append)
    assert counted == sorted(counted)
    assert (len(counted) > 5, counted[-1]) == (True, 71)  # 60 notes, ten of them twice, and a file that is none


def test_workers_that_die_between_reading_and_dividing_and_others_that_join_late_change_nothing(
    cluster: Cluster, many: Options
) -> None:
    expected = build(many, NOW)

    def replace_workers_at_the_end(counted: int) -> None:
        if counted == 71:  # all rows are with the workers by now
            cluster.replace_workers()

    found = build(replace(many, cluster=cluster.address), NOW, progress=replace_workers_at_the_end)
    assert found == expected


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def site(tmp_path: Path) -> Options:
    """Ask for a site of the fixtures, with many feeds and with articles of several pages."""
    archive = tmp_path / "archive"
    shutil.copytree(FIXTURES, archive)
    for number in range(70):
        dump(archive, f"more/{number}.md", title=f"Tide {number}", date=f"2021-{number % 12 + 1:02}-05", outlet="Pier")
    dump(archive, "more/long.md", title="Long", body="<p>The ferry waits for nobody.</p>" * 6_000)
    more = {"feeds": ("outlet",), "min_articles": 5, "base_url": "https://feeds.example.org/"}
    return Options(paths=(str(archive),), site=str(tmp_path / "here"), workers=1, **more)  # type: ignore[arg-type]


def test_a_site_is_made_and_written_by_the_workers(
    cluster: Cluster, site: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    far = replace(site, site=str(there), cluster=cluster.address)
    for change in (None, "more/7.md", "more/long.md"):
        if change:
            path = tmp_path / "archive" / change
            path.write_bytes(path.read_bytes().replace(b"Tide", b"Ebb").replace(b"</p>", b"</p><p>It sails.</p>", 1))
        expected = publish(site, NOW)
        with monkeypatch.context() as only_workers:
            only_workers.delattr("refeed.publish.pages.unpack_entry")
            only_workers.delattr("refeed.publish.fragments.Fragments.fragments")
            found = publish(far, NOW)
        assert (found.report, found.files) == (expected.report, expected.files)
        assert (sorted(found.written), found.removed) == (sorted(expected.written), expected.removed)
        assert tree(there) == tree(here)
    assert len(tree(here)) > 200
    assert len(list((here / "entry").glob("*/*.html"))) == 2  # 216 kB make three parts, the first of which lies above
    assert publish(far, NOW).written == ()


def test_workers_send_the_documents_of_a_site_to_a_store(
    cluster: Cluster, store: Store, site: Options, tmp_path: Path
) -> None:
    publish(replace(site, pages="list"), NOW)
    expected = {path: data for path, data in tree(tmp_path / "here").items() if path[0] != "."}
    far = replace(site, pages="list", site="s3://bucket/site", cluster=cluster.address)
    store.senders.clear()
    assert sorted(publish(far, NOW).written) == sorted(expected)
    found = {path.removeprefix("bucket/site/"): data for path, data in store.files.items() if "bucket/site/" in path}
    assert {path: data for path, data in found.items() if path[0] != "."} == expected
    assert store.senders["bucket/site/feed.xml"] == "worker"
    store.sent.clear()
    assert (publish(far, NOW).written, store.sent) == ((), [])


def test_where_workers_do_not_see_the_folder_the_client_writes(
    cluster: Cluster, site: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site, NOW)
    monkeypatch.setattr(SiteFolder, "marked", lambda _: nullcontext("elsewhere"))
    publish(replace(site, site=str(tmp_path / "there"), cluster=cluster.address), NOW)
    assert tree(tmp_path / "there") == tree(tmp_path / "here")


def test_workers_read_objects_themselves_and_make_the_same(cluster: Cluster, store: Store, tmp_path: Path) -> None:
    options = Options(paths=(OBJECTS,), limit=0, workers=2)
    expected = build(options, NOW)
    assert expected.totals.out == 14  # of 18 files
    store.asked.clear()
    store.users.clear()
    assert build(replace(options, cluster=cluster.address), NOW) == expected
    readers = {user for path, user in zip(store.asked, store.users, strict=True) if path.endswith(".md")}
    assert readers == {"worker"}
    indexed = replace(options, cluster=cluster.address, index=str(tmp_path / "index"))
    assert [build(indexed, NOW).feed for _ in range(2)] == [expected.feed] * 2


def test_what_was_changed_is_read_again_by_the_same_workers(cluster: Cluster, store: Store, root: Path) -> None:
    store.files["bucket/changed/a.md"] = b"---\ntitle: Low tide\ndate: 2020-05-01\n---\nThe ferry waits.\n"
    here = dump(root, "0/changed.md", title="Low water")
    options = Options(paths=("s3://bucket/changed", str(root / "0")), cluster=cluster.address)
    build(options, NOW)
    store.files["bucket/changed/a.md"] = b"---\ntitle: High tide\ndate: 2020-05-01\n---\nThe ferry sails again.\n"
    here.write_bytes(here.read_bytes().replace(b"Low water", b"High water"))
    feed = build(options, NOW).feed or b""
    assert [title in feed for title in (b"High tide", b"sails again.", b"High water", b"Low")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_store_that_fails_gives_no_feed_and_one_that_is_busy_the_same(cluster: Cluster, store: Store) -> None:
    options = Options(paths=(OBJECTS,), cluster=cluster.address)
    store.asked.clear()
    expected = build(options, NOW)
    needed = len(store.asked)
    store.busy = needed // 2
    assert build(options, NOW) == expected
    store.busy = None
    for requests in (needed // 3, 2 * needed // 3):
        store.asked.clear()
        store.fails_after = requests
        with pytest.raises(RefeedError, match="nothing was written"):
            build(options, NOW)


def test_a_cluster_fills_an_index_that_builds_without_it_use(cluster: Cluster, root: Path) -> None:
    options = options_for(root, index=str(root / "index"), cluster=cluster.address)
    assert build(options, NOW).feed == build(options_for(root), NOW).feed
    dump(root, "0/new.md", title="New")
    expected = build(options_for(root), NOW).feed
    assert build(options, NOW).feed == expected
    assert build(replace(options, cluster=None), NOW).feed == expected


@pytest.mark.usefixtures("store")
def test_workers_can_be_started_here_for_one_run(
    root: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    arguments = ("build", "0", "1", "2", OBJECTS, "--limit", "0", "--now", "2026-11-20", "--no-index", "--quiet")
    expected = run(capfdbinary, *arguments, "--workers", "1")
    assert expected.status == OK
    assert run(capfdbinary, *arguments, "--cluster", "local:2") == expected
    # How Dask starts processes by default; whoever calls refeed may start others.
    assert dask.config.get("distributed.worker.multiprocessing-method") == "spawn"


def test_a_pattern_without_end_costs_its_file(cluster: Cluster, tmp_path: Path) -> None:
    dump(tmp_path, "0/slow.md", title=HOURGLASS)
    dump(tmp_path, "1/quick.md")
    paths = (str(tmp_path / "0"), str(tmp_path / "1"))
    limits = DEFAULT_LIMITS._replace(max_seconds=1)
    options = Options(paths=paths, match=(child_work.ENDLESS,), allow=limits, cluster=cluster.address)
    errors = [problem for problem in build(options, NOW).left_out if problem.severity is Severity.ERROR]
    assert [(problem.code, problem.path) for problem in errors] == [("over-time", paths[0] + "/slow.md")]


@pytest.fixture
def connected(cluster: Cluster, root: Path) -> Iterator[DaskCluster]:
    with closing(DaskCluster(cluster.address, Worker(options_for(root), NOW))) as executor:
        yield executor


def test_work_whose_process_is_killed_is_done_again(connected: DaskCluster, tmp_path: Path) -> None:
    assert connected.submit(child_work.be_killed_once, tmp_path / "mark")()


def test_work_that_kills_every_process_ends_the_build(connected: DaskCluster) -> None:
    wait = connected.submit(child_work.be_killed_always)
    with pytest.raises(RefeedError, match=r"^tcp://[0-9.:]+: workers died several times over the same piece of work"):
        wait()


def test_where_all_workers_have_too_little_memory_the_build_ends(
    cluster: Cluster, connected: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import Client

    for name in ("_LOOK", "_JOIN"):
        monkeypatch.setattr(f"refeed.pipeline.workers.processes.cluster.{name}", 0.1)
    message = r"^tcp://[0-9.:]+: no worker takes work any more; start some, or give them more memory, and build again$"
    with Client(cluster.address, set_as_default=False) as owner:
        owner.run(child_work.set_status, "paused")  # as Dask does at 80 % of --memory-limit
        with pytest.raises(RefeedError, match=message):
            connected.submit(child_work.answer)()
        owner.run(child_work.set_status, "running")
    assert connected.submit(child_work.answer)() == 42


def test_ctrl_c_ends_the_wait(connected: DaskCluster) -> None:
    with pytest.raises(KeyboardInterrupt):
        connected.submit(child_work.interrupt, os.getpid())()


def test_ctrl_c_ends_a_build_while_workers_read(cluster: Cluster, store: Store, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text("old")
    store.gate = threading.Event()
    store.users.clear()
    command = [sys.executable, "-m", "refeed", "build", OBJECTS, "--no-config", "--no-index", "-o", "feed.xml"]
    variables = environment(**access(store, "client"))
    with subprocess.Popen(
        [*command, "--cluster", cluster.address], cwd=tmp_path, env=variables, stderr=subprocess.PIPE
    ) as started:
        while "worker" not in store.users and started.poll() is None:
            time.sleep(0.01)
        started.send_signal(signal.SIGINT)
        _, told = started.communicate()
    store.gate.set()
    store.gate = None
    assert (started.returncode, told) == (INTERRUPTED, b"\nrefeed: interrupted; the -o file was not changed\n")
    assert (tmp_path / "feed.xml").read_text() == "old"
    assert build(Options(paths=(OBJECTS,), cluster=cluster.address), NOW).totals.out == 14  # the workers go on


def test_where_no_scheduler_answers_the_old_feed_stays(
    root: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    import dask

    monkeypatch.chdir(root)
    Path("feed.xml").write_text("old")
    with dask.config.set({"distributed.comm.timeouts.connect": "100ms"}):
        ran = run(capfdbinary, "build", "0", "--no-index", "-o", "feed.xml", "--cluster", "tcp://127.0.0.1:1")
    assert (ran.status, Path("feed.xml").read_text()) == (NOTHING_WRITTEN, "old")
    assert len(ran.lines) == 1
    assert ran.err.startswith("refeed: tcp://127.0.0.1:1: no Dask scheduler answers there: ")


def test_without_the_extra_the_error_names_it(
    root: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = run(capfdbinary, "scan", str(root), "--no-config", "--cluster", "local", "-o", str(root / "rows"))
    message = "refeed: --cluster needs a package that is not installed (distributed): pip install 'refeed[cluster]'\n"
    assert (ran.status, ran.err) == (WRONG_USAGE, message)


def test_a_worker_that_is_killed_costs_nothing_and_a_scheduler_the_build(
    cluster: Cluster, connected: DaskCluster, tmp_path: Path
) -> None:
    done: list[Callable[[], bool]] = []
    done += [connected.submit(child_work.kill_parent_once, tmp_path / "mark") for _ in range(6)]
    assert [wait() for wait in done] == [True] * 6
    assert cluster.scheduler.pid
    with pytest.raises(RefeedError, match=r"^tcp://[0-9.:]+: the cluster has gone away \(.*\); build again when it is"):
        connected.submit(child_work.kill, cluster.scheduler.pid, signal.SIGKILL)()
