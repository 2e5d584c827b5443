"""What is read of a tree along its lists of children is what bs4 finds along its links."""

import pytest
from body_cases import CASES
from hypothesis import given
from soup import HOSTILE, SOUP

from refeed.html.tree import all_named, holds, parse, tags, text_of

# Text, and what is none: a comment, a script, a declaration; and text of a kind of its own.
TEXTS = (
    "<p>a<!-- b --><b>c</b><?d?></p><script>e</script><style>f</style><ruby>g<rt>h</rt></ruby><template>i</template>",
)
NAMES = ("b", "p", "script")


def assert_same_is_found(text: str) -> None:
    soup = parse(text)
    for tag in (soup, *tags(soup)):
        assert text_of(tag) == tag.get_text()
        found = tag.find_all(list(NAMES))
        assert [id(one) for one in all_named(tag, *NAMES)] == [id(one) for one in found]
        assert holds(tag, NAMES) == bool(found)


def test_the_same_is_found_in_every_body() -> None:
    for text in (*TEXTS, *(case.body.text for case in CASES if len(case.body.text) < 2_000)):
        assert_same_is_found(text)


@given(HOSTILE | SOUP)
def test_the_same_is_found_in_any_soup(text: str) -> None:
    assert_same_is_found(text)


def test_text_is_what_readers_see() -> None:
    assert text_of(parse("<p>low<!-- secret --> <b>water</b></p><script>secret</script>")) == "low water"


@pytest.mark.parametrize("name", ["EMBED", "keygen", "source", "Track", "wbr"])
def test_an_element_without_an_end_holds_nothing(name: str) -> None:
    paragraph = parse(f"<p>low <{name} x='<'> tide</p>").p
    assert paragraph is not None
    assert [child.name for child in paragraph.find_all(True) if child.contents] == []
    assert paragraph.get_text() == "low  tide"


@pytest.mark.parametrize("name", ["BODY", "html"])
def test_a_page_that_runs_from_right_to_left_keeps_that(name: str) -> None:
    assert parse(f"<{name} lang=he dir='rtl'><p>low tide").find(dir="rtl") is not None
