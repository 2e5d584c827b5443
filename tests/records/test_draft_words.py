"""One table of words for "draft": each withholds as a folder, a tag, a mark of the title, a key and a state."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refeed.formats.publication.values import composed
from refeed.model import RecordKey, SourceFile
from refeed.options import Options
from refeed.records.context import context_for
from refeed.records.publication.draft_marks import _INTERNAL, _TAGS, may_be_tags
from refeed.records.publication.draft_words import _ALL, speaks_of_draft
from refeed.records.reader import key_reader, read_metadata

TEXTS: Final = st.lists(
    st.sampled_from(_ALL).flatmap(lambda word: st.sampled_from((word, word.upper(), word[1:], word[:-1])))
    | st.text(max_size=3)
).map("".join)
CONTEXT: Final = context_for(Options(), datetime(2026, 11, 20, tzinfo=UTC))
# From dictionaries. By rows: Romance, Germanic and Finnish; Turkish, Norwegian, Hungarian, Greek, Cyrillic and Semitic;
# Persian, Vietnamese, Thai and East Asian.
WORDS: Final = (
    *("bozza", "borrador", "brouillon", "ciornă", "conceptversie", "Entwurf", "kladde", "luonnos", "rascunho", "szkic"),
    *("taslak", "udkast", "utkast", "vázlat", "vazlat", "προσχέδιο", "чернетка", "Черновик", "مسودة", "טיוטה"),
    *("پیش‌نویس", "bản nháp", "ฉบับร่าง", "下書き", "草稿", "未公開", "초안"),
)


def withheld(folder: Path, header: str, name: str = "a.md") -> bool:
    """Return whether a post is withheld, by both ways to read it."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    header = header if "title:" in header else f"title: Tide\n{header}"
    file.write_text(f"---\ndate: 2025-03-04 05:06:07\n{header}---\n\nThe water rose.\n", encoding="utf-8")
    source = SourceFile(str(file), name)
    with key_reader(CONTEXT) as read:
        ((_, found),) = read([source])
    key = found if isinstance(found, RecordKey) else found.records[0]
    ((meta, _),) = read_metadata(source, CONTEXT).records
    assert key
    assert bool(key.withheld) == bool(meta.key.withheld)
    return bool(meta.key.withheld)


def taken_apart(word: str) -> str:
    """Return a word as macOS writes it into names: letters and their accents, syllables by their letters."""
    return unicodedata.normalize("NFD", word)


@pytest.mark.parametrize("word", [*WORDS, *(apart for word in WORDS if (apart := taken_apart(word)) != word)])
def test_a_word_for_draft_withholds_wherever_it_stands(word: str, tmp_path: Path) -> None:
    assert withheld(tmp_path, "", f"{word}/a.md"), "folder"
    assert withheld(tmp_path, f"tags: [{word}]\n"), "tag"
    assert withheld(tmp_path, f'title: "[{word}] Tide"\n'), "title"
    assert withheld(tmp_path, f'title: "🚧 {word}: Tide"\n'), "sign"
    assert withheld(tmp_path, f"{word}: true\n"), "key"
    assert withheld(tmp_path, f"status: {word}\n"), "state"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("", "koncept/a.md"),
        ("tags: [concept]\n", "a.md"),
        ('title: "[Concept] A bridge"\n', "a.md"),
        ("tags: [ドラフト]\n", "a.md"),
        ('title: "ドラフト：一位指名"\n', "a.md"),
        ('title: "Sketches: szkic and bozza"\n', "a.md"),
        ('title: "🚧 Road works"\n', "a.md"),
        ('title: "未公開：写真"\n', "a.md"),
    ],
)
def test_a_topic_withholds_nothing(header: str, name: str, tmp_path: Path) -> None:
    assert not withheld(tmp_path, header, name)


@pytest.mark.parametrize("spelt", [str, taken_apart], ids=["composed", "taken apart"])
@pytest.mark.parametrize(
    "name",
    [
        "Tide [초안].md",
        "下書き-Tide.md",
        "modèle-artículo.md",
        "記事テンプレート.md",
        "modèles/modèle-billet.md",
        "brouillons/é.md",
    ],
)
def test_a_name_says_the_same_with_its_accents_apart(name: str, spelt: Callable[[str], str], tmp_path: Path) -> None:
    assert withheld(tmp_path, "", spelt(name))


@pytest.mark.parametrize("name", ["draft_Tide.html", "Draft_Tide.html", "DRAFT_Tide-1a2b.htm"])
def test_the_name_of_medium_s_drafts_may_be_in_capitals(name: str, tmp_path: Path) -> None:
    assert withheld(tmp_path, "", name)


@given(TEXTS)
def test_a_text_speaks_of_drafts_where_one_of_the_words_is_in_it(text: str) -> None:
    assert speaks_of_draft(text) == any(word in composed(text).casefold() for word in _ALL)


@pytest.mark.parametrize("tag", sorted(_TAGS | _INTERNAL))
def test_a_header_with_one_of_the_tags_is_read_for_them_in_any_case(tag: str) -> None:
    assert may_be_tags(("[]", f"[sea, {tag}, fog]"))
    assert may_be_tags((f"[sea, {tag.upper()}, fog]",))


def test_a_header_with_other_tags_is_not_read_for_them() -> None:
    assert not may_be_tags(("[sea, fog, members, 漁港]", "harbour"))


@pytest.mark.parametrize(
    ("title", "is_template"),
    [
        ("Title of the article", True),  # to be filled in
        ("Post template", True),
        ("Fog over the quay", True),  # as an example
        ("A post template that writes itself", False),
        ("Templates for a post", False),
    ],
)
def test_the_title_of_an_article_about_templates_says_more_than_the_name_of_one(
    title: str, is_template: bool, tmp_path: Path
) -> None:
    assert withheld(tmp_path, f"title: {title}\n", "posts/post-template.md") == is_template


def test_what_states_its_own_address_is_no_template(tmp_path: Path) -> None:
    assert not withheld(tmp_path, "link: https://quay.example/post-template\n", "posts/post-template.md")
