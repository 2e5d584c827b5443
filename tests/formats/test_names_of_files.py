"""Which names of files and headings of notes say that they are no articles, or no titles."""

import pytest

from refeed.formats._first_parts import is_first_part
from refeed.not_articles import is_for_helpers


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("CLAUDE.md", True),
        ("AGENTS.md", True),
        ("agents.md", True),  # at the top
        ("docs/AGENTS.md", True),
        ("CLAUDE.zh-CN.md", True),
        ("copilot-instructions.md", True),
        ("PULL_REQUEST_TEMPLATE.md", True),
        ("DESIGN.md", True),
        ("design.md", False),  # a note on design
        ("people/claude.md", False),  # on somebody
        ("claude-monet.md", False),
        ("AGENTS-OF-CHANGE.md", False),
        ("openspec/changes/archive/2026-03-04-tide-gauge/proposal.md", True),
        ("web/openspec/specs/tide-gauge/spec.md", True),
        ("docs/superpowers/plans/2026-03-04-tide-gauge.md", True),
        ("openspec/2026-03-04-review.md", False),  # about the program, not of it
        ("posts/2026-03-04-superpowers.md", False),
    ],
)
def test_what_is_for_those_who_work_on_a_repository(path: str, *, expected: bool) -> None:
    assert is_for_helpers(path) is expected


@pytest.mark.parametrize(
    ("heading", "name", "expected"),
    [
        ("代码", "双指针", True),
        ("Introduction", "tide tables", True),
        ("1. Overview", "tide tables", True),
        ("一、原理", "滑轮", True),
        ("I. Background", "tide tables", True),
        ("📦 概述", "滑轮", True),
        ("Overview:", "tide tables", True),
        ("개요", "밀물", True),
        ("Overview", "index", False),  # a worse title
        ("Overview", "2024", False),
        ("Setup", "setup", False),  # it says what it is about
        ("Table of contents", "table-of-contents", False),
        ("前言", "f3a9c1d2e4b5", False),  # a digest
        ("前言", "facade", True),
        ("Overview of tides", "tides", False),
        ("2024年总结", "总结", False),
        ("Code review", "review", False),
    ],
)
def test_which_headings_are_of_a_first_part(heading: str, name: str, *, expected: bool) -> None:
    assert is_first_part(heading, name) is expected
