"""Find where a text begins that has nothing above it but a rule, or a header in which nothing is stated.

`---` above a text opens a header, unless a blank line follows and no line of the text below is that of a key: then it
is a rule (CommonMark 0.31, 4.1), or two of them hold a header that was never filled in.
"""

from typing import Final

from refeed.startup.late_patterns import late_pattern

_BLANKS: Final = rb"(?>(?:[ \t]*\n)+)"
_WORD: Final = rb"[^\s#>*`\[<:\xef][^\s:\xef]{0,40}"
_KEY: Final = _WORD + rb"(?:[ ]" + _WORD + rb")?[ ]?(?::(?:[ \t\n]|\Z)|\xef\xbc\x9a)"  # or with a full-width colon
_RULE: Final = late_pattern(
    rb"(?>\s*-{3,}[ \t]*\n(?:" + _BLANKS + rb"(?:---[ \t]*\n)?|---[ \t]*\n)(?:[ \t]*\n)*)"
    rb"(?!(?:[^\n]+\n){0,40}?" + _KEY + rb")"
)


def end_of_rule(data: bytes) -> int:
    """Return at which byte a text begins below a rule or an empty header; 0 if there is none, or it may be more."""
    rule = _RULE.match(data)
    return rule.end() if rule else 0
