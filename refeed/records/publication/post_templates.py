"""Recognise by name what an author copies to begin a post: `template_article.md`, `_template.md`.

A topic may be called so, too: with a day in its name, an address, or a title that says more it is an article.
"""

from typing import Final

from refeed.formats.publication.values import composed
from refeed.model import RawRecord
from refeed.records.publication.draft_words import TEMPLATE_WORDS, speaks_of_draft
from refeed.startup.late_patterns import late_pattern

# What is begun so; "notes" and "page" are topics beside the word as often.
_KINDS: Final = frozenset(
    {"article", "blogpost", "daily", "digest", "entry", "episode", "journal", "news", "newsletter", "note", "post"}
    | {"weekly", "articolo", "artigo", "articulo", "artículo", "artikel", "beitrag", "billet", "entrada"}
    | {"запись", "поста", "пост", "статьи", "статья"}
)
_TEMPLATES_OF_KINDS: Final = frozenset(  # in languages that write both in one
    {"artikelvorlage", "beitragsvorlage", "postvorlage", "記事テンプレート", "日記テンプレート", "博客模板", "博文模板"}
    | {"周报模板", "文章模板", "文章範本", "日报模板", "日记模板", "笔记模板"}
)
_TEMPLATES: Final = _TEMPLATES_OF_KINDS.union(TEMPLATE_WORDS)
_BESIDE: Final = frozenset({"blog", "default", "empty", "example", "md", "my", "new", "sample"})
_FOLDERS: Final = frozenset(
    {"modeles", "modelli", "modelos", "modèles", "plantillas", "templates", "vorlagen", "шаблоны"}
)
_IN_TITLES: Final = frozenset({"a", "an", "for", "of", "the", "title", "your"})
_WORD: Final = late_pattern(r"[^\W\d_]+")
_YEAR: Final = late_pattern(r"[0-9]{4}")


def is_template_of_posts(folder: str, name: str, raw: RawRecord | None) -> bool:
    """Return whether a file is one to begin posts with, by its name, its folder and, where it is read, its header."""
    if not speaks_of_draft(name):  # nearly always
        return False
    words = _words(name.rpartition(".")[0])
    templates = words & _TEMPLATES
    if not templates or _YEAR.search(name):
        return False
    *above, last = folder.split("/")
    # In `review/templates` a `template_review.md` begins reviews.
    kinds = _KINDS.union(*map(_words, above)) if _words(last) & (_FOLDERS | _TEMPLATES) else _KINDS
    others = words - templates - _BESIDE
    is_named = others <= kinds and bool(others or templates & _TEMPLATES_OF_KINDS or name.startswith("_"))
    return is_named and not (raw and (raw.links or _says_more(raw, kinds)))


def _says_more(raw: RawRecord, kinds: frozenset[str]) -> bool:
    """Return whether the title of a record speaks of templates, and of what no name of one does."""
    words = _words(raw.titles[0].text) if raw.titles else frozenset[str]()
    speaks = any(template in word for word in words for template in TEMPLATE_WORDS)
    return speaks and not words <= kinds | _TEMPLATES | _BESIDE | _IN_TITLES


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(composed(text).casefold()))
