"""Make small archives for tests."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

# Zip's oldest moment: the same files give the same archive.
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(files: Mapping[str, bytes | tarfile.TarInfo]) -> bytes:
    """Return a tar of files by their names; what is no file is stated as its header."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, one in files.items():
            header = one if isinstance(one, tarfile.TarInfo) else tarfile.TarInfo(name)
            data = b"" if isinstance(one, tarfile.TarInfo) else one
            header.size = len(data)
            archive.addfile(header, io.BytesIO(data))
    return out.getvalue()


def warc(*records: tuple[str, str, bytes]) -> bytes:
    """Return a packed web archive of responses: address, moment, message of HTTP."""
    return b"".join(gzip.compress(_record(*record), mtime=0) for record in records)


def _record(address: str, moment: str, message: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: {moment}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(message)}\r\n\r\n"
    )
    return head.encode() + message + b"\r\n\r\n"


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files below a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
