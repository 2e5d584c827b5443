"""Name WordPress's shortcodes for code, whose names hold signs and languages: `[cceN_php]`, `[php]`."""

from typing import Final

from refeed.startup.late_patterns import late_pattern

# CodeColorer: `i` shows code within a line; the other signs switch escapes, numbers, lines and themes on or off.
_CODE_COLORER: Final = late_pattern(r"cc([bcehilnstwBCEHILNSTW]{0,6})(?:_[A-Za-z0-9]{1,20})?")
# SyntaxHighlighter Evolved: its brushes and their aliases. Most of these words mean something else elsewhere.
_LANGUAGES: Final = frozenset(
    {
        "actionscript3", "applescript", "as3", "bash", "clojure", "coldfusion", "cpp", "csharp", "css", "delphi",
        "diff", "erlang", "fsharp", "groovy", "haskell", "html", "java", "javafx", "javascript", "jscript", "matlab",
        "objc", "pascal", "perl", "php", "plain", "powershell", "python", "rails", "ruby", "scala", "shell", "sql",
        "text", "vb", "vbnet", "xhtml", "xml", "xslt", "yaml",
    }
)  # fmt: skip

_BLOCK: Final = "wordpress:code"
CODE_IN_LINE: Final = "wordpress:code-in-line"
BLOCKS_OF_CODE: Final = frozenset({_BLOCK, *map("wordpress:{}".format, _LANGUAGES)})
CODE_SHORTCODES: Final = BLOCKS_OF_CODE | {CODE_IN_LINE}
END_OF_CODE: Final = rf"cc[A-Za-z]{{0,6}}(?:_[A-Za-z0-9]{{1,20}})?|{'|'.join(sorted(_LANGUAGES))}"


def shortcode_name(written: str) -> str:
    """Return by which name the tables know a shortcode."""
    if signs := _CODE_COLORER.fullmatch(written):
        return CODE_IN_LINE if "i" in signs[1] else _BLOCK
    name = written.lower()
    return f"wordpress:{name}" if name in _LANGUAGES else name
