"""Read every file of fixtures/formats and fixtures/input/file_types, and compare it with the expectation beside it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from folders import FIXTURES

from refeed.formats import Match, choose, detect, load_formats, votes
from refeed.input.file_types import is_binary, why_unclaimed
from refeed.model import Document, RawRecord, SourceFile
from refeed.problem_kinds import CODES
from refeed.problems import Problem

EXPECTED = ".expected.json"


def inputs(folder: str) -> list[Path]:
    return sorted(path for path in FIXTURES.glob(folder) if path.is_file() and not path.name.endswith(EXPECTED))


CASES = inputs("formats/*/*")
UNCLAIMED = inputs("input/file_types/*")
NAMES = [f"{path.parent.name}/{path.name}" for path in CASES]


def load(path: Path) -> Document:
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return Document(SourceFile(path.name, path.name), data)


def expectation(path: Path) -> Path:
    return path.with_name(path.name + EXPECTED)


def write(beside: Path, result: dict[str, Any]) -> None:
    """Rewrite an expectation; only its reason stays."""
    why = json.loads(beside.read_bytes())["why"] if beside.exists() else ""
    beside.write_text(json.dumps({"why": why, **result}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def shown(document: Document, raw: RawRecord) -> dict[str, Any]:
    """Show a draft as expectations write it: without its empty fields, the body as text."""
    fields = {name: value for name, value in raw._asdict().items() if value and name not in {"span", "body", "written"}}
    if raw.withheld:
        fields["withheld"] = raw.withheld[:-1]  # no format knows the outlet
    if raw.shown_by:
        fields["shown_by"] = sorted(raw.shown_by)
    return {**fields, "body": document.body_bytes(raw.body).decode()}


@cache
def actual(path: Path) -> dict[str, Any]:
    document = load(path)
    format_ = load_formats()[path.parent.name]
    results = list(format_.parse(document))
    return {
        "match": {name: vote.name for name, vote in votes(document) if vote},
        "records": [shown(document, result) for result in results if isinstance(result, RawRecord)],
        "problems": [
            {"code": result.code, "line": result.line, "message": result.message}
            for result in results
            if isinstance(result, Problem)
        ],
    }


@pytest.mark.parametrize("path", CASES, ids=NAMES)
def test_fixture_says_what_is_expected(path: Path, accept: bool) -> None:
    result = json.loads(json.dumps(actual(path)))  # tuples are lists in JSON
    beside = expectation(path)
    if accept:
        write(beside, result)
    expected = json.loads(beside.read_bytes())
    assert expected.pop("why"), f"say in {beside.name} why this is right"
    assert result == expected


def test_every_fixture_is_won_by_its_own_format(subtests: pytest.Subtests) -> None:
    for path, name in zip(CASES, NAMES, strict=True):
        with subtests.test(name):
            assert detect(load(path)) == (load_formats()[path.parent.name], None)


def test_problems_have_known_codes_and_a_line(subtests: pytest.Subtests) -> None:
    for path, name in zip(CASES, NAMES, strict=True):
        document = load(path)
        with subtests.test(name):
            for problem in actual(path)["problems"]:
                assert problem["code"] in CODES
                assert 1 <= problem["line"] <= document.line_at(len(document.data))


@pytest.mark.parametrize("path", UNCLAIMED, ids=[path.name for path in UNCLAIMED])
def test_unclaimed_file_says_what_it_is(path: Path, accept: bool) -> None:
    document, beside = load(path), expectation(path)
    assert detect(document) == (None, None)
    problem = why_unclaimed(document)
    if accept:
        write(beside, {"code": problem.code, "message": problem.message})
    expected = json.loads(beside.read_bytes())
    assert expected.pop("why"), f"say in {beside.name} why this is right"
    assert {"code": problem.code, "message": problem.message} == expected
    assert is_binary(document.data) == (problem.code == "binary-file")


@pytest.mark.parametrize("name", sorted(load_formats()))
def test_every_format_has_fixtures_and_one_with_a_problem(name: str) -> None:
    results = [actual(path) for path in CASES if path.parent.name == name]
    assert any(result["records"] for result in results)
    assert name == "dated-link" or any(result["problems"] for result in results)  # what it cannot read is epoch-link's


def test_every_expectation_has_its_input() -> None:
    assert CASES
    assert UNCLAIMED
    found = {path for folder in ("formats/*/*", "input/file_types/*") for path in FIXTURES.glob(folder + EXPECTED)}
    assert found == {expectation(path) for path in (*CASES, *UNCLAIMED)}


def test_formats_are_read_only_and_named_as_their_files() -> None:
    formats = load_formats()
    assert {"dated-link", "epoch-link", "front-matter"} <= formats.keys()
    with pytest.raises(TypeError):
        formats["x"] = formats["dated-link"]  # type: ignore[index]


def test_a_tie_goes_to_the_first_by_name_and_is_reported() -> None:
    ranked = (("a", Match.LIKELY), ("b", Match.LIKELY), ("c", Match.MAYBE))
    assert choose("x.md", ranked) == (
        "a",
        Problem("ambiguous-format", "claimed by a, b alike; read as a", "x.md"),
    )
    assert choose("x.md", ranked[1:]) == ("b", None)
    assert choose("x.md", (("a", Match.NO), ("b", Match.NO))) == (None, None)


def test_another_encoding_in_a_header_is_an_error_for_the_caller() -> None:
    document = Document(
        SourceFile("x.md", "x.md"), "[海](https://news.example)\n------\n日期：今天\n".encode("gb18030")
    )
    with pytest.raises(UnicodeDecodeError):
        detect(document)
