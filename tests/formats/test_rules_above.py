"""What stands above a text and is none: a rule, or a header in which nothing is stated."""

import pytest

from refeed.formats import Match
from refeed.formats.headed import sniff
from refeed.formats.headers.rule_above import end_of_rule
from refeed.model import Document, SourceFile

BELOW = "The mole is dry.\n"


@pytest.mark.parametrize(
    "above", ["---\n\n", "\n---\n\n", "-----  \n \n", "---\n---\n", "---\n\n\n---\n\n", "---\n \n---\n"]
)
def test_a_text_begins_below_a_rule_or_an_empty_header(above: str) -> None:
    assert end_of_rule(f"{above}{BELOW}".encode()) == len(above)


@pytest.mark.parametrize(
    "text",
    [
        BELOW,
        f"---\n{BELOW}",  # no blank line: a header that is not closed, maybe
        f"***\n\n{BELOW}",  # opens no header anywhere
        # A key may withhold what it stands above.
        f"---\n\nhidden: yes\n\n{BELOW}",
        f"---\n\nkeep back: yes\n---\n\n{BELOW}",
        f"---\n---\n\nThe crew of\nhidden: yes\n\n{BELOW}",
        f"---\n\n私密：是\n---\n\n{BELOW}",  # "private: yes", with a full-width colon
    ],
)
def test_what_may_be_a_header_is_no_rule(text: str) -> None:
    assert end_of_rule(text.encode()) == 0
    if text.startswith("---"):
        assert sniff(Document(SourceFile("2024-08-05-mole.md", "2024-08-05-mole.md"), text.encode())) is Match.NO


def test_a_colon_in_a_sentence_makes_no_key() -> None:
    assert end_of_rule(b"---\n\nOne thing is sure: the mole is dry.\n") == len("---\n\n")
