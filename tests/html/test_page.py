"""A parsed body: what it remembers is true after every step, and its changes leave what they say."""

from body_cases import CASES, Case
from bs4.element import NavigableString, Tag

from refeed.clean.body import clean_body
from refeed.html.page import Page
from refeed.html.tree import parse, shown, tags


def page_of(html: str) -> Page:
    return Page(parse(html))


def first(page: Page, name: str) -> Tag:
    return next(page.elements(name))


def forgotten(case: Case) -> list[str]:
    """Clean a body; name the steps after which something that the page remembers is no longer true."""
    found = []

    def compare(page: Page, step: str) -> None:
        if list(map(id, page.elements())) != list(map(id, tags(page.soup))):
            found.append(f"elements after {step}")
        if page.text != shown(page.soup):
            found.append(f"text after {step}")

    clean_body(case.body, compare)
    return found


def test_what_is_remembered_is_true_after_every_step() -> None:
    assert {case.name: found for case in CASES if (found := forgotten(case))} == {}


def test_elements_go_on_without_those_that_a_change_destroyed() -> None:
    page = page_of("<div><p>a</p><p>b</p></div><p>c</p>")
    seen = []
    for tag in page.elements("div", "p"):
        seen.append(tag.name + shown(tag))
        if tag.name == "div":
            page.drop(tag)
    assert seen == ["divab", "pc"]


def test_an_element_that_has_a_class_twice_is_found_once() -> None:
    page = page_of("<p class='tide Tide'>a</p><p class='ebb'>b</p>")
    assert [shown(tag) for tag in page.candidates(classes={"tide"})] == ["a"]


def test_what_is_dropped_leaves_nothing_and_parts_no_neighbours() -> None:
    page = page_of("<p>a</p><div>b c</div><p>d</p>")
    # Two characters, white space aside.
    assert page.drop(first(page, "div")) == 2
    assert page.text == "ad"
    after = page.neighbour(first(page, "p"), back=False)
    assert isinstance(after, Tag)
    assert shown(after) == "d"


def test_of_a_dropped_element_some_may_stay() -> None:
    page = page_of("<button>Larger<img src='x.png'></button>")
    assert page.drop_but(first(page, "button"), page.elements("img")) == len("Larger")
    assert [tag.name for tag in page.elements()] == ["html", "body", "span", "img"]


def test_sizes_are_those_of_the_moment_they_were_asked_for() -> None:
    page = page_of("<p>one</p><p>three</p>")
    before, body = page.sizes(), first(page, "body")
    assert (before.whole, before.of(body)) == (8, 8)
    page.drop(first(page, "p"))
    after = page.sizes()
    assert [(sizes.whole, sizes.of(body)) for sizes in (before, after)] == [(8, 8), (5, 5)]


def test_what_is_not_shown_has_no_size() -> None:
    page = page_of("<div>a\n b<script>c</script><!-- d --><p>e</p></div>")
    sizes = page.sizes()
    assert [sizes.of(first(page, name)) for name in ("div", "script", "p")] == [3, 0, 1]


def test_elements_are_found_by_names_that_they_have_got_since_they_were_filed() -> None:
    page = page_of("<div><img src='x.png'></div><a href='/y'>b</a>")
    assert {"figure", "section", "span"}.isdisjoint(page.names)
    page.wrap(first(page, "img"), "figure")
    page.rename(first(page, "div"), "section")
    page.unwrap(first(page, "a"))
    assert {"figure", "section", "span"} <= set(page.names)
    assert [tag.name for tag in page.elements("a", "div", "figure", "section", "span")] == ["section", "figure", "span"]


def test_wrapping_leaves_an_element_in_its_place() -> None:
    page = page_of("<p>a</p><img src='x.png'><p>b</p>")
    page.wrap(first(page, "img"), "figure")
    body = first(page, "body")
    assert [child.name for child in body.children if isinstance(child, Tag)] == ["p", "figure", "p"]


def test_what_is_drawn_in_passes_what_shows_nothing() -> None:
    page = page_of("<figure><img src='x.png'></figure><br><p>a <i>b</i></p><p>c</p>")
    assert page.text == "abc"
    page.draw_in(first(page, "figure"), first(page, "p"))
    assert [tag.name for tag in page.elements()] == ["html", "body", "figure", "img", "p", "i", "br", "p"]
    assert (page.text, page.sizes().of(first(page, "figure"))) == ("abc", 2)


def test_elements_are_in_order_after_something_was_drawn_in() -> None:
    page = page_of("<figure><img></figure><br><p><b>a</b></p> <small>c</small>")
    assert [tag.name for tag in page.elements("br", "p", "small")] == ["br", "p", "small"]
    page.draw_in(first(page, "figure"), first(page, "p"))  # past the line break
    assert [tag.name for tag in page.elements("br", "p", "small")] == ["p", "br", "small"]
    page.draw_in(first(page, "br"), first(page, "small"))  # past nothing
    assert [tag.name for tag in page.elements()] == [tag.name for tag in tags(page.soup)]


def test_a_text_that_is_taken_out_says_nothing() -> None:
    page = page_of("<p>one <b>two</b></p>")
    assert page.sizes().whole == 6
    text = first(page, "b").contents[0]
    assert isinstance(text, NavigableString)
    page.replace(text, "")
    assert (page.text, page.sizes().of(first(page, "p"))) == ("one", 3)
