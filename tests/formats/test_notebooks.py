"""Notebooks: what of their outputs goes out, what is told, and which of them are no articles."""

import json
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

import refeed
from refeed.formats import load_formats
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
