"""The tree that is built at once is the one that bs4 builds step by step, in every link between its elements."""

import gc
from weakref import ref

import pytest
from body_cases import CASES
from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag
from hypothesis import given
from soup import HOSTILE, SOUP

from refeed.html import tree_builder
from refeed.html.tree import parse_whole
from refeed.html.tree_builder import TreeBuilder

LINKS = ("parent", "next_element", "previous_element", "next_sibling", "previous_sibling")
# What a text of its kind alone can show: attributes of several words, texts of other classes, white space, doctypes.
TEXTS = (
    "",
    '<p class=" a\tb " id="c d"><a rel="x y" href="z">t</a><td headers="e f">',
    "<!DOCTYPE html PUBLIC 'a' 'b'><title>t</title><style>s</style><script>x</script><template>y</template>",
    "<div> \n <pre> \n </pre>  <textarea>  </textarea> <p>\t</p></div><!--  --><?a b?>",
    '<meta charset="latin-1"><meta http-equiv="content-type" content="text/html; charset=big5">',
    "<ruby>a<rp>(</rp><rt>b</rt></ruby><p {a}b=c {d=e f>",
)


def described(soup: BeautifulSoup) -> list[object]:
    """Return all that there is to know of a tree; elements that a link leads to stand as their numbers."""
    nodes: list[PageElement] = [soup, *soup.descendants]
    numbers = {id(node): number for number, node in enumerate(nodes)}
    return [
        (
            type(node),
            (node.name, list(node.attrs.items()), node.can_be_empty_element, node.interesting_string_types)
            if isinstance(node, Tag)
            else str(node),
            [numbers.get(id(getattr(node, link))) for link in LINKS],
            [numbers[id(child)] for child in node.contents] if isinstance(node, Tag) else [],
        )
        for node in nodes
    ]


def assert_same_tree(text: str) -> None:
    text = "<body>" + text.replace("\x00", "").encode("utf-8", "ignore").decode()
    made = [BeautifulSoup(markup, builder=TreeBuilder) for markup in (text, text.encode())]
    assert [described(soup) for soup in made] == [described(BeautifulSoup(text, "lxml"))] * 2


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_the_same_tree(text: str) -> None:
    assert_same_tree(text)


def test_it_is_the_same_tree_of_every_body() -> None:
    for case in CASES:
        assert_same_tree(case.body.text)


@given(HOSTILE | SOUP)
def test_it_is_the_same_tree_of_any_soup(text: str) -> None:
    assert_same_tree(text)


def test_it_says_how_deep_a_tree_is_and_how_many_attributes_an_element_has() -> None:
    parsed = parse_whole('<p><b><i x="1" y="2">t</i></b></p><p z="3">u</p>')
    # <html>, <body>, <p>, <b>, <i>: the last stands in four elements and in the document
    assert (parsed.depth, parsed.most_attributes) == (5, 2)


def test_a_tree_that_is_taken_down_is_gone_at_once() -> None:
    gc.disable()  # nothing but the last reference ends an element now
    try:
        parsed = parse_whole("<div><p>a<!-- b --><br>c</p></div>")
        inside = [ref(element) for element in parsed.elements]
        parsed.take_down()
        del parsed
        # its elements: <html>, <body>, <div>, <p>, <br>
        assert [element() for element in inside] == [None] * 5
    finally:
        gc.enable()


def test_names_that_only_one_page_has_are_not_remembered_for_ever() -> None:
    assert_same_tree("".join(f"<n{number}>t</n{number}>" for number in range(1_000)))
    assert len(tree_builder._KINDS) <= tree_builder._MOST_KINDS  # noqa: SLF001
