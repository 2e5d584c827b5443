"""Read outlines in JSON, as the package `opml` of npm and the editors of Dave Winer write them: lines with lines below.

http://opml.org/spec2.opml says what the names of fields mean: a line with `isComment` is shown to nobody.
"""

from collections.abc import Iterator
from html import escape
from typing import Final

from refeed.formats.objects.texts import Values, objects_of, text_of
from refeed.vocabulary.fields import Value

_DEEPEST: Final = 8  # lists in one another
# Beside a line: pictures, a sound, a video.
_MEDIA: Final = (
    ("image", '<p><img src="{}"></p>'),
    ("inlineImage", '<p><img src="{}"></p>'),
    ("enclosure", '<audio src="{}"></audio>'),
    ("urlvideo", '<p><a href="{0}">{0}</a></p>'),
)


def outline(values: Values) -> dict[str, Value]:
    """Return a day, or a post: its line is the title, and those below are the text; one with lines below heads them."""
    parts = list[str]()
    for line in _lines(values):
        text, inner = text_of(line, "text"), list(_lines(line))
        parts += [f"<h2>{text}</h2>" if inner else f"<p>{text}</p>", *_media(line)]
        parts += [part for one in inner for part in (f"<p>{text_of(one, 'text')}</p>", *_media(one), _list(one, 1))]
    return {
        "title": text_of(values, "text"),
        "html": "\n".join(filter(None, parts)),
        "date": text_of(values, "created"),
        "draft": text_of(values, "iscomment"),
    }


def _list(values: Values, depth: int) -> str:
    """Write the lines below one; those too deep are of the last list."""
    lines = _lines(values) if depth < _DEEPEST else _all_lines(values)
    written = "".join(
        f"<li>{text_of(one, 'text')}{''.join(_media(one))}{_list(one, depth + 1) if depth < _DEEPEST else ''}</li>"
        for one in lines
    )
    return f"<ul>{written}</ul>" if written else ""


def _all_lines(values: Values) -> Iterator[dict[str, Value]]:
    """Yield the lines below one, each before those below itself."""
    rest = [*_lines(values)][::-1]
    while rest:
        line = rest.pop()
        yield line
        rest += [*_lines(line)][::-1]


def _lines(values: Values) -> Iterator[dict[str, Value]]:
    return (one for one in objects_of(values, "subs") if text_of(one, "isComment") != "true")


def _media(line: Values) -> Iterator[str]:
    return (written.format(escape(address)) for key, written in _MEDIA if (address := text_of(line, key)))
