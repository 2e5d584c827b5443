"""What holds for every input: no exception, spans inside the file, and readers of front matter that agree."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from refeed.formats import Match, detect, load_formats, votes
from refeed.formats.headers.yaml.guarded import read_yaml
from refeed.formats.headers.yaml.recovery import recover
from refeed.formats.headers.yaml.strict import read_strict
from refeed.input.file_types import why_unclaimed
from refeed.limits import DEFAULT_LIMITS
from refeed.model import Document, RawRecord, SourceFile
from refeed.problem_kinds import CODES
from refeed.problems import Problem
from refeed.vocabulary.fields import Fields, Value

# Pieces that headers are made of, and what breaks them.
PIECES = (
    *"\n -#:'\"[]{}()<>,|!&*%@`\\=~?\t",
    "\n\n",
    "\n---\n",
    "\n+++\n",
    "\n------\n",
    "\n日期：",
    "\n- ",
    "\n - ",
    " #",
    "---\n",
    "+++\n",
    ": ",
    "...\n",
    "<!--1600000000000-->\n",
    "<!--NaN-->\n",
    "Harbour",
    "](",
    "[[a], b]",
    "\\u0041",
    '\\"',
    "\u2028",
    "\x85",
    "\u00a0",
    "\ufeff",
    "\x00",
    "\U0001f6a2",
    "author:",
    "cover:\n  image: c.jpg",
    "date: 2020-09-13",
    "false",
    "https://news.example/a",
    "layout: page",
    "null",
    "tags: [ sea ]",
    "title: ",
    "title: 'a'",
    "海港",
    '{"title": "x", "date": 1}',
    "<rss version='2.0'>",
    "<item>",
    ".. title: x\n.. date: 2020-09-13\n",
    "#+TITLE: x\n#+DATE: 2020-09-13\n",
    "= Harbour\n:revdate: 2020-09-13\n",
    "x\n===\n\n:date: 2020-09-13\n",
    "#+BEGIN_SRC\n",
    "----\n",
    ".. code::\n",
    "</item>",
    "<![CDATA[",
    "<title>",
    '{"version": "https://jsonfeed.org/version/1", "items": [',
    '[{"text": "x", "date": "2020-09-13"},',
    '{"text": "x", "url": "https://news.example/a"}\n',
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=60)
HEADERS = st.lists(
    st.builds(
        "{}{}{}\n".format,
        st.sampled_from(("title:", "title: ", "tags:", "tags: ", "date: ", "a-B: ", "- ", " - ", "", "  ")),
        st.lists(st.sampled_from(PIECES), max_size=4).map("".join) | st.text(max_size=12),
        st.sampled_from(("", "", "", " ", "'", '"', "]", " # x", "\nb: c")),
    ),
    max_size=5,
).map("".join)
DEPTH = DEFAULT_LIMITS.max_header_depth
FORMATS = sorted(load_formats())

# What is repeated over an eighth of a megabyte after each beginning: nothing may need more than linear time.
BEGINNINGS = (
    "",
    "[",
    "<!--1-->\n[",
    "<!--1-->\n[a](http://x.example)\n------\n",
    "---\n",
    "---\ntitle: ",
    "+++\ntitle = [",
    '{"title": ',
    "Title: ",
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content><![CDATA[',
    '{"version": "https://jsonfeed.org/version/1", "items": [{"content_html": "',
    "#+TITLE: x\n#+DATE: 2020-09-13\n",
    '[{"text": "a", "date": "2020-09-13"},',
)
REPEATED = ("a", " ", "\n", "-", "[", "](", "\n\n[", "\n---", ")\n------", "#", ":", "'", '"', "\\", "{", "<!--", "日")


def document(text: str | bytes) -> Document:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return Document(SourceFile("x.md", "x.md"), data)


def check(read: Document) -> None:
    """Everything that has to hold for one document, whatever is in it."""
    chosen, tie = detect(read)
    ranked = votes(read)
    assert (chosen is None) == (ranked[0][1] is Match.NO)
    assert tie is None or tie.code in CODES
    if chosen is None:
        assert why_unclaimed(read).code in CODES
        return
    results = list(chosen.parse(read))
    assert results  # a draft, or a problem that says why there is none
    end = 0
    for result in results:
        if isinstance(result, Problem):
            assert result.code in CODES
            assert 0 <= result.line <= read.line_at(len(read.data))
            continue
        assert end <= result.span[0] <= result.span[1] <= len(read.data)
        if not isinstance(result.body, str):
            assert result.span[0] <= result.body[0] <= result.body[1] == result.span[1]
        assert result.line == read.line_at(result.span[0])
        end = result.span[1]


@given(TEXTS)
def test_any_text_gives_drafts_or_problems(text: str) -> None:
    check(document(text))


@given(st.sampled_from(("---\n", "+++\n", "\n---\ntitle: x\n", "Title: x\n")), HEADERS, st.sampled_from(("---\n", "")))
def test_any_header_gives_drafts_or_problems(opening: str, header: str, closing: str) -> None:
    check(document(f"{opening}{header}{closing}Text.\n"))


@given(st.sampled_from(FORMATS), TEXTS)
def test_every_format_bears_what_is_not_its_own(name: str, text: str) -> None:
    for result in load_formats()[name].parse(document(text)):
        assert isinstance(result, RawRecord | Problem)


@given(
    st.sampled_from(("", "---\ntitle: ", "<!--1-->\n[", "[")), st.binary(max_size=60), st.sampled_from(("", "\n---\n"))
)
def test_any_bytes_are_read_or_not_in_utf_8(opening: str, data: bytes, closing: str) -> None:
    read = document(opening.encode() + data + closing.encode())
    assert why_unclaimed(read).code in CODES
    try:
        check(read)
    except UnicodeDecodeError:
        with pytest.raises(UnicodeDecodeError):
            read.data.decode()


@pytest.mark.timeout(30)  # what grows with the square of such a text takes longer, and all else less than a second
@pytest.mark.parametrize("repeated", REPEATED)
@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_much_of_the_same_is_borne(beginning: str, repeated: str) -> None:
    check(document(beginning + repeated * (2**17 // len(repeated))))
    check(
        document(f"{beginning}{repeated * (60_000 // len(repeated.encode()))}\n---\n+++\n](http://x.example)\n------\n")
    )


def agree(header: str) -> bool:
    """Compare the readers; both keep ` #` in a bare title on purpose. False if the strict one refuses."""
    values = read_strict(header)
    assert values is None or read_yaml(header, DEPTH) == Fields(values)
    return values is not None


@given(HEADERS)
def test_strict_reader_and_yaml_agree(header: str) -> None:
    agree(header)


def lines_of(values: dict[str, Value]) -> str:
    """Write values as the robots do."""
    lines = []
    for key, value in values.items():
        if isinstance(value, list):
            lines.append(f"{key}:\n" + "".join(f" - {item}\n" for item in value))
        else:
            lines.append(f"{key}: {value}\n")
    return "".join(lines)


OUTSIDE = r"""a: b|a:|a #b|&a b|*a|!a b|> a|@a|%a|`a`|- a|'a' b|[a, ]|[- a]|[a: b]|{a: b}|"\ud83d"|"\x41"|"a" b"""


@pytest.mark.parametrize("value", [*OUTSIDE.split("|"), "|", "a\tb", "a\u00a0b", "a\n  b", "a\n - b", "\n - a\n  - b"])
def test_strict_reader_refuses_what_is_outside_its_subset(value: str) -> None:
    assert read_strict(f"key: {value}\n") is None


WORDS = st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" #"), max_size=12)
ROBOTS = st.dictionaries(st.sampled_from(("title", "author", "date", "tags")), WORDS | st.lists(WORDS, max_size=3))


@given(ROBOTS)
def test_strict_reader_and_yaml_agree_on_what_robots_write(values: dict[str, Value]) -> None:
    agree(lines_of(values))


@pytest.mark.parametrize(
    "value", ["Harbour", "'it''s'", '"a \\"b\\" \\u00e9"', "[ a, 'b' ]", "2020-09-13 12:26", "", "\n - a\n - 'b'"]
)
def test_strict_reader_accepts_what_robots_write(value: str) -> None:
    assert agree(f"key: {value}\ntitle: China's First Big #MeToo Case\n")


@given(WORDS)
def test_a_quoted_title_is_read_as_written_by_every_reader(title: str) -> None:
    assume(title.isprintable())
    for quoted in (json.dumps(title, ensure_ascii=False), "'" + title.replace("'", "''") + "'"):
        header = f"title: {quoted}\n"
        assert read_strict(header) == {"title": title}
        assert read_yaml(header, DEPTH) == Fields({"title": title})


@given(WORDS)
def test_a_bare_title_is_never_cut(title: str) -> None:
    text = title.strip()
    assume(text and text[0].isalnum())
    fields = read_yaml(f"title: {text}\ndate: 2020-09-13\n", DEPTH)
    if isinstance(fields, Problem):
        fields = recover(f"title: {text}\ndate: 2020-09-13\n")
    assert fields.values == {"title": text, "date": "2020-09-13"}


@given(TEXTS)
def test_recovery_bears_everything_and_names_lines(text: str) -> None:
    for fault in recover(text).problems:
        assert 1 <= fault.line <= text.count("\n") + 1


@given(TEXTS, TEXTS)
def test_a_body_without_blank_lines_forges_no_record(one: str, two: str) -> None:
    body = "\n".join(part for part in f"{one}\n{two}".split("\n") if part)
    read = document(f"<!--1600000000000-->\n[a](https://news.example/1)\n------\n<p>{body}")
    assert sum(isinstance(result, RawRecord) for result in load_formats()["epoch-link"].parse(read)) == 1


@given(TEXTS)
def test_front_matter_is_one_record(body: str) -> None:
    read = document(f"---\ntitle: Harbour\ndate: 2020-09-13\n---\n{body}")
    assert [type(result) for result in load_formats()["front-matter"].parse(read)] == [RawRecord]
