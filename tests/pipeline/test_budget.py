"""What each file costs in the first pass, and each body in the second, does not grow unseen: see bench/budget.toml.

Calls of refeed's own functions are counted, which no other program on the machine changes. What is reached once a run
cancels out: the count of few is taken from that of many.
"""

import tomllib
from array import array
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from folders import ROOT
from work_count import calls_of

from refeed.clean.body import Body, clean_body
from refeed.input.discover import Batch
from refeed.options import Options
from refeed.pipeline.workers.scan import scan
from refeed.records.context import context_for

BUDGET: Final = tomllib.loads((ROOT / "bench" / "budget.toml").read_text())
MARGIN: Final = 1.03
FEW, MANY = 4, 12
WARM_UP: Final = 8

# As robots write them: a hybrid, front matter without a link, headers in TOML, JSON and lines, a link heading.
FILES: Final = (
    (
        "---\nlayout: post\ntitle: Rope {0}\ndate: 2024-05-0{1}T08:00:00.000Z\nfrom: https://quay.example/{0}\n"
        "tags: [ quay ]\n---\n<!--1714550400000-->\n[Rope {0}](https://quay.example/{0})\n------\n\n<p>Rope.</p>\n"
    ),
    "---\ntitle: 'Net {0}'\nauthor: Ada\ndate: Wed, 0{1} May 2024 08:00:00 GMT\ncategories: \n - quay\n---\n\nNet.\n",
    '+++\ntitle = "Eel {0}"\ndate = 2024-05-0{1}T08:00:00Z\ndraft = false\n+++\n\nEel.\n',
    '{{\n  "title": "Sail {0}",\n  "date": "2024-05-0{1}T08:00:00Z",\n  "tags": [\n    "quay"\n  ]\n}}\n\nSail.\n',
    "Title: Mast {0}\nDate: 2024-05-0{1} 08:00\nAuthor: Ada\n\nMast.\n",
    "<!--17145504{0:02}000-->\n[Buoy {0}](https://quay.example/b{0}-{1})\n------\n\n<p>Buoy.</p>\n",
)
BODY: Final = (
    '<div class="post"><p>The harbour opens at six, and <a href="/tides?utm_source=feed">the tides</a> decide.</p>'
    '<p><img src="https://images.weserv.nl/?url=quay.example/{0}.jpg" width="600"></p><h2>Ropes</h2>'
    "<ul><li>Hemp</li><li>Steel {0}</li></ul><pre><code>knot(2)</code></pre><blockquote>Slowly.</blockquote></div>"
)


def first_pass(folder: Path) -> Callable[[int], object]:
    """Return what reads so many files of each kind."""
    names = [f"{kind}-{number}.md" for number in range(MANY) for kind in range(len(FILES))]
    for name in names:
        kind, number = map(int, name.removesuffix(".md").split("-"))
        (folder / name).write_text(FILES[kind].format(number, number % 9 + 1))
    context = context_for(Options(paths=(str(folder),)), datetime(2026, 1, 1, tzinfo=UTC))

    def read(number: int) -> object:
        some = tuple(names[: number * len(FILES)])
        return scan(Batch(str(folder), f"{folder}/", some, array("q"), ()), range(len(some)), context)

    return read


def bodies(_: Path) -> Callable[[int], object]:
    """Return what cleans so many bodies."""
    return lambda number: [
        clean_body(Body(BODY.format(one), False, "Tides", "https://quay.example/a", None, ())) for one in range(number)
    ]


@pytest.mark.parametrize(("name", "work", "each"), [("first-pass", first_pass, len(FILES)), ("bodies", bodies, 1)])
def test_the_work_is_within_its_budget(
    name: str, work: Callable[[Path], Callable[[int], object]], each: int, tmp_path: Path
) -> None:
    run = work(tmp_path)
    for _ in range(WARM_UP):  # what is loaded, compiled and learned of headers once
        run(MANY)
    few, many = (calls_of(partial(run, number), within=ROOT / "refeed") for number in (FEW, MANY))
    calls = (many - few) / (MANY - FEW) / each
    assert calls <= BUDGET[name][-1]["calls"] * MARGIN, f"{calls:.1f} calls: say why in bench/budget.toml, or mend it"
