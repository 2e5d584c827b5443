"""Outlines in JSON: what is too deep for lists."""

from typing import TYPE_CHECKING

from refeed.formats.objects.outlines import outline

if TYPE_CHECKING:
    from refeed.formats.vocabulary.fields import Value


def test_lines_too_deep_for_a_list_of_their_own_are_of_the_last_one() -> None:
    deepest: dict[str, Value] = {"text": "12"}
    for depth in range(11, 0, -1):
        deepest = {"text": str(depth), "subs": [deepest, {"text": f"beside {depth + 1}"}]}
    html = outline({"text": "May 7", "created": "", "subs": [deepest]})["html"]
    # 1 is a heading, 2 a paragraph, and 3 to 10 are lists in one another. No line is lost, and all are in order.
    assert isinstance(html, str)
    assert html.count("<ul>") == 8
    assert "<ul><li>10</li><li>11</li><li>12</li><li>beside 12</li><li>beside 11</li><li>beside 10</li></ul>" in html
    assert all(f">beside {depth}<" in html for depth in range(2, 13))
