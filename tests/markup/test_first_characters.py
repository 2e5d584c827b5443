"""What is looked for only where it may begin is what would be found anywhere."""

import re
from collections.abc import Iterable
from threading import Event, Thread
from types import MappingProxyType
from unittest.mock import patch

from body_cases import CASES
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_block import StateBlock

from refeed.hidden_parts import private_parts
from refeed.markup import (
    code_spans,
    comments,
    first_characters,
    jsx_values,
    markdown,
    outlines,
    repairs,
)
from refeed.markup.blocks.raw_blocks import UNSHOWN
from refeed.markup.inline.wikilinks import NO_TARGETS, TARGETS
from refeed.markup.line_breaks import BREAKS
from refeed.markup.repairs import addresses, list_items, markdown_in_html, pictures, tables
from refeed.markup.templates import syntax
from refeed.startup.late_patterns import LedPattern, matches

# Pieces with which something begins or ends in Markdown, in templates, in what only some readers see.
PIECES = (
    *("*", "_", "~", "`", "```\n", "[", "]", "(", ")", "![", "<", ">", "</b>", "<!--", "-->", "&amp;", "\\", "$", "^"),
    *(
        "[^a]",
        "[^a]: b\n",
        "==",
        "{#a}",
        "{: .a}",
        "{{",
        "}}",
        "{%",
        "%}",
        "[[",
        "]]",
        ":tada:",
        "www.a.example",
        "://",
    ),
    *(
        "#",
        "- ",
        "1. ",
        "a. ",
        "a. a\nb. b\n",
        "*[a]: b\n",
        "(@) ",
        "> ",
        "| a |\n",
        "|-|\n",
        "---\n",
        "===\n",
        "    ",
        ":::",
        "::: tip\n",
        "!!! note\n",
    ),
    *(
        '=== "A"\n',
        "@tab A\n",
        "[toc]\n",
        "import 'a'\n",
        ": ",
        "\n",
        "\n\n",
        " ",
        "a",
        "w",
        "h",
        "河",
        "\u00a0",
        "****",
    ),
    *("??? a\n    b\n", "___\n", "^[a b]"),
    *("    - a\n", "10.  a\n", "~~~\n", "|-|-|\n", "](a b.png)", "[a]: http://a.example\n", ">\n", "#a#\n", "##a\n"),
    *("id:: ", "true\n", ":END:\n", "#+BEGIN_quote\n", "[[http://a.example]]", "^^a^^", "[//]: # a\n", "{false &&"),
    *(
        "::icon{a}\n",
        ":icon{a}",
        "%[http://a.example]",
        "@[a](b)\n",
        "{attach}",
        "[^ref]\n",
        "{' '}",
        '8<- "',
        "<<< @/a",
    ),
    *("</a>", "<A b={{c}}>", "b={c}", "[!private]\n", "[secret]", "[/secret]", "<!--members-only-->", "~~", "\u3000"),
)
SOUPS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
# Each piece alone, in a paragraph, at its end, around words, in an item and in a quote.
PLACES = (
    "{0}",
    "a\n\n{0}\n\na",
    "a\n{0}\na",
    "a {0} b",
    "a {0}b{0} c",
    "a{0}b{0}c",
    "- a\n  {0}a\n",
    "> a\n> {0}\n{0}a",
)
TEXTS = [case.body.text for case in CASES]
TEXTS += [place.format(piece) for piece in PIECES for place in PLACES]


def to_html(reader: MarkdownIt, text: str) -> str:
    said = {BREAKS: False, TARGETS: NO_TARGETS, UNSHOWN: lambda _: None}
    return str(reader.render(text, said))


def reader_that_asks_everywhere(*, indented_code: bool) -> MarkdownIt:
    nowhere = MappingProxyType[str, str]({})
    with patch.multiple(first_characters, BLOCKS=nowhere, INLINES=nowhere, SIGNS=nowhere):
        reader = markdown._reader.__wrapped__(indented_code=indented_code)  # noqa: SLF001
        reader.inline.terminator_re = re.compile(r"[\n!#$%&*+\-:<=>@\[\\\]^_`{}~w]")  # markdown-it's, and `w`
        to_html(reader, "a")  # the rules are put in order when the first text is read
    return reader


EVERYWHERE = {indented: reader_that_asks_everywhere(indented_code=indented) for indented in (False, True)}


def assert_read_alike(text: str) -> None:
    for indented, reader in EVERYWHERE.items():
        assert to_html(markdown._reader(indented_code=indented), text) == to_html(reader, text)  # noqa: SLF001


def test_rules_of_markdown_read_every_case_alike_whether_they_are_asked_everywhere() -> None:
    for text in TEXTS:
        assert_read_alike(text)


@given(SOUPS)
def test_rules_of_markdown_read_any_marks_alike_whether_they_are_asked_everywhere(text: str) -> None:
    assert_read_alike(text)


def test_a_text_is_read_whole_while_another_thread_reads_one_without_tables() -> None:
    reader = markdown._reader.__wrapped__(indented_code=True)  # noqa: SLF001
    begun, ended = Event(), Event()

    def pause(state: StateBlock, *_: object) -> bool:
        if "fog" in state.src:
            begun.set()
            ended.wait(60)
        elif not other.ident:
            other.start()
            begun.wait(60)
        return False

    reader.block.ruler.before("paragraph", "pause", pause)
    other = Thread(target=to_html, args=(reader, "fog"))
    written = to_html(reader, "mist\n\n> | ebb | flood |\n> |---|---|\n> | 1 | 2 |\n")
    ended.set()
    other.join()
    assert "<td>2</td>" in written


def test_every_rule_with_first_characters_exists() -> None:
    reader = markdown._reader(indented_code=True)  # noqa: SLF001
    assert first_characters.BLOCKS.keys() | first_characters.SIGNS.keys() <= set(reader.block.ruler.get_all_rules())
    assert first_characters.INLINES.keys() <= set(reader.inline.ruler.get_all_rules())


def assert_signs_are_enough(text: str) -> None:
    for repair in (*repairs._REPAIRS, *addresses.OF_ADDRESSES):  # noqa: SLF001
        assert any(sign in text for sign in repair.signs) or not repair.pattern.search(text), repair
    if not pictures.ODD_ADDRESS.search(text):
        for repair in addresses.OF_ADDRESSES:
            assert all(repair.write(found) == found[0] for found in repair.pattern.finditer(text)), repair
        assert not pictures._BRACKETED.search(text)  # noqa: SLF001
        assert not pictures._TITLED.search(text)  # noqa: SLF001


def test_a_text_without_the_signs_of_a_repair_needs_none() -> None:
    for text in TEXTS:
        assert_signs_are_enough(text)


@given(SOUPS)
def test_no_marks_without_the_signs_of_a_repair_need_one(text: str) -> None:
    assert_signs_are_enough(text)


# What a reading looks for first: a text without it stays as it is.
SIGNS = (
    (list_items, "_ANY_NESTED", list_items.align_items),
    (list_items, "_FENCE_GOES_ON", list_items.indent_fences),
    (markdown_in_html, "_ANY_END", markdown_in_html.part_nested),
)


def assert_read_alike_without_signs(text: str) -> None:
    for module, sign, read in SIGNS:
        with patch.object(module, sign, re.compile("")):  # stands in every text
            found = read(text)
        assert read(text) == found, sign
    with patch.object(tables, "_may_not_fit", lambda _: True):
        fitted = tables.fit_heads(text)
    assert tables.fit_heads(text) == fitted
    for pattern, _, opening in outlines._STEPS:  # noqa: SLF001
        assert opening in text or not pattern.search(text), opening


def test_readings_of_every_case_need_their_signs() -> None:
    for text in TEXTS:
        assert_read_alike_without_signs(text)


@given(SOUPS)
def test_readings_of_any_marks_need_their_signs(text: str) -> None:
    assert_read_alike_without_signs(text)


def led(patterns: Iterable[object]) -> list[LedPattern]:
    return [pattern for pattern in patterns if isinstance(pattern, LedPattern)]


LED = led(
    [
        *(repair.pattern for repair in (*repairs._REPAIRS, *addresses.OF_ADDRESSES)),  # noqa: SLF001
        *(comments._AS_LINKS, jsx_values._IMPORT, pictures._TITLED),  # noqa: SLF001
    ]
)


def assert_led_alike(text: str) -> None:
    for pattern in LED:
        found = [match.span() for match in pattern.patterns[1].finditer(text)]
        assert [match.span() for match in pattern.finditer(text)] == found
        first = pattern.search(text)
        assert (first.span() if first else None) == next(iter(found), None)


def test_what_stands_behind_a_literal_is_found_in_every_case() -> None:
    for text in TEXTS:
        assert_led_alike(text)


@given(SOUPS)
def test_what_stands_behind_a_literal_is_found_in_any_marks(text: str) -> None:
    assert_led_alike(text)


def assert_found_alike(text: str) -> None:
    for pattern, firsts in (
        (code_spans._MARK, code_spans._FIRSTS_OF_MARK),  # noqa: SLF001
        (private_parts._SOURCE, private_parts._FIRSTS_OF_SOURCE),  # noqa: SLF001
        (private_parts._PAGE, private_parts._FIRSTS_OF_PAGE),  # noqa: SLF001
        (syntax._SOURCE, syntax._FIRSTS_OF_SOURCE),  # noqa: SLF001
        (syntax._SHOWN, syntax._FIRSTS_OF_SHOWN),  # noqa: SLF001
    ):
        found = [match.span() for match in matches(pattern, firsts, text)]
        assert found == [match.span() for match in pattern.finditer(text)]


def test_code_private_parts_and_expressions_of_every_case_are_found() -> None:
    for text in TEXTS:
        assert_found_alike(text)


@given(SOUPS)
def test_code_private_parts_and_expressions_in_any_marks_are_found(text: str) -> None:
    assert_found_alike(text)


@given(st.from_regex(markdown._NORMAL.pattern, fullmatch=True))  # noqa: SLF001
def test_an_address_that_looks_normal_is(address: str) -> None:
    assert normalizeLink(address) == address
