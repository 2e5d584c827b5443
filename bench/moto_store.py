"""Serve the files of a folder as objects with moto's server, which boto's own tests are written against.

    .venv/moto/bin/python bench/moto_store.py FOLDER

It runs in an environment of its own (`.ci/check` makes it), and prints its address. It is one process: where a listing
goes on is known only to the one that began it. It ends when nobody holds the other end of stdin.
"""

import logging
import sys
import threading
from pathlib import Path
from typing import Final

from moto.s3.models import s3_backends
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

ACCOUNT: Final = "123456789012"  # moto's own for whoever asks
REGION: Final = "us-east-1"
BUCKET: Final = "bucket"


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
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for each request
    server = make_server("127.0.0.1", 0, application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
