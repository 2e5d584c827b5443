"""Find the template expressions in a source, by the marks of each template language."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from refeed.markup.templates.code_shortcodes import shortcode_name
from refeed.markup.templates.expression import Expression, read_arguments, read_expression
from refeed.markup.templates.signs import TICKED
from refeed.markup.templates.values import ADDRESS_FUNCTIONS
from refeed.startup.late_patterns import late_pattern, matches
from refeed.startup.named_tuple import NamedTuple


class PlacedExpression(NamedTuple):
    """An expression, and where it stands."""

    start: int
    end: int
    language: str  # the group that found it: liquid, hugo, output, …, wp
    expression: Expression


# Liquid (Jekyll, Shopify), Nunjucks (Hexo, Eleventy), Jinja (Pelican), Tera (Zola), GitBook, Octopress.
_LIQUID: Final = r"\{%[-~+]?(?>(?P<liquid>(?:[^{%]|%(?!\})|\{(?!%))*))%\}"
# Jinja, Nunjucks, Tera and Twig; kramdown. `{#fog}` is the id of a heading.
_COMMENTS: Final = (
    r"(?P<comment>\{#[-~+]?(?=\s)(?>(?:[^#{]|#(?!\})|\{(?!#))*)#\}"
    r"|\{::comment\}(?>(?:[^{]|\{(?!:))*)\{:/(?:comment)?\}|\{:(?:[:/]nomarkdown[^{}\n]{0,100}|/)\})"
)
# Hugo; `{{</* name */>}}` shows a shortcode.
_HUGO: Final = r"\{\{(?P<open>[<%])(?>(?P<hugo>(?:[^{>%]|\{(?!\{)|[>%](?!\}\}))*))[>%]\}\}"
_OUTPUT: Final = (
    r"""\{\{-?[ \t]*(?P<string>"[^"\n]{1,200}"|'[^'\n]{1,200}')[ \t]*(?:\|[ \t]*(?:raw|safe)[ \t]*)?-?\}\}"""
    # No empty line stands in it; two braces behind `^`, `_` or a command, or before one, are those of TeX, and so are
    # most behind other braces. So are a program's for GitHub's Actions, `${{ secrets.KEY }}`.
    r"|(?<![{^_])"
    r"(?!(?<=\$)\{\{[ \t]*(?:env|github|inputs|job|matrix|needs|runner|secrets|steps|strategy|vars)[.\\_\[])"
    r"(?<!\\frac)(?<!\\text)(?<!mathbf)(?<!\\sqrt)\{\{(?!\{|[ \t]{0,9}\\)-?"
    r"(?>(?P<output>(?:[^{}\n]|\n(?![ \t]*\n)|\}(?!\})|\{(?!\{))*))\}\}(?!\})"
)
# Pelican and Zola, in addresses; what follows is the path of a file.
_PATHS: Final = (
    r"(?:(?<=\]\()|(?<=\]\(<)|(?<==)|(?<==[\"'])|(?<=\]:[ \t]))"
    r"(?:\{(?P<path>attach|author|category|filename|index|static|tag)\}"
    r"|\|(?P<old_path>attach|filename|static)\|)"
    r"(?P<path_rest>[^\s()\"'<>#]{0,500})"
    r"|(?<=\]\()@/(?P<zola>[^\s()#]{1,500}\.md)\b"
)
# Zenn, alone on a line; Hashnode.
_ZENN: Final = r"(?<![^\n])[ \t]*@\[(?P<zenn>[A-Za-z]{2,30})\]\((?P<zenn_says>[^()\n]{1,2000})\)[ \t]*(?![^\n])"
_HASHNODE: Final = (
    r"%\[(?P<hashnode>https?://[^\[\]\s]{1,2000})\]|(?<![^\n])%%\[(?P<widget>[\w-]{1,80})\][ \t]*(?![^\n])"
)
# Plug-ins of Gatsby: code between backticks, alone on a line, or with a title at the end of one.
_TITLED: Final = ": title: "
_TICKED: Final = (
    rf"(?:(?<![^\n])[ ]{{0,3}}|(?<=[ \t])(?=`[a-z]+{_TITLED}))(?={TICKED})`(?P<ticked>[a-z]+):[ \t]*"
    r"(?:title:[ \t]*\"(?P<ticked_title>[^\"`\n]{1,300})\":?[ \t]*|\[(?P<ticked_label>[^\[\]`\n]{1,300})\](?=\())?"
    r"(?:(?P<ticked_says>(?!\()[^`\s#]{1,500})|\((?P<ticked_linked>[^`\s()]{1,500})\))"
    r"(?:#[^`\n]{0,200})?`[ \t]*(?![^\n])"
)
# Hatena: an address and how to show it; a photo of its own store.
_HATENA: Final = (
    r"\[(?P<hatena>https?://[^\[\]\s]{1,2000}?):(?P<hatena_how>barcode|embed|image|title)"
    r"(?:=(?P<hatena_title>[^\[\]\n]{0,300})|:[^\[\]\n]{0,300})?\]"
    r"|\[f:id:(?P<fotolife>[\w-]{1,40}):(?P<fotolife_no>[0-9]{14})(?P<fotolife_kind>[a-z])?[^\[\]\n]{0,60}\]"
)
# rehype-citation, where it puts the list of what is cited.
_CITED: Final = r"(?<![^\n])\[\^(?P<cited>ref)\][ \t]*(?![^\n])"
# Code that stands in another file, named in the first line of a fence: remark-code-import.
_IMPORTED: Final = (
    r"(?<![^\n])[ \t]{0,9}(?P<fence>`{3,9})[^\n`]{0,100}[ \t]file=[\"']?(?P<imported>[^\s\"'`<>]{1,300})[^\n`]{0,100}\n"
    r"\s{0,9}(?P=fence)[ \t]*(?![^\n])"
)
# A part of a file, alone on a line: VitePress and VuePress; PyMdown.
_SNIPPET: Final = (
    r"(?<![^\n])(?:<<<[ \t]+[@.~/][^\s<>]{0,300}|[ \t]*-{1,3}8<-{1,3}[ \t]+[\"'])(?P<snippet>[^\n]{0,300})"
)
# Notion, as notion-to-md writes its blocks.
_NOTION: Final = r"(?<![^\n])\[(?P<notion>audio|bookmark|embed|file|link_preview|pdf|video)\]\((?P<notion_url>https?://[^()\s]{1,2000})\)"
# A link without words, alone on a line, whose scheme is a service: remarkable-youtube.
_SCHEME: Final = r"(?<![^\n])\[\]\((?P<scheme>vimeo|youtube):(?P<scheme_says>[\w-]{5,20})\)[ \t]*(?![^\n])"
# Nuxt Content, remark-directive: a component on a line, perhaps with a header; its end; one within a line.
_DIRECTIVE: Final = (
    r"(?<![^\n])[ \t]*::(?:(?P<directive>[a-z][a-z0-9-]{0,40})"
    r"(?:\[(?P<directive_label>[^\[\]\n]{0,300})\])?(?:\{(?P<directive_says>[^{}\n]{0,500})\})?[ \t]*(?![^\n])"
    r"(?:\n[ \t]*---[ \t]*\n(?P<directive_header>(?:[ \t]*[\w-]+:[^\n]*\n){1,20})[ \t]*---[ \t]*(?![^\n]))?"
    r"|(?P<directive_end>[ \t]*)(?![^\n]))"
    r"|(?<![\w:\[]):(?P<inline>[a-z][a-z0-9-]{1,40})(?:\[(?P<inline_label>[^\[\]\n]{0,300})\])?"
    r"\{(?P<inline_says>[^{}\n]{1,500})\}"
)
# MDX: components, with what is said to them in braces up to three deep; a blank; an attribute that is an object.
_BRACES: Final = r"\{(?>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_MDX: Final = (
    r"(?<!\\)<(?P<mdx_end>/?)(?P<mdx>[A-Z][A-Z0-9]*[a-z][A-Za-z0-9]*(?:\.[A-Z][A-Za-z0-9]*)?)(?=[\s/>])"
    r"(?>(?P<mdx_says>(?:[^<>{}\"']|\"[^\"]*\"|'[^']*'|" + _BRACES + r"|=>)*))>"
    r"|<(?P<jsx>[a-z][a-z0-9]*)(?=\s[^<>]{0,2000}=\{)(?>(?:[^<>{}\"']|\"[^\"]*\"|'[^']*'|" + _BRACES + r"|=>)*)>"
    r"|\{[\"'](?P<mdx_blank>[ \t]*)[\"']\}|(?<=\s)[A-Za-z][\w-]*=(?P<mdx_object>\{\{[^{}]*\}\})"
    r"|(?P<mdx_comment>\{/\*(?>(?:[^*{]|\*(?!/\})|\{(?!/\*))*)\*/\})"
)
# WordPress; the table says which words are shortcodes.
_WORDPRESS: Final = (
    r"(?<![\[@])\[(?P<wp_end>/?)(?P<wp>[A-Za-z][\w-]{1,40})(?P<wp_says>(?:[ \t\n][^\[\]<]{0,2000})?)/?\]"
    r"(?![(:]|\[(?!/|(?:av|et_pb|fl|fusion|vc)_))"
)

# A page that was made already holds only what WordPress did not replace.
_SHOWN: Final = late_pattern(_WORDPRESS)
_SOURCE: Final = late_pattern(
    f"(?:{_LIQUID}|{_COMMENTS}|{_HUGO}|{_OUTPUT}|{_PATHS}|{_ZENN}|{_HASHNODE}|{_TICKED}|{_HATENA}|{_NOTION}|{_SCHEME}|{_CITED}|{_IMPORTED}|{_SNIPPET}|{_DIRECTIVE}|{_MDX}|{_WORDPRESS})"
)
# Where any of these may begin, by few characters: it is asked at each such sign of a text, and most begin nothing.
_FIRSTS_OF_SOURCE: Final = MappingProxyType(
    {
        "{": late_pattern(
            r"\{(?=[{%]|#[-~+]?\s|:[:/]|/\*|[\"'][ \t]*[\"']\}|(?:attach|author|category|filename|index|static|tag)\})"
        ),
        "[": late_pattern(r"\[(?=/?[A-Za-z][\w-]{1,40}[\s/\]]|https?:|f:id:|\^ref\]|\]\((?:vimeo|youtube):)"),
        ":": late_pattern(r":(?=:|[a-z][a-z0-9-]{1,40}[\[{])"),
        "%[": late_pattern(r"%(?=\[http|%\[)"),
        "@": late_pattern(r"@(?=[\[/])"),
        "|": late_pattern(r"\|(?=(?:attach|filename|static)\|)"),
        "\n": late_pattern(rf"\n(?=[ \t]*(?:@\[|::|-{{1,3}}8<|{TICKED}|`{{3,9}}[^\n`]{{0,100}}[ \t]file=))"),
        "<": late_pattern(r"<(?=/?[A-Z]|<<)"),
        "={": late_pattern(r"<(?=[a-z])|(?<=\s)[A-Za-z](?=[\w-]*=\{)"),  # an object in MDX
        _TITLED: late_pattern(rf"`(?=[a-z]+{_TITLED})"),
    }
)
_FIRSTS_OF_SHOWN: Final = MappingProxyType({"[": late_pattern(r"\[(?=[A-Za-z/])")})

_END: Final = late_pattern(r"[ \t\n]*(?:end-?|/[ \t]*)(?=[A-Za-z])")
_FIELD: Final = late_pattern(r"^[ \t]*([\w-]+):[ \t]*(\S[^\n]*?)[ \t]*$", re.MULTILINE)  # of a directive's header
_CALL: Final = late_pattern(r"[ \t\n~+-]{0,100}([A-Za-z_]\w{0,60})\(")  # Zola
# Logseq, Roam: what else two braces hold is a value.
_MACRO: Final = late_pattern(r"(?:bilibili|tweet|twitter|video|vimeo|youtube)[ \t]+https?://\S+\Z|cloze[ \t]+\S")
_COMMENT: Final = late_pattern(r"[ \t\n]*/\*(.*)\*/[ \t\n]*", re.DOTALL)
LITERAL: Final = "shown"  # the name of an expression that is there to be looked at
OUTPUT: Final = "output"  # the name of a value that is written out
FOTOLIFE: Final = "fotolife"
BLANK: Final = "blank"  # the name of a blank that is written as a string
REMARK: Final = "remark"  # the name of what says nothing to readers
ELEMENT: Final = "element"  # the name of an element of HTML that is written as a component
PATH: Final = "path"  # the name of a path of the site
# Words with elements among them: `caption={<>The <b>quay</b></>}`.
_FRAGMENT: Final = late_pattern(r"=\{\s{0,99}<>([^`{}]*)</>\s{0,99}\}")


@lru_cache(maxsize=2)  # private parts, code and expressions ask about the same text
def expressions_in(text: str, *, is_source: bool) -> tuple[PlacedExpression, ...]:
    """List everything that may be an expression; a page that was made already holds only WordPress's."""
    return tuple(_expressions_in(text, is_source=is_source))


def _expressions_in(text: str, *, is_source: bool) -> Iterator[PlacedExpression]:
    called: list[str] = []  # Zola's that have begun: `{% end %}` ends the last
    directives: list[str] = []  # the same of directives
    shortcode = ""  # Hugo's that has begun last: `{{</>}}` ends it
    last = 0  # where the last expression ended
    for found in matches(_SOURCE, _FIRSTS_OF_SOURCE, text) if is_source else matches(_SHOWN, _FIRSTS_OF_SHOWN, text):
        groups = found.groupdict()
        group = next(name for name in _READERS if groups.get(name) is not None)
        if group == "output" and text[found.start() - 1 : found.start()] == "}" and found.start() != last:
            continue  # a second argument of TeX, `\frac{a_{1}}{{b}}`
        last = found.end()
        expression = _READERS[group](found)
        if group == "liquid" and _CALL.match(found["liquid"]):
            called.append(expression.name)
        elif group == "liquid" and expression.name == "end" and called:
            expression = expression._replace(name=called.pop(), is_end=True)
        elif group == "hugo" and found["hugo"].strip() == "/" and shortcode:
            expression = expression._replace(name=shortcode, is_end=True)
        elif group == "hugo" and not expression.is_end:
            shortcode = expression.name
        elif group == "directive":
            directives.append(expression.name)
        elif group == "directive_end":
            if not directives:
                continue
            expression = expression._replace(name=directives.pop())
        yield PlacedExpression(found.start(), found.end(), group, expression)


def _tag(source: str, text: str) -> Expression:
    end = _END.match(text)
    said = _called(text[end.end() if end else 0 :].strip(" \t\n-~+/"))
    return read_expression(source, said, is_end=bool(end))


def _output(found: re.Match[str]) -> Expression:
    text = found["output"].strip(" \t\n-{")
    said = _called(text)
    return _said(found[0], OUTPUT, text) if said == text and not _MACRO.match(text) else read_expression(found[0], said)


def _called(text: str) -> str:
    """Return a call, `name(argument)`, as a name and its arguments; functions that make an address are values."""
    call = _CALL.match(text)
    is_value = call is None or call[1] in ADDRESS_FUNCTIONS or not text.rstrip().endswith(")")
    return text if call is None or is_value else f"{call[1]} {text[call.end() :].rstrip()[:-1]}"


def _hugo(found: re.Match[str]) -> Expression:
    if comment := _COMMENT.fullmatch(found["hugo"]):
        opening = found["open"]
        return _said(found[0], LITERAL, "{{" + opening + comment[1] + (">" if opening == "<" else "%") + "}}")
    return _tag(found[0], found["hugo"])


def _said(source: str, name: str, *words: str) -> Expression:
    return Expression(source, name, words, MappingProxyType({}))


def _wordpress(found: re.Match[str]) -> Expression:
    expression = read_expression(found[0], found["wp"] + found["wp_says"], is_end=bool(found["wp_end"]))
    return expression._replace(name=shortcode_name(found["wp"]))


def _mdx(found: re.Match[str]) -> Expression:
    said = _FRAGMENT.sub(r"=`\1`", found["mdx_says"].rstrip("/ \t\n"))
    return read_expression(found[0], f"{found['mdx']} {said}", is_end=bool(found["mdx_end"]))


def _directive(found: re.Match[str], kind: str) -> Expression:
    groups = found.groupdict()
    _, said = read_arguments(groups[f"{kind}_says"] or "")
    header = {name.lower(): value.strip("\"'") for name, value in _FIELD.findall(groups.get(f"{kind}_header") or "")}
    words = tuple(filter(None, [groups[f"{kind}_label"]]))
    return Expression(found[0].strip(), found[kind], words, MappingProxyType({**header, **said}))


def _ticked(found: re.Match[str]) -> Expression:
    title = found["ticked_title"] or found["ticked_label"] or ""
    said = _said(found[0].strip(), found["ticked"], found["ticked_says"] or found["ticked_linked"])
    return said._replace(named=MappingProxyType({"title": title})) if title else said


def _fotolife(found: re.Match[str]) -> Expression:
    return _said(found[0], FOTOLIFE, found["fotolife"], found["fotolife_no"], found["fotolife_kind"] or "j")


# The group that is found → how to read it.
_READERS: Final[MappingProxyType[str, Callable[[re.Match[str]], Expression]]] = MappingProxyType(
    {
        "liquid": lambda found: _tag(found[0], found["liquid"]),
        "comment": lambda found: _said(found[0], REMARK),
        "hugo": _hugo,
        "output": _output,
        "string": lambda found: _said(found[0], OUTPUT, found["string"]),
        "path": lambda found: _said(found[0], PATH, found["path_rest"], found["path"]),
        "old_path": lambda found: _said(found[0], PATH, found["path_rest"]),
        "zola": lambda found: _said(found[0], PATH, "/" + found["zola"]),
        "zenn": lambda found: _said(found[0], found["zenn"].lower(), found["zenn_says"]),
        "hashnode": lambda found: _said(found[0], "embed", found["hashnode"]),
        "ticked": _ticked,
        "widget": lambda found: _said(found[0], "widget", found["widget"]),
        "hatena": lambda found: _said(
            found[0], "hatena-" + found["hatena_how"], found["hatena"], found["hatena_title"] or ""
        ),
        "fotolife": _fotolife,
        "notion": lambda found: _said(found[0], "embed", found["notion_url"]),
        "scheme": lambda found: _said(found[0], found["scheme"], found["scheme_says"]),
        "mdx": _mdx,
        "mdx_blank": lambda found: _said(found[0], BLANK),
        "jsx": lambda found: _said(found[0], ELEMENT, found[0]),
        "mdx_object": lambda found: _said(found[0], REMARK),
        "mdx_comment": lambda found: _said(found[0], REMARK),
        "directive": lambda found: _directive(found, "directive"),
        "directive_end": lambda found: read_expression(found[0], "", is_end=True),
        "inline": lambda found: _directive(found, "inline"),
        "imported": lambda found: _said(found[0].strip(), "imported", found["imported"]),
        "cited": lambda found: _said(found[0].strip(), "cited"),
        "snippet": lambda found: _said(found[0], "snippet"),
        "wp": _wordpress,
    }
)
