"""Laws of Markdown: no word of an article is lost, whatever marks stand around it, and what is clean stays clean."""

from body_cases import URL
from hypothesis import example, given, settings
from hypothesis import strategies as st
from soup import visible

from refeed.clean.body import Body, clean_body

WORDS = st.text("abcdefgh 漢字仮名，。", min_size=1, max_size=20).filter(lambda text: text.strip(" ，。") != "")

# What writers put around words; the words stay, whatever becomes of the marks.
MARKS = (
    "## {}",
    "> {}",
    "- {}",
    "- [x] {}",
    "1. {}",
    "**{}**",
    "~~{}~~",
    "`{}`",
    "[{}](https://a.example/)",
    "{{% tide %}}{}{{% endtide %}}",
    "{{{{< tip >}}}}{}{{{{< /tip >}}}}",
    "<Note>\n  {}\n</Note>",
    "<div markdown=1>\n{}\n</div>",
    ":::warning\n{}\n:::",
    "> [!NOTE]\n> {}",
    "!!! note\n    {}",
    "Port\n: {}",
    "```\n{}\n```",
    "{{% highlight js %}}\n{}\n{{% endhighlight %}}",
    "    {}",
    "{}\n{{: .wide}}",
    "[[Page|{}]]",
    "$$x_1$$ {}",
    "{}[^1]\n\n[^1]: A note.",
    "A <script> {}",
    "<!-- fog -->\n\n{}",
)
BLOCKS = st.builds(lambda mark, words: (mark, words.strip()), st.sampled_from(MARKS), WORDS)


def clean(text: str, *, markdown: bool) -> str:
    return clean_body(Body(text, markdown=markdown, title="Tides", url=URL, dateline=None, images=())).content


@settings(max_examples=30)
@given(st.lists(BLOCKS, min_size=1, max_size=5))
@example([(mark, "tide 漢字") for mark in MARKS])
def test_no_word_of_markdown_is_lost_and_what_it_became_stays_as_it_is(blocks: list[tuple[str, str]]) -> None:
    content = clean(
        "# Ferry\n\n" + "\n\n".join(mark.format(f"sea {words} ends") for mark, words in blocks), markdown=True
    )
    shown = visible(content)
    for _, words in blocks:
        assert "".join(f"sea{words}ends".split()) in shown
    assert clean(content, markdown=False) == content
