"""A small body never becomes a large one, and twice the body takes about twice the work."""

from collections.abc import Callable

import pytest
from work_count import calls_of

from refeed.clean.body import Body, clean_body

SHAPES: dict[str, Callable[[int], str]] = {
    "a long title around many paragraphs": lambda n: f'<abbr title="{"x" * n}">' + "<p>a</p>" * (n // 8),
    "a long address around many paragraphs": lambda n: f'<a href="/{"x" * 7000}">' + "<p>a</p>" * (n // 8),
    "a long language around many lines": lambda n: f'<p lang="{"x" * n}">' + "a<br><br>" * (n // 8),
    "pictures in noscript": lambda n: "<noscript><img src=/a.jpg></noscript>" * (n // 40),
    "line breaks and noscript": lambda n: "<br>" * (n // 8) + "<noscript><img src=/a.jpg></noscript>" * (n // 80),
    "a heading of many parts": lambda n: "<h2>" + "a - " * (n // 4) + "</h2>",
    "pictures, and again with captions": lambda n: (
        "".join(f"<img src=/{i}.jpg>" for i in range(n // 100))
        + "".join(f"<figure><img src=/{i}.jpg><figcaption>c</figcaption></figure>" for i in range(n // 100))
    ),
    "brackets in Markdown": lambda n: "# x\n" + "[" * n,
    "open elements": lambda n: "<div><span class=katex>" * (n // 30),
    "code in code": lambda n: "<pre>x" * (n // 10),
    "code that never ends, in Markdown": lambda n: "# x\n" + "<pre>" * (n // 5),
    "seven elements around many paragraphs": lambda n: "<b><i><u><s><em><code><sub>" + "<p>x" * (n // 4),
    "buttons deep down": lambda n: "<div>" * 100 + "<button>x</button>" * (n // 18),
    "headings, and lists of links to others": lambda n: (
        "".join(f"<h2>a {i}</h2>" for i in range(n // 50))
        + "<ul><li><a href=#b>x</a><li><a href=#b>x</a></ul>" * (n // 100)
    ),
    "words in noscript": lambda n: (
        "x" * (n // 2) + "".join(f"<noscript><p>a {i}</p></noscript>" for i in range(n // 80))
    ),
    "short rows of wide tables": lambda n: (
        "# x\n\n" + ("|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|\n" * 600 + "\n") * (n // 1600)
    ),
}

# In these each element may repeat what stands around it, up to a number of elements: a smaller body shows no bound.
BOUNDED = {
    "a long title around many paragraphs",
    "a long address around many paragraphs",
    "seven elements around many paragraphs",
}


def clean(text: str) -> str:
    return clean_body(Body(text, "#" in text, "Title", "https://x.example/1", None, ())).content


def work(text: str) -> int:
    return calls_of(lambda: clean(text))


@pytest.mark.parametrize("name", SHAPES)
def test_a_small_body_stays_small(name: str) -> None:
    text = SHAPES[name](40_000 if name in BOUNDED else 8_000)
    assert len(clean(text)) < 8 * len(text)


@pytest.mark.parametrize("name", SHAPES)
def test_twice_the_body_takes_twice_the_work(name: str) -> None:
    clean(SHAPES[name](500))  # what is loaded and cached the first time does not count
    once, twice = work(SHAPES[name](2_000)), work(SHAPES[name](4_000))
    assert twice < 3 * once
