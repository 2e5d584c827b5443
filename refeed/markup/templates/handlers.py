"""Write what expressions stand for, with one function for each kind: a player, a picture, a link, code."""

import re
from collections.abc import Callable
from html import escape, unescape
from itertools import takewhile
from typing import Final
from urllib.parse import quote

from refeed.markup.templates import writing
from refeed.markup.templates.expression import Expression
from refeed.markup.templates.values import value_of
from refeed.model import LinkedPost
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.pictures import PICTURE_ENDINGS

Posts = Callable[[str], LinkedPost | None]
"""Return another post of the same site by its file's name or its path, None where it is unknown."""


class Words(NamedTuple):
    """What stays of an expression whose target is unknown."""

    text: str
    told: str = ""  # what it was before it was written as an expression


Handler = Callable[[Expression, Posts], str | Words | None]
"""Return what stands for an expression, None where that is unknown."""
ADDRESS_NAMES: Final = (
    "src",
    "url",
    "href",
    "link",
    "file",
    "path",
    "image",
    "image_path",
    "img",
    "filename",
    "mp3",
    "mp4",
)
_LABEL_NAMES: Final = ("title", "name", "label", "text", "subtitle", "caption", "figcaption", "description", "desc")
CAPTION_NAMES: Final = ("title", "label", "caption", "figcaption", "description", "desc")
_CREDIT_NAMES: Final = ("attr", "attribution", "credit", "credits")
_WEB_PAGE: Final = late_pattern(r"https?://\S+")
_DOCUMENT: Final = late_pattern(r"/[^\s/]\S*\.(?:docx?|ipynb|ods|odt|pdf|pptx?|xlsx?|zip)")
_SOURCES: Final = (".html", ".markdown", ".md")
_TYPOGRAPHIC: Final = late_pattern(r"&#82[0-9]{2};")  # quotation marks, dashes, an ellipsis
_STRING: Final = late_pattern(r"\{`([^`]*)`\}")  # JSX
_FORMULA: Final = late_pattern(r"\$|\\[(\[]")
_TAG: Final = late_pattern(r"</?[A-Za-z][^<>]*>")
_MARKS: Final = late_pattern(r"[*_`~]|\]\(")
_MEANT: Final = late_pattern(r"\\[^A-Za-z]|\\begin\{|\*[^*]+\*|\W_|`")  # of TeX what Markdown would read otherwise
# Where and how large a picture stands.
_LOOK: Final = late_pattern(
    r"(?:(?:align|float)-?)?(?:cent(?:er|re)|full(?:-?width)?|large|left|medium|right|small|wide)|[0-9.]{1,6}(?:%|em|px|rem|vw)?"
)
_SIZE: Final = late_pattern(r"[0-9]{1,5}(?:px|%)?")


def address_of(expression: Expression) -> str:
    """Return the address of what an expression shows, under any of its names, else its first word."""
    return expression.first(*ADDRESS_NAMES) or expression.word(0)


def _is_file(word: str) -> bool:
    """Return whether a word is the address of a picture, not a size, a class or a title."""
    return not any(map(str.isspace, word)) and ("/" in word or word.lower().endswith(PICTURE_ENDINGS))


def write_figure(expression: Expression, _posts: Posts) -> str | None:
    """Write a picture that says by name what it shows: Hugo's `figure`, Jekyll's includes, components."""
    address = expression.first(*(name for name in ADDRESS_NAMES if name not in {"href", "link"})).strip()
    if address.lower().endswith(PICTURE_ENDINGS):
        address = address.replace(" ", "%20")  # of a name that the expression gives it, a blank is no end
    alone = address or expression.word(0)
    alt = expression.first("alt") or ("" if address else expression.word(1))
    third = "" if address or _LOOK.fullmatch(expression.word(2)) else expression.word(2)
    caption = _joined(expression, CAPTION_NAMES) or third
    target = expression.first("link", "href")
    is_stated = _is_file(alone)
    credit = _credit_of(expression)
    words = " ".join(filter(None, (caption_of(caption), credit)))
    return writing.picture(alone, alt, words, target) if is_stated else None


def _joined(expression: Expression, names: tuple[str, ...]) -> str:
    """Return all that is said under these names, each once."""
    said = (expression.named[name] for name in names if expression.named.get(name))
    return " – ".join(dict.fromkeys(said))


def _credit_of(expression: Expression) -> str:
    """Write who made a picture, as Hugo's `figure` and themes of Zola say it."""
    words, address = caption_of(expression.first(*_CREDIT_NAMES)), expression.first("attrlink")
    return f'<a href="{escape(address)}">{words}</a>' if words and address else words


def caption_of(text: str) -> str:
    """Write the words below a picture; Hugo reads Markdown in them."""
    words = text if _TAG.search(text) else escape(text, quote=False)
    if not _MARKS.search(words):
        return words
    from refeed.markup.markdown import words_to_html  # it reads expressions itself, and few captions have marks

    return words_to_html(words)


def write_image(expression: Expression, posts: Posts) -> str | None:
    """Write a picture as Octopress and Hexo name it: `[class] address [width] [height] [title [alt]]`."""
    if expression.first(*ADDRESS_NAMES):
        return write_figure(expression, posts)
    number = next((n for n, word in enumerate(expression.words) if _is_file(word)), None)
    if number is None:
        return None
    said = [word for word in expression.words[number + 1 :] if not _SIZE.fullmatch(word)]
    return writing.picture(expression.words[number], " ".join(said).replace("'", ""))


def write_embed(expression: Expression, _posts: Posts) -> str | None:
    """Write a page that is shown inside of the article."""
    address = (expression.inner or address_of(expression)).strip()
    return writing.embed(address, expression.first("title", "caption"))


def write_post_address(expression: Expression, posts: Posts) -> str | None:
    """Write only an address: that of a post, for a link that the author wrote around it."""
    said = address_of(expression)
    if said.startswith("#"):
        return said
    post = posts(said) if said else None
    return post and post.address


def write_post_link(expression: Expression, posts: Posts) -> str | Words | None:
    """Write a link to a post: Hexo's `post_link name [title]`; for one that is not there its title stands alone."""
    if not expression.words:
        return None
    name, *words = expression.words
    title = " ".join(word for word in words if word not in {"true", "false"})
    if post := posts(name):
        return writing.link(post.address, title or post.title or name)
    return Words(escape(title, quote=False))


def write_link(expression: Expression, posts: Posts) -> str | None:
    """Write Hexo's `link words address`, Volantis's `link words::address::icon`; Jekyll's `link path` is an address."""
    if "::" in expression.source:
        words, *said = expression.parts
        address = next((part for part in said if re.match(r"https?://|/", part)), "")
        return writing.link(address, words) if address else None
    address = next((word for word in expression.words if re.match(r"https?://|/", word)), "")
    if len(expression.words) == 1 and not expression.named:
        path = expression.word(0)
        is_file = "." in path.rpartition("/")[2] and not path.lower().endswith(_SOURCES)
        return "/" + path.lstrip("/") if is_file else write_post_address(expression, posts)
    words = _words_beside(expression.words, address) if address else ""
    words = words or expression.first("text", "title", "content")
    return (
        writing.link(address or expression.first("href", "url", "to"), words) if address or expression.named else None
    )


def _words_beside(said: tuple[str, ...], address: str) -> str:
    """Return the words before an address; where it stands first, those behind it."""
    number = said.index(address)
    return " ".join(said[:number] or (word for word in said[1:] if word not in {"true", "false"}))


def write_asset(expression: Expression, _posts: Posts) -> str | None:
    """Write only an address: that of a file beside the post (Hexo's asset folder)."""
    return quote(expression.word(0), safe="/:") or None


def write_asset_link(expression: Expression, _posts: Posts) -> str | None:
    """Write a link to a file beside the post."""
    name = expression.word(0)
    return writing.link(quote(name, safe="/"), " ".join(expression.words[1:]) or name) if name else None


def write_literal(expression: Expression, _posts: Posts) -> str:
    """Write an expression that is there to be looked at."""
    return f"<code>{escape(expression.word(0), quote=False)}</code>"


def write_path(expression: Expression, posts: Posts) -> str | None:
    """Write Pelican's and Zola's paths: of a post its address, of a file the path itself, of a list of posts none."""
    path = expression.word(0)
    if expression.word(1) in {"author", "category", "tag"}:
        return None
    if not path.endswith((".md", ".rst", ".html")):
        return path
    post = posts(path)
    return post and post.address


def write_output(expression: Expression, _posts: Posts) -> str | None:
    """Write a value that a template writes out, where it is known."""
    return value_of(expression.word(0))


def write_fotolife(expression: Expression, _posts: Posts) -> str | None:
    """Write a photo of Hatena Fotolife; its address is made of who stored it, and when."""
    user, number, kind = expression.words
    ending = {"g": "gif", "p": "png"}.get(kind, "jpg")
    return writing.picture(
        f"https://cdn-ak.f.st-hatena.com/images/fotolife/{user[0]}/{user}/{number[:8]}/{number}.{ending}"
    )


def write_code(expression: Expression, _posts: Posts) -> str:
    """Write the inside of a pair as code, below its title."""
    template = _STRING.fullmatch(expression.inner.strip())
    title = expression.first("title", "filename", "file", "caption") or _title_of_codeblock(expression)
    return writing.code(template[1] if template else expression.inner, title)


def _title_of_codeblock(expression: Expression) -> str:
    """Return the title of Hexo's and Octopress's `codeblock [title] [lang:language] [address] [words]`."""
    if expression.name != "codeblock":
        return ""
    return " ".join(takewhile(lambda word: not _WEB_PAGE.fullmatch(word), expression.words))


def write_shortcode_code(expression: Expression, posts: Posts) -> str:
    """Write the inside of a shortcode as code; without its plug-in WordPress wrote typographic signs into it."""
    inner = _TYPOGRAPHIC.sub(lambda found: unescape(found[0]), expression.inner)
    return write_code(expression._replace(inner=inner), posts)


def write_code_in_line(expression: Expression, _posts: Posts) -> str:
    """Write the inside of a pair as code within a line."""
    return f"<code>{escape(unescape(expression.inner.strip()), quote=False)}</code>"


def write_formula(expression: Expression, _posts: Posts) -> str:
    """Write the inside of a pair, or what a single expression says, as TeX."""
    source = expression.inner.strip() or expression.first("body", "tex", "math", "expression") or expression.word(0)
    if _FORMULA.match(source):
        return source
    if "\n" in source:
        return f"<pre><code>$$\n{escape(source, quote=False)}\n$$</code></pre>"
    return f"\\({source}\\)" if _MEANT.search(source) else f"<code>{escape(source, quote=False)}</code>"


def write_nothing(_expression: Expression, _posts: Posts) -> str:
    """Write nothing: the expression says nothing to readers."""
    return ""


def write_caption(expression: Expression, _posts: Posts) -> str | None:
    """Write WordPress's picture with its words: these stand behind it, or are said by name."""
    found = re.match(r"(?s)\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)(.*)", expression.inner)
    if found is None:
        return expression.inner
    words = found[2].strip() or escape(expression.first("caption"), quote=False)
    return f"<figure>{found[1]}<figcaption>{words}</figcaption></figure>" if words else found[1]


def write_card(expression: Expression, _posts: Posts) -> str | None:
    """Write a card that leads to another page as a link."""
    address = address_of(expression)
    return (
        writing.link(address, _joined(expression, _LABEL_NAMES) or expression.word(1))
        if re.match(r"https?://", address)
        else None
    )


def write_document(expression: Expression, _posts: Posts) -> str | None:
    """Write a document that is shown inside of the article as a link."""
    address = address_of(expression)
    return writing.link(address, _joined(expression, _LABEL_NAMES) or address.rpartition("/")[2]) if address else None


def write_named(expression: Expression) -> str | None:
    """Write the one picture or page that an unknown expression names: themes have shortcodes of their own."""
    said = [*expression.named.values(), *expression.words]
    pictures = [word for word in said if _is_file(word) and word.partition("?")[0].lower().endswith(PICTURE_ENDINGS)]
    pages = [word for word in said if (_WEB_PAGE.fullmatch(word) or _DOCUMENT.fullmatch(word)) and word not in pictures]
    if len(pictures) > 1 or len(pages) > 1:
        return None
    page, words = pages[0] if pages else "", _joined(expression, _LABEL_NAMES) or _words_in(expression)
    if pictures:
        title, caption = expression.first("title"), expression.first("caption", "figcaption")
        alt = expression.first("alt") or (title if caption else "")
        return writing.picture(pictures[0], alt, caption_of((alt and caption) or words), page)
    return writing.link(page, words) if page else None


def _words_in(expression: Expression) -> str:
    """Return the words before the first comma, `site Harbour, url=https://…`, or between quotation marks."""
    if quoted := next((word for word in expression.words if " " in word), ""):
        return quoted
    first, *others = expression.parts
    return first if others and not re.search(r"[=:/]", first) else ""
