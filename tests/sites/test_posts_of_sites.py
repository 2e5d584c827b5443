"""What a post has of its site, and of the path that it states, in the feed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed

NOW = datetime(2026, 1, 15, tzinfo=UTC)
HUGO = "baseURL: https://quay.example.org/\nlanguageCode: en-us\ntitle: Quay\n"
GERMAN = (
    "Wir sind am Morgen zur Mühle gegangen, und der Weg war lang, aber das Wetter war schön, und es ist nicht weit."
)


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("low-water.fr.md", "Le port.", "fr"),  # the name of the file says it
        ("low-water.md", "The port.", "en-us"),  # too short to tell anything else
        ("low-water.md", GERMAN, None),  # the generator's default is no statement about this text
    ],
)
def test_a_site_gives_its_language_to_no_text_in_another(
    tmp_path: Path, name: str, text: str, language: str | None
) -> None:
    (tmp_path / "hugo.yaml").write_text(HUGO)
    post = tmp_path / "content" / "log" / name
    post.parent.mkdir(parents=True)
    post.write_text(f"---\ntitle: Tide\ndate: 2024-01-02\n---\n\n{text}\n")
    (entry,) = refeed.entries(refeed.Options(paths=(str(tmp_path),)), now=NOW)
    assert entry.language == (language if language != "en-us" else "en-US")


def test_a_post_without_a_date_has_the_day_in_the_path_that_it_states(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('+++\npath = "2015/01/09/first-light"\ntitle = "First light"\n+++\n\nAt six.\n')
    (entry,) = refeed.entries(refeed.Options(paths=(str(tmp_path),)), now=NOW)
    assert entry.published == datetime(2015, 1, 9, tzinfo=UTC)


def test_notes_that_lack_nothing_but_a_date_are_counted_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Splicing a rope\n\nUnlay three turns, and marry the ends.\n")
    (tmp_path / "b.md").write_text("# Whipping a rope\n\nWind the twine against the lay.\n")
    with pytest.raises(refeed.NothingToBuildError, match=r"\(2 without a date: --undated last keeps them\)"):
        refeed.build(tmp_path, now=NOW)
    assert len(list(refeed.entries(refeed.Options(paths=(str(tmp_path),), undated="last"), now=NOW))) == 2
