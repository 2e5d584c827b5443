"""The sanitiser as its callers meet it; what it allows is shown by the cases under fixtures/clean."""

import time

import pytest

from refeed.html.sanitise import sanitise


@pytest.mark.parametrize(
    "text",
    [
        "<p>a &amp; b</p>",
        "<p>&amp;lt;script&amp;gt;</p>",  # text that shows markup stays text
        "<p>&amp;amp;</p>",
        '<p><a href="https://x.example/?a=1&amp;b=2">x</a></p>',
        '<p><img src="https://x.example/a.jpg" alt="Tea &amp; fog"></p>',
    ],
)
def test_an_escaped_ampersand_comes_back_as_it_was(text: str) -> None:
    assert sanitise(text) == text


def test_no_character_of_the_input_stands_for_an_ampersand() -> None:
    assert sanitise("<p>a\x01lt;b</p>") == "<p>alt;b</p>"


def test_eight_times_the_ampersands_take_eight_times_the_work() -> None:
    def seconds(count: int) -> float:
        text = "<p>" + "&amp;" * count + "</p>"
        begin = time.process_time()
        sanitise(text)
        return time.process_time() - begin

    once, more = (min(seconds(count) for _ in range(3)) for count in (100_000, 800_000))
    assert more < 24 * max(once, 0.005)  # 64 times where the work grows with the square
