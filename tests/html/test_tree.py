"""What is read of a tree along its lists of children is what bs4 finds along its links."""

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
