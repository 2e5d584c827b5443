"""Notebooks: what of their outputs goes out, what is told, and which of them are no articles."""

import json
import re
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

import refeed
from refeed.formats import load_formats
from refeed.formats.notebooks.cells import Notebook
from refeed.formats.notebooks.header import find_header
from refeed.model import Document, SourceFile

NOW: Final = datetime(2026, 1, 15, 12, tzinfo=UTC)
SMALL: Final = b64encode(b"\xff\xd8\xff" + bytes(6_000)).decode()
LARGE: Final = b64encode(b"\xff\xd8\xff" + bytes(90_000)).decode()  # 120,000 characters
TEXT: Final = {"cell_type": "markdown", "source": "The keeper sleeps."}


def notebook(*cells: object) -> bytes:
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}).encode()


def shows(*bundles: dict[str, str]) -> dict[str, object]:
    outputs = [{"output_type": "display_data", "data": data} for data in bundles]
    return {"cell_type": "code", "source": "lamp()", "outputs": outputs}


def built(folder: Path, *cells: object) -> tuple[str, list[str]]:
    (folder / "2020-05-01-lamps.ipynb").write_bytes(notebook(*cells))
    report = refeed.build([folder], now=NOW)
    assert report.totals.add_up
    return (report.feed or b"").decode(), [problem.code for problem in report.problems if problem.code != "no-link"]


def test_a_small_picture_goes_out_and_a_large_one_is_told(tmp_path: Path) -> None:
    feed, codes = built(tmp_path, TEXT, shows({"image/jpeg": SMALL}))
    assert (SMALL in feed, codes) == (True, [])
    feed, codes = built(tmp_path, TEXT, shows({"image/jpeg": LARGE, "text/plain": "<Image>"}))
    assert (LARGE[:100] in feed, codes) == (False, ["media-lost"])


def test_pictures_leave_room_for_the_text(tmp_path: Path) -> None:
    feed, codes = built(tmp_path, shows(*[{"image/jpeg": SMALL}] * 100), TEXT)  # 800,000 characters
    assert feed.count(SMALL) == 500_000 // len(SMALL)
    assert ("The keeper sleeps." in feed, codes) == (True, ["media-lost"])


def test_of_a_progress_bar_the_last_state_stays(tmp_path: Path) -> None:
    printed = {"output_type": "stream", "name": "stderr", "text": "  0%|    |\r 50%|##  |\r100%|####|\n"}
    feed, _ = built(tmp_path, {"cell_type": "code", "source": "", "outputs": [printed]})
    assert "<pre><code>100%|####|\n</code></pre>" in feed.replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize(
    "data",
    [
        notebook(TEXT)[:-5],
        notebook(TEXT) + b"---\ntitle: Lamps\ndate: 2020-05-01\n---\n",
        b"[" * 100_000,
        b'{"cells": 3, "nbformat": 4}',
        b'{"nbformat": 4, "cells": [1, {"source": 3, "outputs": [2, {"data": 5}], "metadata": []}], "metadata": 7}',
        b'{"nbformat": "4", "cells": []}',
        notebook(TEXT),
    ],
)
def test_what_is_broken_or_has_neither_header_nor_day_is_no_article(data: bytes) -> None:
    document = Document(SourceFile("lamps.ipynb", "lamps.ipynb"), data, is_utf8=True)
    assert not load_formats()["notebook"].sniff(document)


@pytest.mark.parametrize(
    "metadata",
    [
        {"title": "Lamps", "draft": True},
        {"draft": True},  # the name of the file says the day
        {"title": "Lamps", "Published": False},
        {"nikola": {"status": "draft"}},
        {"pelican": {"Status": "hidden"}},
    ],
)
def test_what_the_metadata_keeps_back_stays_in(tmp_path: Path, metadata: dict[str, object]) -> None:
    data = {"nbformat": 4, "metadata": {"kernelspec": {}, **metadata}, "cells": [TEXT]}
    (tmp_path / "2020-05-01-lamps.ipynb").write_text(json.dumps(data))
    report = refeed.build([tmp_path], now=NOW)
    assert (report.totals.out, report.totals.withheld) == (0, 1)


def code(*lines: str) -> dict[str, object]:
    return {"cell_type": "code", "source": "\n".join(lines), "outputs": [{"output_type": "stream", "text": "lit"}]}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("execute:\n  echo: false", ["lit", "own()", "lit"]),
        ("execute: {echo: False, warning: false}", ["lit", "own()", "lit"]),
        ("echo: false  # of the whole page", ["lit", "own()", "lit"]),
        ("execute:\n  output: false\n  echo: true", ["of_all()", "own()"]),
        ("include: false", []),
        ("description: 'Echo: falsehoods'", ["of_all()", "lit", "own()", "lit"]),
    ],
)
def test_what_a_header_says_of_all_cells_holds_unless_one_says_more(
    tmp_path: Path, said: str, shown: list[str]
) -> None:
    header = {"cell_type": "raw", "source": f"---\ntitle: Lamps\n{said}\n---"}
    feed, _ = built(tmp_path, header, TEXT, code("of_all()"), code("#| echo: true", "own()"))
    assert re.findall(r"lit\b|(?:of_all|own)\(\)", feed.partition("<content")[2].partition("</content>")[0]) == shown


def test_lines_that_end_as_on_windows_are_lines(tmp_path: Path) -> None:
    heading = {"cell_type": "markdown", "source": "# Lamps\r\n\r\n- author: Ada\r\n- draft: true\r\n\r\nAll lit."}
    (tmp_path / "2020-05-01-lamps.ipynb").write_bytes(notebook(heading))
    (problem,) = [one for one in refeed.build([tmp_path], now=NOW).problems if one.code == "draft"]
    assert problem.message == "front matter says draft: true"  # by the header, not by a mark in the text


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "raw", "source": "Lamps", "metadata": {"raw_mimetype": ["text/html"]}},
        {"cell_type": "raw", "source": "Lamps", "metadata": {"format": {}}},
        {"cell_type": "code", "source": "lamp()", "outputs": [{"output_type": ["stream"], "text": {}}]},
    ],
)
def test_values_of_another_kind_cost_themselves_at_most(tmp_path: Path, cell: dict[str, object]) -> None:
    feed, codes = built(tmp_path, TEXT, cell)
    assert ("The keeper sleeps." in feed, "internal-error" in codes) == (True, False)


def test_metadata_of_any_depth_is_written() -> None:
    tags: list[object] = []
    for _ in range(5_000):
        tags = [tags]
    header, _ = find_header(Notebook((), {"title": "Lamps", "tags": tags}))
    assert header.startswith('{"title": "Lamps", "tags": [[[')


def test_the_name_of_a_language_ends_no_code(tmp_path: Path) -> None:
    data = {"nbformat": 4, "metadata": {"language_info": {"name": "py\n```\n# Loose"}}, "cells": [code("lamp()")]}
    (tmp_path / "2020-05-01-lamps.ipynb").write_text(json.dumps(data))
    assert b"Loose" not in (refeed.build([tmp_path], now=NOW).feed or b"")


def test_one_with_a_heading_is_an_article_to_a_user_who_keeps_what_has_no_date() -> None:
    data = notebook({"cell_type": "markdown", "source": ["# Lamps\n", "\n", "All lit."]})
    document = Document(SourceFile("lamps.ipynb", "lamps.ipynb"), data, is_utf8=True, keeps_undated=True)
    assert load_formats()["notebook"].sniff(document)
    assert not load_formats()["notebook"].sniff(document._replace(source=SourceFile("usage.ipynb", "usage.ipynb")))


def test_a_notebook_and_the_post_that_fastpages_has_made_of_it_are_one_article(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("url: https://quay.example.org\ntitle: Quay\n")
    for folder in ("_notebooks", "_posts"):
        (tmp_path / folder).mkdir()
    heading = {"cell_type": "markdown", "source": "# Old lamps\n\n- badges: true"}
    (tmp_path / "_notebooks" / "2020-05-01-Old lamps  lit.ipynb").write_bytes(notebook(heading, TEXT))
    post = "---\ntitle: Old lamps\nbadges: true\n---\n\nThe keeper sleeps.\n"
    (tmp_path / "_posts" / "2020-05-01-Old-lamps-lit.md").write_text(post)
    (entry,) = refeed.entries(refeed.Options(paths=(str(tmp_path),)), now=NOW)
    assert entry.url == "https://quay.example.org/2020/05/01/Old-lamps-lit.html"
