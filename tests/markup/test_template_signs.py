"""What tells whether a text may hold a template expression: links look most like one."""

import pytest

from refeed.markup.templates.signs import has_sign


@pytest.mark.parametrize(
    "text",
    [
        "The ferry waits for the [fog](https://example.org/fog) to lift.",
        "The ferry waits for the [morning fog](https://example.org/fog) to lift.",
        "The tide is 2 m, and turns at 10:30.",
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    ],
)
def test_a_link_or_a_picture_is_no_sign_of_an_expression(text: str) -> None:
    assert not has_sign(text, is_source=True)


@pytest.mark.parametrize(
    "text",
    [
        "[gallery]",
        '[caption id="quay"]The quay[/caption]',
        '[caption id="quay"] <b>The quay</b> [fog](https://example.org/fog)',  # its bracket has no address behind it
        "[fog](https://example.org/fog) [gallery ids=1,2]",
        "[bookmark](https://example.org/fog)",  # as Notion writes it
        "[link_preview](https://example.org/fog)",
        "{{ page.tide }}",
        "[https://example.org/fog:title]",  # as Hatena writes it
        "[https://example.org/fog:image=quay]",
        "[https://example.org/fog:embed:cite]",
    ],
)
def test_what_begins_as_an_expression_is_a_sign(text: str) -> None:
    assert has_sign(text, is_source=True)
