"""What hypothesis makes bodies of: a soup of dangerous pieces, and articles whose every word must come out."""

import re
from html import escape, unescape

from hypothesis import strategies as st

PIECES = [
    "<p>", "</p>", "<div class='entry-content'>", "</div>", "<b>", "</b>", "<a href='javascript:x'>", "</a>", "<br>",
    "<a href='/x'>", "<img src='x.jpg'>", "<img src='data:image/png;base64,AA' onerror='x()'>", "<table>", "<tr>",
    "<td>", "</table>", "<ul>", "<li>", "</ul>", "<pre>", "</pre>", "<code>", "</code>", "<figure>", "<figcaption>",
    "</figure>", "<script>", "</script>", "<style>", "</style>", "<svg>", "<math>", "<noscript>", "</noscript>",
    "<iframe src='//x.example/'>", "<h2>", "</h2>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#0;", "&#xD800;",
    "\x00", "\x0b", "\ud800", "\ufffe", "text", "漢字", "\n", " ", "<input type=email>", "<small style='color: #999'>",
    "</small>", "<picture>", "<source srcset='a 1x'>", "<article>", "<section>", "<header class='entry-header'>",
    "<div hidden>", "<span aria-hidden=true>", "<template>", "<hr>", "<dl>", "<dt>", "<dd>", "<blockquote>",
    "</blockquote>", "<details>", "<summary>", "<video src=x>", "<object>", "<form>", "<", ">", "&", "'", '"',
    "<span style='font-weight:bold'>", "</span>", "<td class=gutter>1", "<pre class=crayon-pre>", "<p lang=fr>",
    "<div dir=rtl>", "<script type='math/tex'>x", "<span class=katex>", "<table role=none>",
    "<lite-youtube videoid=abcdef>",
    "<plaintext>", "<textarea>", "<select>", "<p title='", "# x\n", "- a\n- b\n", "```", "[x](y)", "{{ y }}",
]  # fmt: skip

SOUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)

WORDS = st.text("abcdefgh 漢字仮名,.&<>'\"", min_size=1, max_size=20).filter(str.strip)

INLINE = st.builds(
    lambda tag, text: f"<{tag}>{escape(text)}</{tag}>", st.sampled_from(["b", "em", "span", "code"]), WORDS
)

PHRASES = st.lists(st.one_of(WORDS.map(escape), INLINE), min_size=1, max_size=4).map("".join)

BLOCK = st.builds(
    lambda tag, inner: f"<{tag}>{inner}</{tag}>",
    st.sampled_from(["p", "div", "h2", "blockquote", "pre", "section", "li", "figure", "center"]),
    PHRASES,
)

ARTICLE = st.lists(
    st.one_of(
        BLOCK,
        PHRASES,
        st.lists(BLOCK, max_size=3).map(lambda blocks: "<div>" + "".join(blocks) + "</div>"),
        st.lists(PHRASES, min_size=1, max_size=3).map(
            lambda cells: "<table><tr><td>" + "</td><td>".join(cells) + "</td></tr></table>"
        ),
        st.lists(PHRASES, min_size=1, max_size=3).map(
            lambda items: "<ul><li>" + "</li><li>".join(items) + "</li></ul>"
        ),
    ),
    min_size=1,
    max_size=6,
).map(lambda parts: "<p>begin</p>" + "".join(parts))


def visible(text: str) -> str:
    """Keep only what a reader sees, without white space, which is folded."""
    return "".join(unescape(re.sub("<[^>]*>", "", text)).split())


# What parsers read in one way here and in another there, and where a script can hide.
HOSTILE_PIECES = [
    "<noscript>", "</noscript>", "<template>", "</template>", "<math>", "</math>", "<mtext>", "<mglyph>",
    "<malignmark>", "<mi>", "<annotation-xml encoding='text/html'>", "</annotation-xml>", "<svg>", "</svg>",
    "<foreignObject>", "<desc>", "<title>", "</title>", "<style>", "</style>", "<script>", "</script>", "<textarea>",
    "</textarea>", "<xmp>", "</xmp>", "<plaintext>", "<noembed>", "</noembed>", "<noframes>", "<iframe srcdoc='",
    "<iframe>", "</iframe>", "<select>", "<option>", "</select>", "<table>", "<caption>", "<colgroup>", "<col>",
    "<tr>", "<td>", "</table>", "<form>", "</form>", "<input>", "<button>", "<a>", "</a>", "<b>", "</b>", "<p>",
    "</p>", "<br>", "</br>", "<h1>", "<li>", "<ul>", "<dd>", "<ruby><rt>", "<nobr>", "<font color=red>", "<frameset>",
    "<head>", "<body onload=ran()>", "<html>", "<image>", "<!--", "-->", "--!>", "<!-->", "<![CDATA[", "]]>", "<?x ",
    "<!x", "</", "<", ">", "/>", "'", '"', "`", "=", "&", " ", "\n", "\t", "\x0c", "\x00", "\x0b", "\u2028", "\ufffe",
    "\ud800", "&#0;", "&lt;", "&gt;", "&quot;", "&#x6A;", "&Tab;", "&colon;", "\\", "text",
    "<img src=x onerror=ran()>", "<img title='", '<p title="', "<a title='</style>", "<a href='", '<a href="java',
    "script:ran()", "javascript:ran()'>", "&#x6A;avascript:ran()", "java\u200dscript:", "data:text/html,",
    "//evil.example", "<svg onload=ran()>", "<a xlink:href='javascript:ran()'>",
    "<div id=x class=y style='x:expression(ran())'>", "<video src=x>", "<source srcset='javascript:ran() 2x'>",
    "<object data=x>", "<embed src=x>", "<base href=x>", "<meta http-equiv=refresh content='0'>",
    "<link rel=stylesheet href=x>", "<details open ontoggle=ran()>",
]  # fmt: skip

HOSTILE = st.lists(st.sampled_from(HOSTILE_PIECES), max_size=30).map("".join)
