"""What is remembered of headers changes no header that is read later: it is found as the pattern of all finds it."""

from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refeed.formats.headers.yaml.strict import has_comment, read_raw, read_yaml_lines
from refeed.model import Document, SourceFile
from refeed.records import plain_headers
from refeed.records.header_plans import HeaderPlans

Header = Sequence[tuple[str, str]]

# Each behind a key and its colon, as it stands there; what is no value of the subset is among them.
VALUES: Final = st.sampled_from(
    (
        *(
            "",
            " ",
            " Harbour",
            " 海港",
            " Sea ",
            "  Sea",
            " 2020-09-13T12:26:40Z",
            " https://a.example/b",
            " 7",
            " false",
        ),
        *(" 'Sea'", " 'It''s'", " 'Sea: a'", ' "Sea"', ' "Sea: a: b"', r' "a \"b\""', ' "Sea" ', " 'Sea", ' "', " ''"),
        *(" [a, b]", " [ sea ]", " []", ' ["a"]', " [a", " [a: b]", "\n - a\n - b", "\n- a", " \n - a", "\n  - 'a: b'"),
        *(
            "\n - a\n - b: c",
            " a\n - b",
            "\n   - a",
            " Sea: a",
            " Sea:",
            " a:b",
            " a # b",
            " a#b",
            " - a",
            " @a",
            " &a b",
        ),
        *(" *a", " |", " >-", " {a: b}", " ? a", " : a", " `a`", " %a", " a\nb", " a\n b", " a\nkey: b"),
    )
)
KEYS: Final = st.lists(
    st.sampled_from(("title", "date", "tags", "a-b", "_x", "link")), min_size=1, max_size=5, unique=True
)


def some(keys: Sequence[str]) -> st.SearchStrategy[list[list[tuple[str, str]]]]:
    """Return headers that have these keys."""
    header = st.tuples(*([VALUES] * len(keys))).map(lambda values: list(zip(keys, values, strict=True)))
    return st.lists(header, min_size=2)


def written(header: Header) -> str:
    return "".join(f"{key}:{value}\n" for key, value in header)


def learned(*headers: Header) -> HeaderPlans[tuple[str, ...]]:
    """Return what is left of some headers where each is worth a plan."""
    plans = HeaderPlans(tuple, often=1, looked_at=1)
    for text in map(written, headers):
        if raw := read_yaml_lines(text):
            plans.learn(text, raw)
    return plans


@given(KEYS.flatmap(some))
def test_a_header_is_read_as_without_those_before(headers: list[Header]) -> None:
    plans = learned(*headers)
    for text in map(written, headers):
        raw = read_yaml_lines(text)
        plain = raw if raw and not has_comment(raw) else None
        found = plans.read(text)
        assert found is None or (plain and found == (tuple(plain), tuple(plain.values())))


TOML_VALUES: Final = st.sampled_from(
    (
        *(
            '"Sea"',
            "'Sea'",
            '"Sea: a"',
            "'a # b'",
            r'"a \"b\""',
            '"a',
            "",
            "Sea",
            "true",
            "false",
            "nan",
            "0",
            "7",
            "07",
        ),
        *(
            '["a", "b"]',
            '["a","b"]',
            "[]",
            "['a']",
            '["a: b"]',
            '["a # b"]',
            '["a"',
            "[[]]",
            "[1]",
            '["海"]',
            '"a" # b',
        ),
        *("2020-09-13", "2020-09-13T12:26:40Z", "2020-09-13 12:26", "1234567890", "true ", ' "a"'),
    )
)
PLAIN_VALUES: Final = st.sampled_from(
    ("Sea", "海", "Sea: a", "a # b", '"Sea"', "[a]", " Sea", "Sea ", "", "Ada, Bo", "2020-09-13", "a: b: c", "'a'")
)
STYLES: Final = {
    " = ": (plain_headers.TOML, plain_headers.TOML_LINES, TOML_VALUES),
    ": ": (plain_headers.KEY_VALUES, plain_headers.KEY_VALUE_LINES, PLAIN_VALUES),
}


@pytest.mark.parametrize("between", STYLES)
@given(data=st.data())
def test_headers_in_other_notations_are_read_as_without_those_before(between: str, data: st.DataObject) -> None:
    style, lines, values = STYLES[between]
    keys = data.draw(st.lists(st.sampled_from(("title", "date", "Authors", "_x")), min_size=1, unique=True))
    headers = data.draw(st.lists(st.tuples(*([values] * len(keys))), min_size=2))
    texts = ["".join(f"{key}{between}{value}\n" for key, value in zip(keys, one, strict=True)) for one in headers]
    plans = HeaderPlans(tuple, style, often=1, looked_at=1)
    for text in texts:
        if raw := read_raw(text, lines):
            plans.learn(text, raw)
    for text in texts:
        raw = read_raw(text, lines)
        found = plans.read(text)
        assert found is None or (raw and found == (tuple(raw), tuple(raw.values())))


@pytest.mark.parametrize(
    ("between", "values"),
    [
        (" = ", ('"Sea"', "true", "7", '["a", "b"]', "2020-09-13")),
        (" = ", ("'Sea'", "false", "0", "[]", "2020-09-13T12:26:40Z")),
        (": ", ("Sea", "Ada, Bo", "a, b", "7", "2020-09-13 12:26")),
    ],
)
def test_headers_in_other_notations_have_plans_as_well(between: str, values: Sequence[str]) -> None:
    style, lines, _ = STYLES[between]
    text = "".join(
        f"{key}{between}{value}\n" for key, value in zip(("title", "a", "b", "c", "date"), values, strict=True)
    )
    plans = HeaderPlans(tuple, style, often=1, looked_at=1)
    raw = read_raw(text, lines)
    assert raw
    plans.learn(text, raw)
    assert plans.read(text) == (("title", "a", "b", "c", "date"), tuple(values))


@pytest.mark.parametrize(
    ("value", "as_written"),
    [
        (" Sea", "Sea"),
        (' "Sea: a"', '"Sea: a"'),  # a colon in quotes is one of the text
        (' "Sea #1"', '"Sea #1"'),  # so is what begins a comment elsewhere
        (r' "Sea \"a\": \u2014"', r'"Sea \"a\": \u2014"'),  # robots quote titles with quotation marks so
        (" 'Sea'", "'Sea'"),
        (" [a]", "[a]"),
        ("\n - a\n - b", "\n - a\n - b"),
        ("", ""),
    ],
)
def test_another_header_of_the_same_shape_is_read_at_once(value: str, as_written: str) -> None:
    plans = learned([("title", " Boat"), ("tags", value), ("date", " 2020-09-13")])
    other = written([("title", " Rope"), ("tags", value), ("date", " 2021-10-14")])
    assert plans.read(other) == (("title", "tags", "date"), ("Rope", as_written, "2021-10-14"))


@pytest.mark.parametrize(
    "other",
    [
        "title: Sea: a\nlink: b\n",  # YAML finds a mapping there
        "title: Sea:\nlink: b\n",
        "title: Sea #1\nlink: b\n",  # whether that is a comment depends on the key
        "link: b\ntitle: Sea\n",
        "title: 'Sea'\nlink: b\n",
        "title: Sea\nlink: b\nlink: c\n",
    ],
)
def test_what_is_written_in_another_way_is_left_to_others(other: str) -> None:
    assert learned([("title", " Boat"), ("link", " a")]).read(other) is None


@pytest.mark.parametrize(
    "title",
    [
        r'"Sea \x41"',  # an escape that is YAML's alone
        r'"Sea \d"',
        r'"Sea \ud800"',
        r'"Sea \"',
        '"Sea" #1',
    ],
)
def test_quotes_with_what_not_all_notations_escape_are_left_to_others(title: str) -> None:
    assert learned([("title", ' "Boat"'), ("link", " a")]).read(f"title: {title}\nlink: b\n") is None


def test_a_shape_is_worth_a_plan_where_it_comes_often() -> None:
    text = "title: Boat\n"
    raw = read_yaml_lines(text)
    assert raw
    plans = HeaderPlans(tuple, often=2, looked_at=2)
    found = []
    for _ in range(5):
        found.append(plans.read(text))
        plans.learn(text, raw)
    assert found == [None, None, None, None, (("title",), ("Boat",))]  # the second and the fourth were looked at


def test_the_shapes_that_are_remembered_are_few_and_the_last() -> None:
    headers = [[(f"key{number}", " a")] for number in range(9)]
    plans = learned(*headers)
    assert [plans.read(written(header)) is not None for header in headers] == [False] * 5 + [True] * 4


def test_the_shape_that_was_of_no_use_for_longest_is_forgotten() -> None:
    headers = [[(f"key{number}", " a")] for number in range(5)]
    plans = learned(*headers[:4])
    plans.read(written(headers[0]))
    raw = read_yaml_lines(written(headers[4]))
    assert raw
    plans.learn(written(headers[4]), raw)
    assert [plans.read(written(header)) is not None for header in headers] == [True, False, True, True, True]


@pytest.mark.parametrize(("more", "is_planned"), [(97, True), (98, False)])
def test_a_header_of_more_keys_than_real_ones_have_is_not_worth_a_plan(
    more: int, is_planned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of one with title, date, link and 97 others each key counts: that makes 100."""
    plans = HeaderPlans[plain_headers.StrongestKeys | None](lambda _: None, often=1, looked_at=1)
    yaml = plain_headers.FENCED[b"---\n"]._replace(plans=plans)
    monkeypatch.setattr(plain_headers, "FENCED", {b"---\n": yaml})
    others = "".join(f"key{number}: a\n" for number in range(more))
    text = f"title: Sea\ndate: 2020-09-13\nlink: https://a.example/b\n{others}"
    plain_headers.plain_header(Document(SourceFile("a.md", "a.md"), f"---\n{text}---\n".encode()))
    assert (plans.read(text) is not None) == is_planned
