"""Steps that a page without certain elements does not need: they would do nothing."""

import pytest
from body_cases import CASES, Case

from refeed.clean import body
from refeed.clean.body import STEPS, Body, Cleaned, clean_body


def all_taken(case: Case, monkeypatch: pytest.MonkeyPatch) -> Cleaned:
    """Clean a body with every step."""
    with monkeypatch.context() as patch:
        patch.setattr(body, "STEPS", tuple(step._replace(elements=frozenset()) for step in STEPS))
        return clean_body(case.body)


def test_a_step_that_is_left_out_would_do_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [case.name for case in CASES if all_taken(case, monkeypatch) != clean_body(case.body)] == []


def test_who_looks_on_sees_the_steps_that_are_left_out_too() -> None:
    seen = []

    def note(_page: object, step: str) -> None:
        seen.append(step)

    plain = Body("<p>Tea is hot.</p>", markdown=False, title="", url=None, dateline=None, images=())
    clean_body(plain, note)
    assert seen == ["", *(step.name for step in STEPS)]
