"""Programs that tests need, and nginx with a configuration of ours."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asking import until


def there(program: str) -> list[str]:
    """Return a program that a test needs, as the values of its only parameter."""
    return [program] if shutil.which(program) or os.environ.get("CI") else []


@contextmanager
def nginx(program: str, site: str, folder: Path) -> Iterator[str]:
    """Run nginx with one of the examples, and give its address."""
    port = free_port()
    configuration = folder / "nginx.conf"
    site = site.replace("listen 80;", f"listen 127.0.0.1:{port};")
    for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
        site = site.replace("server {", f"{kind}_temp_path {folder}/{kind};\nserver {{", 1)
    configuration.write_text(
        f"daemon off; user root; pid {folder}/nginx.pid; events {{ }} http {{ access_log off; {site} }}"
    )
    with subprocess.Popen([program, "-e", str(folder / "nginx.log"), "-c", str(configuration)]) as process:
        try:
            until(lambda: process.poll() is not None or listens(port))
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nothing listened at a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
