"""The rows of a first pass as a file: `refeed scan` writes it, `refeed build --from` merges several in any order.

A file begins with what must be the same when it is used: the release of refeed, and the settings that decide what is
read. A block for each batch follows, with its checksum. An empty block ends the file, so that one which was cut short
is noticed. It holds names and rows, never a text: the dumps themselves are read again where they go out.
"""

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from itertools import chain
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO, Final
from zlib import crc32

from refeed.cache.fingerprint import READING, release, stated
from refeed.config.confinement import check_confinement
from refeed.digests import blake2b
from refeed.input.discover import Batch, must_exist
from refeed.input.walk import FileId, Walk, overlap, real_path
from refeed.options import MAX_AHEAD, Options
from refeed.pipeline.first_pass.run import Progress, Scanned, count, scan_all
from refeed.pipeline.sites import with_sites
from refeed.pipeline.work_trees import with_work_trees
from refeed.pipeline.workers.pool import pool_for
from refeed.pipeline.workers.worker import Worker
from refeed.problems import ConfigurationError, Problem
from refeed.records.facet_filter import filtered
from refeed.records.rows import echoes_in
from refeed.records.scan_result import ScanResult, from_bytes
from refeed.report import Totals
from refeed.sites.page_bundles import sections_with_bundles
from refeed.spool import Spool
from refeed.startup.named_tuple import NamedTuple

Sink = Callable[[Callable[[BinaryIO], None]], bool]
"""Is handed what writes the rows to a stream, and uses it."""

_MAGIC: Final = b"refeed rows 3\n"
_SIZES: Final = Struct("<III")  # bytes of a block's head and of its result, CRC-32 of both
_END: Final = _SIZES.pack(0, 0, 0)
_LARGEST: Final = 2**30  # bytes of a block: a batch has 1,024 files at most
# What lies around the files is looked for again; a file may hold the folders of one site among several.
_COMPARED: Final = tuple(key for key in READING if key not in {"sites", "work_trees"})


class _RowsFile(NamedTuple):
    """A file of rows whose beginning was read and fits the settings of a run."""

    name: str
    paths: tuple[str, ...]  # what was scanned
    start: int  # where its blocks begin


class Rows(NamedTuple):
    """Files of rows in the order of what they hold."""

    files: tuple[_RowsFile, ...]  # sorted, so that they are read alike in whatever order they come
    paths: tuple[str, ...]  # what was scanned, in the order in which it was given: the title of a feed is made of it

    def scanned(self, now: datetime) -> Iterator[Scanned]:
        """Yield all batches, as a first pass would.

        Raises ConfigurationError for a damaged file, and for dates that are not plausible yet.
        """
        return chain.from_iterable(_read(file, now) for file in self.files)


def keep_rows(
    options: Options,
    now: datetime,
    sink: Sink,
    *,
    own: frozenset[FileId],
    progress: Progress | None,
) -> tuple[Totals, tuple[str, ...]]:
    """Do the first pass over `options.paths` and hand its rows to the sink; return what was found, and notes on it.

    `own` are files that are no input: the output itself.
    """
    check_confinement(options)
    paths = options.paths or (options.folder,)
    must_exist(paths)
    options, notes = with_work_trees(with_sites(options))
    walk = Walk(paths, options.exclude, own, sections_with_bundles(options.sites))
    totals, found = Totals(), 0
    with closing(Spool()) as blocks, closing(pool_for(Worker(options, now), options)) as pool:
        blocks.append(_MAGIC + _block(_header(paths, options), b""))
        for scanned in scan_all(paths, walk, pool):
            blocks.append(_block(_head(scanned.batch), scanned.result.to_bytes()))
            result = filtered(scanned.result, options)
            totals += count(scanned._replace(result=result)) + Totals(records_read=-echoes_in(result.rows))
            found += len(scanned.batch.names)
            if progress:
                progress(found)
        sink(lambda out: out.writelines(chain(blocks, (_END,))))
    return totals, notes


def open_rows(options: Options) -> Rows:
    """Return the files of rows that are the paths of a run.

    Raises ConfigurationError for other files, for rows of another release or other settings, or if two overlap.
    """
    names = options.paths
    if not names or "paths" in options.confined:  # such a file names what is read, wherever it lies
        raise ConfigurationError("--from needs files that `refeed scan` wrote, each given as PATH")
    given = [_opened(name, options) for name in names]
    files = sorted(given, key=lambda file: (file.paths, file.name))
    rows = Rows(tuple(files), tuple(chain.from_iterable(file.paths for file in given)))
    if overlap([*map(real_path, rows.paths)]):
        raise ConfigurationError(f"{', '.join(names)}: they hold some files twice; scan each folder once")
    return rows


def _read(file: _RowsFile, now: datetime) -> Iterator[Scanned]:
    with Path(file.name).open("rb") as stream:
        stream.seek(file.start)
        while block := _read_block(file.name, stream):
            head, result = block
            root, prefix, found, problems = json.loads(head)
            batch = Batch(root, prefix, tuple(found), array("q"), tuple(_problems(problems)))
            yield Scanned(batch, _result(file.name, result, now), 0)


def _header(paths: tuple[str, ...], options: Options) -> bytes:
    return json.dumps({"release": release(), "settings": _settings(options), "paths": paths}).encode()


def _head(batch: Batch) -> bytes:
    return json.dumps([batch.root, batch.prefix, batch.names, batch.problems]).encode()


def _opened(name: str, options: Options) -> _RowsFile:
    try:
        with Path(name).open("rb") as stream:
            if stream.read(len(_MAGIC)) != _MAGIC:
                raise ConfigurationError(f"{name}: was not written by `refeed scan` of this version; scan again")
            header = json.loads((_read_block(name, stream) or (b"{}",))[0])
            start = stream.tell()
    except OSError as error:
        raise ConfigurationError(f"{name}: {error.strerror}; give a file that `refeed scan` wrote") from None
    if (theirs := header["release"]) != (ours := release()):
        raise ConfigurationError(f"{name}: was written by refeed {theirs}, and this is {ours}; scan again")
    settings, wanted = header["settings"], _settings(options)
    if differing := [key.replace("_", "-") for key in wanted if settings.get(key) != wanted[key]]:
        message = f"was scanned with another setting of {', '.join(differing)}; scan again, or build with the same"
        raise ConfigurationError(f"{name}: {message}")
    return _RowsFile(name, tuple(header["paths"]), start)


def _settings(options: Options) -> Mapping[str, str]:
    """Return a digest of each setting that decides what is read."""
    return {key: blake2b(stated(options, (key,)), digest_size=8).hexdigest() for key in _COMPARED}


def _block(head: bytes, result: bytes) -> bytes:
    return _SIZES.pack(len(head), len(result), crc32(result, crc32(head))) + head + result


def _read_block(name: str, stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """Return the head and the result of the next block; None at the end."""
    sizes = stream.read(_SIZES.size)
    if sizes == _END:
        return None
    head_size, size, checksum = _SIZES.unpack(sizes) if len(sizes) == _SIZES.size else (_LARGEST, _LARGEST, 0)
    data = stream.read(head_size + size) if head_size + size <= _LARGEST else b""
    if len(data) != head_size + size or crc32(data) != checksum:
        raise ConfigurationError(f"{name}: is damaged, or was cut short; scan again")
    return data[:head_size], data[head_size:]


def _result(name: str, data: bytes, now: datetime) -> ScanResult:
    result = from_bytes(data, (now + MAX_AHEAD).timestamp())
    if result is None:
        raise ConfigurationError(f"{name}: holds dates that are not plausible at {now:%Y-%m-%d} yet; scan again")
    return result


def _problems(facts: Iterable[tuple[int, list[Any]]]) -> Iterator[tuple[int, Problem]]:
    return ((number, Problem(*values)) for number, values in facts)
