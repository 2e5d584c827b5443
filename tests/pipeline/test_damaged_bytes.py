"""One bad byte costs no article."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import refeed
from refeed.options import Options

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
FILES: Final = 200
TEXTS: Final = (
    "The first electric ferry left the quay this morning. The gull was louder than the engine. ",
    "港口的第一艘电动渡轮今天早上离开三号码头。船长说，海鸥的声音比发动机还大。",
    "Первый электрический паром отошёл сегодня утром. Громче мотора была только чайка. ",
    "Le premier bac électrique a quitté le quai à l’aube. La mouette était plus bruyante que le moteur. ",
    "最初の電気フェリーが今朝、三番埠頭を出た。かもめのほうがエンジンよりうるさかった。",
)


def broken(data: bytes, places: Sequence[int], random: Random) -> bytes:
    """Replace one to five bytes in some of these places by others, so that the whole is not UTF-8 any more."""
    while True:
        changed = bytearray(data)
        for _ in range(random.randint(1, 5)):
            changed[random.choice(places)] = random.randrange(1, 256)
        try:
            changed.decode()
        except UnicodeDecodeError:
            return bytes(changed)


def test_files_with_broken_bytes_go_out_and_are_reported(tmp_path: Path) -> None:
    random = Random(20261128)  # noqa: S311  no secret
    for number in range(FILES):
        head = f"---\ndate: 2020-05-01 08:00:00Z\ntitle: Ferry {number}\n---\n\n".encode()
        data = head + (TEXTS[number % len(TEXTS)] * random.choice((1, 3, 20))).encode()
        title, body = head.index(b"Ferry"), len(head)
        # In every second file the title alone is hit; the date and what fences the header are never.
        places = range(title, title + 6) if number % 2 else range(body, len(data))
        (tmp_path / f"{number}.md").write_bytes(broken(data, places, random))
    report = refeed.build([tmp_path], options=Options(limit=0), now=NOW)
    assert report.left_out == ()
    assert report.totals.out == FILES
    assert len({problem.path for problem in report.entry_problems if problem.code == "bad-encoding"}) == FILES
