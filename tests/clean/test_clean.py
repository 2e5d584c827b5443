"""Cleaning: every case of fixtures/clean and every row of fixtures/text."""

import json
from collections.abc import Mapping

import pytest
from body_cases import CASES, URL, Case, clean_case
from folders import FIXTURES

from refeed.addresses.pictures import real_picture
from refeed.clean.body import STEPS, Body, Cleaned, clean_body
from refeed.clean.boilerplate.names import BEGINNINGS, NAMES, OUTLET_NAMES
from refeed.clean.boilerplate.outlet_wordings import OUTLETS
from refeed.clean.summary import summary_of
from refeed.clean.user_rules import selector_fault
from refeed.html.sanitise import ALLOWED
from refeed.problem_kinds import CODES
from refeed.text.language import detect_language
from refeed.text.plain import plain, summarise


def rows(name: str) -> list[list[str]]:
    lines = (FIXTURES / name).read_text("utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


def unescape(cell: str) -> str:
    return str(json.loads(f'"{cell}"'))


def facts(cleaned: Cleaned, asked: tuple[str, ...]) -> tuple[str, ...]:
    """State those facts about a cleaned body that a case asks for."""
    known = {
        "file": [" ".join(filter(None, (file.url, file.type))) for file in cleaned.enclosures] or ["-"],
        "image": [cleaned.image or "-"],
        "kind": [cleaned.markup],
        "language": [detect_language(cleaned.prose) or "-"],
        "problem": [f"{found.code} {found.message}" for found in cleaned.problems],
        "summary": [summary_of(cleaned.content, "", cleaned.captions) or "-"],
    }
    keys = dict.fromkeys(fact.partition(":")[0] for fact in asked)
    return tuple(f"{key}: {value}" for key in keys for value in known[key])


def test_there_are_cases() -> None:
    assert len(CASES) > 400
    assert sum(case.name.startswith("hostile") for case in CASES) >= 80
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    found = clean_case(case)
    assert found.content == case.content
    assert facts(found, case.facts) == case.facts
    assert all(problem.code in CODES for problem in found.problems)


def test_clean_content_stays_as_it_is() -> None:
    bodies = {
        case.name: Body(case.content, markdown=False, title="", url=URL, dateline=None, images=()) for case in CASES
    }
    again = {name: clean_body(body).content for name, body in bodies.items()}
    assert again == {name: body.text for name, body in bodies.items()}


@pytest.mark.parametrize(("raw", "expected", "why"), rows("text/titles.tsv"))
def test_plain(raw: str, expected: str, why: str) -> None:
    assert plain(unescape(raw)) == unescape(expected), why


@pytest.mark.parametrize(("text", "size", "expected", "why"), rows("text/summaries.tsv"))
def test_summarise(text: str, size: str, expected: str, why: str) -> None:
    assert summarise(unescape(text), int(size)) == unescape(expected), why


@pytest.mark.parametrize(("address", "expected", "why"), rows("addresses/pictures.tsv"))
def test_real_picture(address: str, expected: str, why: str) -> None:
    assert (real_picture(address, URL) or "-") == expected, why


@pytest.mark.parametrize("name", ["blank.gif", "spacer.png", "placeholder.jpg"])
def test_a_picture_that_a_script_would_load_may_have_any_name(name: str) -> None:
    address = f"https://quay.example/{name}"
    assert real_picture(address, URL) is None
    assert real_picture(address, URL, late=True) == address


@pytest.mark.parametrize(
    ("selector", "fault"),
    [
        (".tip, p > a[href*='x']:not(.y)", None),
        ("p:has(img)", None),
        ("", "Expected a selector at position 0"),
        ("p >", "Invalid character ' ' position 1"),
        ("p::before", "Pseudo-element found at position 1"),
        (
            "p:contains(x)",
            "The pseudo class ':contains' is deprecated, ':-soup-contains' should be used moving forward.",
        ),
    ],
)
def test_what_is_wrong_with_a_selector_is_told(selector: str, fault: str | None) -> None:
    assert selector_fault(selector) == fault


def test_text_has_a_line_a_block() -> None:
    body = Body(
        "<h2>Tea</h2><p>One<br>two</p><ul><li>x</li></ul>", markdown=False, title="", url=URL, dateline=None, images=()
    )
    assert clean_body(body).text == "Tea\nOne two\nx"


def test_changes_name_their_step_and_count_what_went() -> None:
    raw = "<p>The text, which is long enough.</p><p hidden>gone</p><p hidden>too</p>"
    (change,) = clean_body(Body(raw, markdown=False, title="", url=URL, dateline=None, images=())).changes
    assert (change.step, change.count, change.removed) == ("hidden elements", 2, 7)


def test_of_absurd_nesting_the_text_is_left() -> None:
    raw = "<p>a</p>" + "<div>" * 1_000 + "<b>b &lt; c</b>" + "</div>" * 1_000 + "<p>d</p>"
    cleaned = clean_body(Body(raw, markdown=False, title="", url=URL, dateline=None, images=()))
    assert cleaned.content == "<p>a</p>\n<p>b &lt; c</p>\n<p>d</p>"


def test_every_step_has_a_name_of_its_own() -> None:
    assert len({step.name for step in STEPS}) == len(STEPS)


@pytest.mark.parametrize(
    "table", [NAMES, BEGINNINGS, OUTLET_NAMES, OUTLETS], ids=["names", "beginnings", "outlets", "wordings"]
)
def test_tables_of_boilerplate_are_sorted_and_in_lower_case(table: Mapping[str, object]) -> None:
    assert list(table) == sorted(table)
    assert all(name == name.lower() for name in table)


@pytest.mark.parametrize("name", [*NAMES, *BEGINNINGS])
def test_what_is_named_like_boilerplate_goes(name: str) -> None:
    raw = f"<p>The text, which is longer.</p><div class='x {name}'>Gone</div>"
    assert clean_body(Body(raw, markdown=False, title="", url=URL, dateline=None, images=())).text == (
        "The text, which is longer."
    )


def test_allowed_elements_are_sorted() -> None:
    assert list(ALLOWED) == sorted(ALLOWED)
