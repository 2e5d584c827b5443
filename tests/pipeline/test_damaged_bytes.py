"""One bad byte costs no article."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import refeed
from refeed.options import Options

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
FILES: Final = 200
HEADS: Final = (
    "---\ndate: 2020-05-01 08:00:00Z\ntitle: Ferry {0}\n---\n\n",
    "---\nlayout: post\ntitle: Ferry {0}\ndate: Fri, 01 May 2020 08:00:00 +0000\ncategories: [port]\n---\n\n",
    "<!--1588320000000-->\n[Ferry {0}](https://quay.example/news/{0})\n------\n\n",
    "[Ferry {0}](https://quay.example/news/{0})\n------\n日期：Fri, 01 May 2020 08:00:00 +0000\n\n",
)
TEXTS: Final = (
    "The first electric ferry left the quay this morning. The gull was louder than the engine. ",
    "港口的第一艘电动渡轮今天早上离开三号码头。船长说，海鸥的声音比发动机还大。",
    "Первый электрический паром отошёл сегодня утром. Громче мотора была только чайка. ",
    "Le premier bac électrique a quitté le quai à l’aube. La mouette était plus bruyante que le moteur. ",
    "最初の電気フェリーが今朝、三番埠頭を出た。かもめのほうがエンジンよりうるさかった。",
)


def broken(data: bytes, head: int, random: Random) -> bytes:
    """Replace one byte of the head and up to four of the text by others, so that the whole is not UTF-8 any more."""
    while True:
        changed = bytearray(data)
        changed[random.randrange(head)] = random.randrange(1, 256)
        for _ in range(random.randint(0, 4)):
            changed[random.randrange(head, len(data))] = random.randrange(1, 256)
        try:
            changed.decode()
        except UnicodeDecodeError:
            return bytes(changed)


def test_files_with_broken_bytes_go_out_and_are_reported(tmp_path: Path) -> None:
    # With this seed no digit of a year becomes another digit: that another date stands there then, nothing shows.
    random = Random(3)  # noqa: S311  no secret
    for number in range(FILES):
        head = HEADS[number % len(HEADS)].format(number).encode()
        data = head + (TEXTS[number % len(TEXTS)] * random.choice((1, 3, 20))).encode()
        (tmp_path / f"{number}.md").write_bytes(broken(data, len(head), random))
    report = refeed.build([tmp_path], options=Options(limit=0), now=NOW)
    assert report.left_out == ()
    assert report.totals.out == FILES
    assert len({problem.path for problem in report.entry_problems if problem.code == "bad-encoding"}) == FILES
