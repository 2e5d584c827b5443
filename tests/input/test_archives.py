"""Archives are folders: what of them is read, what is told, and that nothing leads out of them or fills memory."""

import bz2
import gzip
import io
import lzma
import random
import struct
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Final

import pytest
from packing import tarred, warc, write, zipped

from refeed.input.discover import discover
from refeed.input.read import read
from refeed.input.source_files import close_places
from refeed.limits import DEFAULT_LIMITS, Limits
from refeed.model import Document, SourceFile
from refeed.problems import Problem

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# In the order of a walk: a folder's files, then its folders.
FILES: Final = {"b.md": b"A ferry.", "posts/a.md": b"A tide.", "posts/c.md": b"A gull."}
TAR: Final = tarred(FILES)
PACKED: Final = {
    "x.tar": TAR,
    "x.tar.bz2": bz2.compress(TAR),
    "x.tar.gz": gzip.compress(TAR),
    "x.tar.xz": lzma.compress(TAR),
    "x.tar.zst": zstd.compress(TAR),
    "x.tgz": gzip.compress(TAR),
    "x.zip": zipped(FILES),
}


def found(path: Path, *, unpack: bool = False, limits: Limits = DEFAULT_LIMITS) -> tuple[dict[str, bytes], list[str]]:
    """Return what the files below a path hold, by their names, and the problems, as code and path."""
    texts, told = dict[str, bytes](), list[str]()
    for one in discover([str(path)], unpack=unpack, limits=limits):
        document = read(one, limits) if isinstance(one, SourceFile) else one
        if isinstance(document, Problem):
            told.append(f"{document.code} {document.path.removeprefix(str(path.parent) + '/')}")
        else:
            texts[document.source.name] = document.data
    close_places()
    return texts, told


@pytest.mark.parametrize("name", PACKED)
def test_an_archive_that_is_given_is_a_folder(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: PACKED[name]})
    assert found(tmp_path / name) == (FILES, [])


@pytest.mark.parametrize("name", ["download", "x.zip.part"])
def test_what_is_given_is_known_by_its_first_bytes(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: PACKED["x.zip"]})
    assert found(tmp_path / name) == (FILES, [])


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("a.md.gz", gzip.compress(b"A ferry.")),
        ("a.md.xz", lzma.compress(b"A ferry.")),
        ("a.md.bz2", bz2.compress(b"A ferry.")),
        ("a.md.gz", gzip.compress(b"A fe") + gzip.compress(b"rry.") + bytes(9)),  # as `cat` joins them, padded
    ],
)
def test_a_compressed_file_is_an_archive_of_one(tmp_path: Path, name: str, packed: bytes) -> None:
    write(tmp_path, {name: packed})
    assert found(tmp_path / name) == ({"a.md": b"A ferry."}, [])


def test_archives_in_a_tree_are_read_where_that_is_wanted(tmp_path: Path) -> None:
    inner = {f"in/{name}": data for name, data in PACKED.items()}
    tree = write(
        tmp_path / "tree", {"in/z.md": b"A buoy.", "in/text.zip": b"No zip.", "in/e.epub": PACKED["x.zip"], **inner}
    )
    texts, told = found(tree)
    assert texts == {"in/text.zip": b"No zip.", "in/z.md": b"A buoy."}
    assert told == [f"binary-file tree/in/{name}" for name in sorted(["e.epub", *PACKED])]
    texts, told = found(tree, unpack=True)
    members = {f"in/{archive}!/{name}": data for archive in PACKED for name, data in FILES.items()}
    assert texts == {"in/text.zip": b"No zip.", "in/z.md": b"A buoy.", **members}
    assert told == ["binary-file tree/in/e.epub"]


def test_what_is_no_input_in_a_folder_is_none_in_an_archive(tmp_path: Path) -> None:
    others = dict.fromkeys((".git/a.md", "node_modules/b.md", "__MACOSX/._a.md", "public/c.md"), b"x")
    for name, pack in (("x.zip", zipped), ("x.tar", tarred)):
        write(tmp_path, {name: pack({"_config.yml": b"title: x", "d.md": b"A tide.", "d.md~": b"old", **others})})
        assert found(tmp_path / name) == (
            {"_config.yml": b"title: x", "d.md": b"A tide."},
            [f"leftover {name}!/d.md~"],
        )


def test_a_path_leads_to_a_file_or_a_folder_in_an_archive(tmp_path: Path) -> None:
    write(tmp_path, {"x.zip": zipped({**FILES, "y.zip": PACKED["x.zip"]}), "x.tar.gz": PACKED["x.tar.gz"]})
    assert found(tmp_path / "x.zip!/posts/a.md") == ({"a.md": b"A tide."}, [])
    assert found(tmp_path / "x.tar.gz!/posts")[0] == {"a.md": b"A tide.", "c.md": b"A gull."}
    assert found(tmp_path / "x.zip!/y.zip")[0] == FILES
    assert found(tmp_path / "x.zip!/gone.md")[1] == ["changed-file gone.md"]


def test_a_folder_may_be_called_as_if_it_led_into_an_archive(tmp_path: Path) -> None:
    write(tmp_path, {"tree/News!/a.md": b"A tide.", "x.zip": zipped({"News!/a.md": b"A tide."})})
    assert found(tmp_path / "tree") == ({"News!/a.md": b"A tide."}, [])
    assert found(tmp_path / "x.zip") == ({"News!/a.md": b"A tide."}, [])


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_no_name_leads_out_of_an_archive(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    names = ("../a.md", "/etc/b.md", "c/../../d.md", "C:/e.md")
    write(tmp_path, {"x": pack({"good.md": b"A tide.", **dict.fromkeys(names, b"x")})})
    texts, told = found(tmp_path / "x")
    assert texts == {"good.md": b"A tide."}
    assert [one.split(" ", 1) for one in told] == [["outside", f"x!/{name}"] for name in names]


def test_links_and_devices_in_an_archive_are_told(tmp_path: Path) -> None:
    headers = {}
    for name, kind in (("d", tarfile.CHRTYPE), ("f", tarfile.FIFOTYPE), ("h", tarfile.LNKTYPE), ("s", tarfile.SYMTYPE)):
        headers[name] = tarfile.TarInfo(name)
        headers[name].type, headers[name].linkname = kind, "/etc/passwd"
    link = zipfile.ZipInfo("s")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    write(tmp_path, {"x.tar": tarred({**headers, "z.md": b"A tide."}), "x.zip": out.getvalue()})
    expected = ["special-file x.tar!/d", "special-file x.tar!/f", "symlink x.tar!/h", "symlink x.tar!/s"]
    assert found(tmp_path / "x.tar") == ({"z.md": b"A tide."}, expected)
    assert found(tmp_path / "x.zip") == ({}, ["symlink x.zip!/s"])


def test_of_two_members_with_one_name_the_later_one_counts(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for data in (b"Old.", b"New."):
            header = tarfile.TarInfo("a.md")
            header.size = len(data)
            archive.addfile(header, io.BytesIO(data))
    write(tmp_path, {"x.tar": out.getvalue()})
    assert found(tmp_path / "x.tar") == ({"a.md": b"New."}, ["leftover x.tar!/a.md"])


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_long_names_in_a_tar_are_whole(tmp_path: Path, form: int) -> None:
    name = "/".join(["浮" * 30] * 5) + ".md"
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        header = tarfile.TarInfo(name)
        header.size = 4
        archive.addfile(header, io.BytesIO(b"Tide"))
    write(tmp_path, {"x.tar": out.getvalue()})
    assert found(tmp_path / "x.tar") == ({name: b"Tide"}, [])


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("潮汐与渡轮的消息.md".encode("gb18030"), "潮汐与渡轮的消息.md"),
        ("潮汐.md".encode(), "潮汐.md"),  # UTF-8 without the flag that says so
        ("café.md".encode("cp437"), "café.md"),
    ],
)
def test_names_in_a_zip_are_read_in_the_charset_of_their_writer(tmp_path: Path, written: bytes, name: str) -> None:
    stand_in = "n" * len(written)
    write(tmp_path, {"x.zip": zipped({stand_in: b"A tide."}).replace(stand_in.encode(), written)})
    assert found(tmp_path / "x.zip") == ({name: b"A tide."}, [])


# As some programs of Windows write them, on whichever system they say that they are.
BACKSLASHES: Final = {
    "posts\\a.md": b"A tide.",
    "posts\\.hidden\\b.md": b"Hidden.",
    "..\\c.md": b"Outside.",
    "D:\\d.md": b"Of a drive.",
    "\\e.md": b"Of the root.",
    "empty\\": b"",
}


@pytest.mark.parametrize("name", ["x.tar", "x.zip"])
def test_backslashes_part_folders(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: (zipped if name == "x.zip" else tarred)(BACKSLASHES)})
    texts, told = found(tmp_path / name)
    assert texts == {"posts/a.md": b"A tide."}
    assert sorted(told) == [f"outside {name}!/{path}" for path in ("../c.md", "/e.md", "D:/d.md")]


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    data = bytearray(PACKED["x.zip"])
    at = data.index(b"PK\1\2")
    struct.pack_into("<H", data, at + 8, 1)  # its flags
    write(tmp_path, {"x.zip": bytes(data)})
    texts, told = found(tmp_path / "x.zip")
    assert (sorted(texts), told) == (["posts/a.md", "posts/c.md"], ["unreadable x.zip!/b.md"])


@pytest.mark.parametrize(
    ("offset", "value"),
    [
        pytest.param(16, 0xDEAD, id="checksum"),
        pytest.param(24, 3, id="size, smaller"),
        pytest.param(24, 99, id="size, larger"),
        pytest.param(42, 7, id="place"),
    ],
)
def test_a_member_that_is_not_what_the_directory_says_costs_itself(tmp_path: Path, offset: int, value: int) -> None:
    data = bytearray(PACKED["x.zip"])
    struct.pack_into("<L", data, data.index(b"PK\1\2") + offset, value)
    write(tmp_path, {"x.zip": bytes(data)})
    texts, told = found(tmp_path / "x.zip")
    assert (sorted(texts), told) == (["posts/a.md", "posts/c.md"], ["broken-archive x.zip!/b.md"])


def test_a_member_without_a_day_is_read(tmp_path: Path) -> None:
    data = bytearray(PACKED["x.zip"])
    struct.pack_into("<L", data, data.index(b"PK\1\2") + 12, 0)  # month and day 0, as programs write that know none
    write(tmp_path, {"x.zip": bytes(data)})
    assert found(tmp_path / "x.zip") == (FILES, [])


def test_members_that_share_their_bytes_are_not_read(tmp_path: Path) -> None:
    """A zip whose members are all the same bytes unpacks to as much as its directory is long."""
    data = PACKED["x.zip"]
    start = data.index(b"PK\1\2")
    header = bytearray(data[start : data.index(b"PK\1\2", start + 1)])
    records = [bytes(header).replace(b"b.md", f"{number}.md".encode()) for number in range(3)]
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 3, 3, sum(map(len, records)), start, 0)
    write(tmp_path, {"x.zip": data[:start] + b"".join(records) + end})
    texts, told = found(tmp_path / "x.zip")
    assert len(texts) <= 1
    assert [line.partition(" ")[0] for line in told] == ["broken-archive"] * (3 - len(texts))


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        (PACKED["x.tar.gz"][:-12], FILES),  # cut behind the last member
        (PACKED["x.tar"][:1540], {"b.md": b"A ferry."}),  # in the second one
        (gzip.compress(TAR[:1540]), {"b.md": b"A ferry."}),
        (lzma.compress(TAR)[:-20], FILES),
        (PACKED["x.zip"][:-30], {}),  # without its directory
        (PACKED["x.tar.gz"][:40], {}),
        (TAR[:1024] + b"\xff" * 512 + TAR[1536:], {"b.md": b"A ferry."}),  # a header that is none
    ],
)
def test_what_is_whole_in_a_broken_archive_is_read(tmp_path: Path, data: bytes, whole: dict[str, bytes]) -> None:
    write(tmp_path, {"x": data})
    texts, told = found(tmp_path / "x")
    assert texts == whole
    assert told == ["broken-archive x"]


BOMB: Final = b"tide " * 600_000


@pytest.mark.parametrize(
    ("data", "limits", "limit", "whole"),
    [
        (PACKED["x.zip"], Limits(max_members=2), "max-members", 1),  # a folder counts, too
        (PACKED["x.tar.gz"], Limits(max_members=2), "max-members", 1),
        (PACKED["x.zip"], Limits(max_unpacked_bytes=16), "max-unpacked-bytes", 2),
        (PACKED["x.tar.gz"], Limits(max_unpacked_bytes=1_000), "max-unpacked-bytes", 0),
        (zipped({"a.md": BOMB}), DEFAULT_LIMITS, "max-ratio", 0),
        (gzip.compress(tarred({"a.md": BOMB})), DEFAULT_LIMITS, "max-ratio", 0),
        (gzip.compress(BOMB), DEFAULT_LIMITS, "max-ratio", 0),
        (bz2.compress(BOMB), DEFAULT_LIMITS, "max-ratio", 0),
        (lzma.compress(BOMB), DEFAULT_LIMITS, "max-ratio", 0),
        (zstd.compress(BOMB), DEFAULT_LIMITS, "max-ratio", 0),
        (zipped({"a.md": b"tide" * 30}), Limits(max_file_bytes=100), "max-file-bytes", 0),
    ],
)
def test_an_archive_is_read_within_limits(tmp_path: Path, data: bytes, limits: Limits, limit: str, whole: int) -> None:
    write(tmp_path, {"x": data})
    problems, texts = list[Problem](), 0
    for one in discover([str(tmp_path / "x")], limits=limits):
        document = read(one, limits) if isinstance(one, SourceFile) else one
        texts += isinstance(document, Document)
        problems += [document] if isinstance(document, Problem) else []
    assert [problem.code for problem in problems] == ["over-limit"]
    assert f"--allow {limit}=N reads more" in problems[0].message
    assert texts == whole


def test_archives_in_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    data = b"A tide."
    for depth in range(5, 0, -1):
        data = zipped({f"{depth}.zip" if depth < 5 else "a.md": data})
    write(tmp_path, {"0.zip": data})
    texts, told = found(tmp_path / "0.zip", unpack=True)
    assert (texts, told) == ({}, ["over-limit 0.zip!/1.zip!/2.zip!/3.zip"])
    deeper, _ = found(tmp_path / "0.zip", unpack=True, limits=Limits(max_archive_depth=9))
    assert list(deeper.values()) == [b"A tide."]


def test_a_header_of_a_tar_cannot_fill_memory(tmp_path: Path) -> None:
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, 2**33
    write(tmp_path, {"x.tar": header.tobuf(tarfile.GNU_FORMAT) + bytes(10_240)})
    assert found(tmp_path / "x.tar") == ({}, ["broken-archive x.tar"])


PAGE: Final = b"<html><body><p>The tide.</p></body></html>"


def answer(body: bytes, *headers: str, status: int = 200) -> bytes:
    lines = [f"HTTP/1.1 {status} OK", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    "message",
    [
        answer(PAGE, "Content-Type: text/html; charset=utf-8"),
        answer(PAGE, "content-type: TEXT/HTML"),
        answer(gzip.compress(PAGE), "Content-Type: text/html", "Content-Encoding: gzip"),
        answer(PAGE, "Content-Type: text/html", "Content-Encoding: gzip"),  # a robot took it away, not its header
        answer(zstd.compress(PAGE), "Content-Type: text/html", "Content-Encoding: zstd"),
        answer(
            b"5;x=1\r\n" + PAGE[:5] + b"\r\n" + b"%x\r\n" % len(PAGE[5:]) + PAGE[5:] + b"\r\n0\r\n\r\n",
            "Content-Type: text/html",
            "Transfer-Encoding: chunked",
        ),
        answer(PAGE, "Content-Type: text/html", "Transfer-Encoding: chunked"),
    ],
)
def test_pages_of_a_web_archive_are_called_by_their_addresses(tmp_path: Path, message: bytes) -> None:
    address = "https://news.example/2020/05/01/tide?page=1"
    others = [
        ("https://news.example/a.png", "2020-05-02T08:00:00Z", answer(b"\x89PNG", "Content-Type: image/png")),
        ("https://news.example/gone", "2020-05-02T08:00:00Z", answer(PAGE, "Content-Type: text/html", status=404)),
    ]
    write(tmp_path, {"x.warc.gz": warc((address, "2020-05-02T08:00:00Z", message), *others)})
    assert found(tmp_path / "x.warc.gz") == ({address: PAGE}, [])


def test_a_page_that_cannot_be_unpacked_costs_itself(tmp_path: Path) -> None:
    bad = answer(gzip.compress(PAGE)[:-20], "Content-Type: text/html", "Content-Encoding: gzip")
    unknown = answer(PAGE, "Content-Type: text/html", "Content-Encoding: br")
    good = answer(PAGE, "Content-Type: text/html")
    records = [
        (f"https://news.example/{name}", "2020-05-02T08:00:00Z", one)
        for name, one in (("bad", bad), ("br", unknown), ("good", good), ("good", good))
    ]
    write(tmp_path, {"x.warc.gz": warc(*records)})
    texts, told = found(tmp_path / "x.warc.gz")
    # The second capture of an address is called by its moment, too.
    assert sorted(texts) == ["https://news.example/good", "https://news.example/good#2020-05-02T08:00:00Z"]
    assert [line.partition(" ")[0] for line in told] == ["broken-archive", "unreadable"]


def test_a_member_that_is_no_text_is_told_by_its_first_bytes(tmp_path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(200_000)
    for name, pack in (("x.zip", zipped), ("x.tar", tarred)):
        write(tmp_path, {name: pack({"a.png": picture})})
        assert found(tmp_path / name) == ({}, [f"binary-file {name}!/a.png"])


@pytest.mark.parametrize("name", [*PACKED, "x.warc"])
def test_an_archive_of_damaged_bytes_gives_texts_and_problems(tmp_path: Path, name: str) -> None:
    page = answer(b"5\r\n<html\r\n0\r\n\r\n", "Content-Type: text/html", "Transfer-Encoding: chunked")
    whole = PACKED.get(name) or warc(("https://news.example/a", "2020-05-02T08:00:00Z", page))
    seeded = random.Random(name)  # noqa: S311  the same bytes each time
    for _ in range(20):
        data = bytearray(whole)
        for _ in range(seeded.randrange(1, 4)):
            data[seeded.randrange(len(data))] = seeded.choice((0, 255, seeded.randrange(256)))
        write(tmp_path, {name: bytes(data[: seeded.choice((len(data), seeded.randrange(1, len(data))))])})
        texts, told = found(tmp_path / name, unpack=True)
        assert texts or told  # however little is left of it
