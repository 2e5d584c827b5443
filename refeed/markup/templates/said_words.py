"""Write the words among the arguments of an unknown component: `<Ago date="2016-06-15" />`, `<Card title="…" />`."""

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from refeed.markup.templates.expression import Expression
from refeed.startup.late_patterns import late_pattern

# Only strings are words; anything else that stands in braces is a program.
_SAID: Final = late_pattern(
    r"(?<=[\s{])([A-Za-z][\w-]{0,30})=\{?(?:\"([^\"{}<>]{1,2000})\"|'([^'{}<>]{1,2000})'|`([^`{}<>]{1,2000})`)"
)
# Names of what a sentence would lack, the likeliest first.
_IN_SENTENCE: Final = ("text", "label", "children", "content", "title", "name", "word", "term", "date", "repo")
# Components whose name is that of a picture.
_OF_PICTURE: Final = late_pattern(r"avatar|badge|flag|icon|image|img|logo|svg")
_NAMES: Final = frozenset({"name", "repo", "term", "word"})  # what they say is a name, which may be that of a picture
_TITLES: Final = frozenset({"caption", "heading", "label", "name", "question", "summary", "title"})
# Names of values of several words that nobody reads.
_LOOKS: Final = late_pattern(
    r"(?:aria-|data-)|.*(?:class|code|color|style)"
    r"|.*(?:allow|data|href|id|path|points|rel|sandbox|sizes?|src|srcset|transform|url|viewbox)\Z",
    re.IGNORECASE,
)
_PROSE: Final = late_pattern(
    r"(?<!\S)\S{1,99}\s[^\W\d_]\S{0,99}\s\S{1,99}\s\S|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][^\x00-\x7f]{5}"
)
_SEVERAL: Final = late_pattern(r"\S\s+\S|[^\x00-\x7f]{2}")


def words_in_sentence(expression: Expression) -> str:
    """Return the word or the phrase that a component shows within a sentence, escaped; "" where none is said."""
    is_picture = bool(_OF_PICTURE.search(expression.name))
    said = {name: value for name, value in _said(expression) if not (is_picture and name in _NAMES)}
    return escape(next((said[name] for name in _IN_SENTENCE if name in said), ""), quote=False)


def words_alone(expression: Expression) -> str:
    """Return what a component that stands alone says in sentences and titles, as paragraphs."""
    if not expression.source.endswith("/>"):
        title = next((value for name, value in _said(expression) if name in _TITLES and name != "name"), "")
        return f"<p><strong>{escape(title, quote=False)}</strong></p>" if _SEVERAL.search(title) else ""
    shown = (value for name, value in _said(expression) if (_SEVERAL if name in _TITLES else _PROSE).search(value))
    return "".join(f"<p>{escape(value, quote=False)}</p>" for value in dict.fromkeys(shown))


def _said(expression: Expression) -> Iterator[tuple[str, str]]:
    for name, *values in _SAID.findall(expression.source):
        if not _LOOKS.match(name):
            yield name.lower(), " ".join(next(filter(None, values)).split())
