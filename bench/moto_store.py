"""Serve the files of a folder as objects with moto's server, which boto's own tests are written against.

    .venv/moto/bin/python bench/moto_store.py FOLDER

It runs in an environment of its own (`.ci/check` makes it), and prints its address. What it serves is only read: its
processes know nothing of each other. It ends when nobody holds the other end of stdin.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Final

from moto.s3.models import s3_backends
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

ACCOUNT: Final = "123456789012"  # moto's own for whoever asks
REGION: Final = "us-east-1"
BUCKET: Final = "bucket"
PROCESSES: Final = 4


def fill(folder: Path) -> None:
    """Keep the files as objects of one bucket."""
    backend = s3_backends[ACCOUNT]["aws"]
    backend.create_bucket(BUCKET, REGION)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            backend.put_object(BUCKET, f"{folder.name}/{path.relative_to(folder)}", path.read_bytes())


def main() -> None:
    """Serve."""
    fill(Path(sys.argv[1]))
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, application, threaded=True)
    children = list[int]()
    for _ in range(PROCESSES):
        child = os.fork()
        if not child:
            server.serve_forever()
        children += [child]
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    sys.stdin.read()
    for child in children:
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main()
