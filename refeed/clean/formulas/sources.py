"""Find the TeX source of a formula: in its markup, in an attribute, in the address of a picture of it."""

import json
import re
from typing import Final
from urllib.parse import unquote, unquote_plus

from bs4.element import Tag

from refeed.html.tree import attribute, holds, shown, text_of, words
from refeed.startup.late_patterns import late_pattern

# Attributes that hold the source → who writes them.
_ATTRIBUTES: Final = (
    "data-latex",  # MathJax 4
    "data-tex",  # Zhihu, Feishu
    "data-expr",  # Juejin, Quora
    "data-formula",  # Yuque and others
    "data-equation-content",  # Canvas
    "data-math",  # several editors
    "data-equation",  # Feishu
    "latex-data",  # MathQuill
    "alttext",  # MathML 3, 2.2.1, as LaTeXML writes it
)
# The same under a name that also means something else elsewhere: class → attribute.
_NAMED: Final = {"ql-formula": "data-value"}  # Quill

# Pictures of formulas: words in `class` (WordPress, MediaWiki, QuickLaTeX, Sphinx), whose `alt` is the source.
_PICTURES: Final = frozenset(
    {
        "latex",
        "mwe-math-fallback-image-display",
        "mwe-math-fallback-image-inline",
        "ql-img-displayed-equation",
        "ql-img-displayed-formula",
        "ql-img-inline-formula",
    }
)
# Services that draw what the address says: what occurs in their addresses, and where the source is in them, as the
# first group, encoded as a query, or as a path.
_IN_QUERIES: Final = (
    ("/equation?tex=", late_pattern(r"(?:zhihu\.com|juejin\.(?:cn|im))/equation\?tex=([^&#]+)")),
    ("/latex.php?", late_pattern(r"(?:wp|wordpress)\.com/latex\.php\?(?:[^#]*?&)??latex=([^&#]+)")),
    ("/chart?", late_pattern(r"chart\.(?:apis\.google|googleapis)\.com/chart\?(?:[^#]*?&)??chl=([^&#]+)")),
    ("math.jianshu.com", late_pattern(r"math\.jianshu\.com/math\?(?:[^#]*?&)??formula=([^&#]+)")),
    ("/render/math?", late_pattern(r"render\.githubusercontent\.com/render/math\?(?:[^#]*?&)??math=([^&#]+)")),
    ("math.", late_pattern(r"math\.(?:vercel\.app|now\.sh)/?\?(?:[^#]*?&)??from=([^&#]+)")),
    ("#card=math", late_pattern(r"nlark\.com/yuque/[^#]*#card=math&code=([^&]+)")),
    (".latex.php?", late_pattern(r"latex\.vimsky\.com/test\.image\.latex\.php\?(?:[^#]*?&)??val=([^&#]+)")),
)
_IN_PATHS: Final = (
    ("codecogs.com", late_pattern(r"codecogs\.com/(?:gif|png|svg)\.(?:download|image|latex)\?([^#]+)")),
    ("codecogs.com", late_pattern(r"codecogs\.com/eqnedit\.php\?latex=([^#]+)")),
    ("i.upmath.me", late_pattern(r"i\.upmath\.me/(?:png|svg)/([^?#]+)")),
    ("tex.s2cms.", late_pattern(r"tex\.s2cms\.(?:com|ru)/(?:png|svg)/([^?#]+)")),
    ("forkosh.com", late_pattern(r"forkosh\.com/(?:cgi-bin/)?(?:mathtex|mimetex)\.cgi\?([^#]+)")),
)
_BLANK_LINE: Final = late_pattern(r"\n(?>[^\S\n]*)\n")
# Attributes that no element has but a formula.
SURE: Final = frozenset({"data-equation", "data-formula", "data-latex", "data-tex", "latex-data"})
# Attributes that others have, too; of an empty element with TeX in them a script makes a formula.
OF_EMPTY: Final = frozenset({"data-expr", "data-math"})
_COMMAND: Final = late_pattern(r"\\[A-Za-z]|[_^]\{")
# MediaWiki puts this around every formula.
_STYLE: Final = late_pattern(r"\{\\(?:display|text)style (.*)\}", re.DOTALL)


def stated_source(tag: Tag) -> str:
    """Return the TeX source that an element states of itself, "" if none."""
    if source := tag.find("annotation", attrs={"encoding": "application/x-tex"}):
        return bare(text_of(source))
    mathml = tag.find(class_="katex-mathml")
    if isinstance(mathml, Tag) and not holds(mathml, {"math"}):  # its text alone is left (CSDN): the source comes last
        parts = _BLANK_LINE.split(text_of(mathml).strip())
        if len(parts) > 1:
            return bare(" ".join(parts[-1].split()))
    for element in (tag, *tag.find_all(lambda inner: any(name in inner.attrs for name in _ATTRIBUTES), limit=1)):
        if value := next((value for name in _ATTRIBUTES if (value := attribute(element, name))), ""):
            return bare(value)
    for word in words(tag):
        if word in _NAMED and (value := attribute(tag, _NAMED[word])):
            return bare(value)
    return _in_data(attribute(tag, "data-attrs"))


def is_to_be_filled(tag: Tag) -> bool:
    """Return whether an element is empty until a script writes the formula that it states."""
    stated = any(_COMMAND.search(attribute(tag, name)) for name in OF_EMPTY if name in tag.attrs)
    return stated and not shown(tag)


def drawn_source(picture: Tag) -> str:
    """Return the source of a formula that a picture shows, "" for any other picture."""
    address = attribute(picture, "src") or attribute(picture, "data-src")
    for sign, service in _IN_QUERIES:
        if sign in address and (found := service.search(address)):
            return bare(unquote_plus(found[1]))
    for sign, service in _IN_PATHS:
        if sign in address and (found := service.search(address)):
            return bare(unquote(found[1]))
    attrs = picture.attrs
    if stated := next((value for name in _ATTRIBUTES if name in attrs and (value := attribute(picture, name))), ""):
        return bare(stated)
    return "" if _PICTURES.isdisjoint(words(picture)) else bare(attribute(picture, "alt"))


def bare(source: str) -> str:
    """Return a source without what only says how it is set."""
    text = source.strip()
    styled = _STYLE.fullmatch(text)
    return styled[1].strip() if styled else text


def _in_data(text: str) -> str:
    """Return the expression in what Substack keeps of a formula."""
    if "persistentExpression" not in text:
        return ""
    try:
        found = json.loads(text)
    except ValueError:
        return ""
    expression = found.get("persistentExpression") if isinstance(found, dict) else None
    return bare(expression) if isinstance(expression, str) else ""
