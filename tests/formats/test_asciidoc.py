"""AsciiDoc of strangers: what stands for much is put in seldom, and no depth shows a comment."""

from refeed.formats.bodies.light_markup import to_markdown

MOST = 10_000  # lines


def test_attributes_that_stand_for_one_another_do_not_make_a_text_long() -> None:
    doubled = "\n".join(f":a{number}: {{a{number - 1}}}{{a{number - 1}}}" for number in range(1, 60))
    written = to_markdown(f"{doubled}\n" + "{a59}\n" * 500, "asciidoc", MOST, {"a0": "fog"})
    assert len(written) < 300_000
    assert to_markdown(":sea: calm\nThe {sea} sea.\n:!sea:\n{sea}", "asciidoc", MOST) == "The calm sea.\n{sea}"


def test_a_comment_in_blocks_in_one_another_goes_out_at_no_depth() -> None:
    for depth in (1, 7, 8, 20):
        opened = "\n".join("=" * (4 + number) for number in range(depth))
        written = to_markdown(f"{opened}\n////\nAsk Ada.\n////\n// Ask Ben.\nFog.", "asciidoc", MOST)
        assert "Fog." in written, depth
        assert "Ask" not in written, depth


def test_a_table_has_the_columns_that_it_states() -> None:
    rows = "|===\n|Low |High\n|1 |2\n|===\n"
    for stated in ("cols=2", 'cols="2"', 'cols="1,3"', 'cols="2*"'):
        assert "| 1 | 2 |" in to_markdown(f"[{stated}]\n{rows}", "asciidoc", MOST), stated
