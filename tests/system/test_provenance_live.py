"""What an entry was made of is shown in bounds: large dumps and many visitors keep no reader from the feed."""

import re
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path
from urllib.parse import urljoin

from asking import Live, fetch, serving
from command_line import dump

_CLIENTS = 40
_PAUSE = 0.05  # seconds
_MEMORY = 300_000_000  # bytes, of the server and its five processes together


def hostile(folder: Path) -> None:
    """Save a dump of 10 MB, and one of 1,000 records."""
    body = f"<p>{'Water and salt, a tide and a lamp. ' * 10}</p>\n" * 28_000
    dump(folder, "large.md", date="2020-10-01T08:00:00Z", body=body)
    record = "<!--{}-->\n[Note {}](https://x.example/{})\n------\n\n<p>{}</p>\n\n"
    text = "".join(record.format(1_600_000_000_000 + 60_000 * n, n, n, "tide " * 200) for n in range(1_000))
    (folder / "digest.md").write_text(text)


def memory_of(live: Live) -> int:
    """Return the bytes of the server and its processes, what they share counted once."""
    pid = live.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sizes = [Path(f"/proc/{each}/smaps_rollup").read_text() for each in (str(pid), *children)]
    return sum(int(found[1]) * 1024 for found in map(re.compile(r"^Pss:\s+(\d+)", re.MULTILINE).search, sizes) if found)


def test_forty_visitors_keep_no_reader_from_the_feed(tmp_path: Path) -> None:
    hostile(tmp_path / "archive")
    with serving(tmp_path, "--limit", "8", anew=True) as live, ThreadPoolExecutor(_CLIENTS) as clients:
        listed = re.findall(r'href="(/entry/[^"]+)"', fetch(urljoin(live.url, "/")).body.decode())[:8]
        addresses = [urljoin(live.url, f"{listed[number % len(listed)]}/provenance") for number in range(_CLIENTS)]
        pages = [clients.submit(fetch, address) for address in addresses]
        wait(pages, timeout=_PAUSE, return_when=FIRST_COMPLETED)  # all have been asked for
        assert fetch(live.url).status == 200
        before_the_feed = sum(page.done() for page in pages)
        memory = memory_of(live)
        while wait(pages, timeout=_PAUSE).not_done:
            memory = max(memory, memory_of(live))
        replies = [page.result() for page in pages]
    assert len(listed) == 8
    assert {reply.status for reply in replies} == {200}
    assert max(len(reply.body) for reply in replies) < 2_000_000
    assert memory < _MEMORY
    assert before_the_feed < _CLIENTS / 2  # it does not wait for the pages that were asked for first
