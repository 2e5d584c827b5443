"""Write the values of JSX as attributes of HTML: `<img src={require('./fog.png').default} width={300} />`."""

import re
from html import escape
from typing import Final

from refeed.markup.code_spans import code_spans, inside, replace_outside
from refeed.startup.late_patterns import late_pattern, line_pattern

# Docusaurus, Astro, Next: a picture or a video that a program names, before the text.
_IMPORT: Final = line_pattern(
    r"""import[ \t]+([A-Za-z_$][\w$]{0,60})[ \t]+from[ \t]+"""
    r"""["']([^"'\n]{1,300}\.(?:avif|gif|jpe?g|mp4|png|svg|webm|webp))["']"""
)
_NAMED: Final = late_pattern(r"(?<==)\{[ \t]*([A-Za-z_$][\w$]{0,60})(?:\.src)?[ \t]*\}")
_VALUE: Final = late_pattern(
    r"(?<=[\s\"'}])([A-Za-z][\w-]{0,40})=\{[ \t]*(?:(?:require|useBaseUrl|withBase)\([ \t]*)?"
    r"(?:\"([^\"{}\n]{0,500})\"|'([^'{}\n]{0,500})'|`([^`{}\n]{0,500})`|([0-9]{1,5}))[ \t]*\)?(?:\.default)?[ \t]*\}"
)
# Text that a string holds, because JSX would take its braces and line breaks for its own: the element, the text.
_STRING: Final = late_pattern(
    r"((?:<pre(?:\s[^<>]{0,200})?>\s{0,9})?</?[a-z][a-z0-9]{0,20}(?:\s[^<>]{0,200})?>)"
    r"\{`((?:[^`\\$]|\\.|\$(?!\{)){0,20000})`\}(?=<)",
    re.DOTALL,
)
_ESCAPE: Final = late_pattern(r"\\(.)", re.DOTALL)


def with_imported_files(text: str) -> str:
    """Return Markdown in which the names of files that it imports are replaced by their paths, where tags use them."""
    paths = {found[1]: found[2] for found in _IMPORT.finditer(text)} if "import" in text else {}
    if not paths:
        return text
    return replace_outside(
        _NAMED, lambda found: f'"{paths[found[1]]}"' if found[1] in paths else found[0], text, markdown=True
    )


def with_strings(text: str) -> str:
    """Return Markdown in which strings between two tags are text: `<pre>{`a < b`}</pre>`."""
    if ">{`" not in text:
        return text
    is_code = inside(code_spans(text, markdown=True))
    return _STRING.sub(
        lambda found: found[0] if is_code(found.start() - 1) else found[1] + escape(_unescaped(found[2]), quote=False),
        text,
    )


def _unescaped(string: str) -> str:
    return _ESCAPE.sub(lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), string)


def plain_values(tag: str) -> str:
    """Return a tag whose known values are those of HTML."""
    return _VALUE.sub(lambda found: f'{found[1]}="{next(filter(None, found.groups()[1:]), "")}"', tag)
