"""The server of S3 that moto is, in a process of its own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.request import Request, urlopen

from asking import until
from folders import ROOT
from programs import free_port, listens

# In an environment of its own (see .ci/check): what it needs keeps python-dateutil old.
_MOTO: Final = ROOT / ".venv" / "moto" / "bin" / "moto_server"

LISTED: Final = 20  # objects, where S3 lists 1,000


def moto() -> list[Path]:
    """Return moto's server as the values of a test's only parameter; in continuous integration it has to be there."""
    return [_MOTO] if _MOTO.exists() or os.environ.get("CI") else []


@contextmanager
def moto_serving(program: Path) -> Iterator[str]:
    """Run the server, and give its address; one answer of its lists fewer objects than S3 does."""
    port = free_port()
    command = [str(program), "-H", "127.0.0.1", "-p", str(port)]
    variables = {**os.environ, "MOTO_S3_DEFAULT_MAX_KEYS": str(LISTED)}
    with subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: process.poll() is not None or listens(port))
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def put_bucket(address: str) -> None:
    """Make a bucket."""
    with urlopen(Request(address, method="PUT")) as answer:  # noqa: S310  it is a server of the test's own
        assert answer.status == 200
