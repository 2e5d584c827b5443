"""AsciiDoc of strangers: what stands for much is put in seldom, and no depth shows a comment."""

import sys

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


def test_a_role_before_words_with_a_sign_is_no_text() -> None:
    for written, shown in (
        ("[.small]#Low# tide", "Low tide"),
        ("[blue]#Low# tide", "Low tide"),  # as AsciiDoc had it before it had dots
        ("[blue]*_Low_* tide", "***Low*** tide"),
        ("[big blue]*Low* tide", "**Low** tide"),
        ("At [noon] *low* tide", "At [noon] **low** tide"),  # a blank between them
        ("See [a]*, low", "See [a]*, low"),  # a sign that nothing ends
        ("[low]*2 * 3*4", "[low]*2 * 3*4"),  # nor a letter or digit behind one
        ("tide[low]*2 and tide[high]*3", "tide[low]*2 and tide[high]*3"),  # a number of a list: it belongs to its name
    ):
        assert to_markdown(written, "asciidoc", MOST).replace("_Low_", "*Low*") == shown, written


def test_a_table_has_the_columns_that_it_states() -> None:
    rows = "|===\n|Low |High\n|1 |2\n|===\n"
    for stated in ("cols=2", 'cols="2"', 'cols="1,3"', 'cols="2*"'):
        assert "| 1 | 2 |" in to_markdown(f"[{stated}]\n{rows}", "asciidoc", MOST), stated


def test_a_table_may_say_how_its_cells_are_parted() -> None:
    for stated, rows in (
        ("[format=csv]", "|===\nLow,High\n1,2\n|==="),
        ('[%header,format="dsv"]', "|===\nLow:High\n1:2\n|==="),
        ("[format=tsv]", "|===\nLow\tHigh\n1\t2\n|==="),
        ("[separator=;]", ",===\nLow;High\n1;2\n,==="),
        ("[separator=!]", "|===\n!Low !High\n!1 !2\n|==="),
        ("", ',===\nLow,High\n"1","2"\n,==='),
    ):
        assert "| 1 | 2 |" in to_markdown(f"{stated}\n{rows}\n", "asciidoc", MOST), stated


def test_no_cell_of_a_table_is_lost() -> None:
    for rows, cell in (
        (',===\nLow,"at six\nor seven"\n,===', "| at six or seven |"),  # a cell of two lines
        (',===\n"Low,High\n1,2\n,===', "| 2 |"),  # a quotation mark that nothing ends
        (f",===\n{'ebb ' * 40_000},High\n,===", "| High |"),  # more than Python's own limit for a cell
        ("|===\nLow tide\n|===", "| Low tide |"),  # no bar
    ):
        assert cell in to_markdown(f"{rows}\n", "asciidoc", MOST)


def test_what_is_passed_on_is_looked_for_no_further_than_its_end() -> None:
    # Each of many such lines read all that follow it: 80 kB took ten seconds.
    def steps(lines: int) -> int:
        taken = 0

        def count(_frame: object, event: str, called: object) -> None:
            nonlocal taken
            taken += event == "c_call" and getattr(called, "__name__", "") == "strip"

        sys.setprofile(count)
        try:
            written = to_markdown("+++ebb\n" * lines, "asciidoc", MOST)
        finally:
            sys.setprofile(None)
        assert written.count("ebb") == lines
        return taken

    assert steps(400) < 3 * steps(200)


def test_the_title_of_a_text_is_a_heading() -> None:
    # Below front matter it says again what that says; below other text it is a part of a book.
    assert to_markdown("= Low tide\n\nThe mole is dry.", "asciidoc", MOST).split("\n")[:1] == ["# Low tide"]


def test_who_wrote_a_text_and_its_version_are_not_shown_below_its_title() -> None:
    for below, shown in (
        ("Ada Quay <ada@harbour.example>\nv1.2, 2024-08-05: after the fog\n\nLow.", "Low."),
        ("Ada Quay <ada@harbour.example>; Bo Lind <bo@harbour.example>\n:toc:\n\nLow.", "Low."),
        ("Ada Quay <ada@harbour.example>\nShe saw it.", "She saw it."),
        ("Ada Quay was there.", "Ada Quay was there."),  # a sentence, as without an address of mail
    ):
        written = to_markdown(f"= Low tide\n{below}\n", "asciidoc", MOST)
        assert written.split("\n", 1)[1].strip() == shown, below
