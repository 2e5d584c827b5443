"""What each template expression stands for: one table for all languages, with who has it.

A name means the same wherever it is written: `{% youtube x %}`, `{{< youtube x >}}`, `[youtube x]`,
`<YouTube id="x" />`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from refeed.markup.templates.code_shortcodes import BLOCKS_OF_CODE, CODE_IN_LINE
from refeed.markup.templates.elements import write_box, write_element
from refeed.markup.templates.expression import Expression
from refeed.markup.templates.galleries import write_gallery
from refeed.markup.templates.handlers import (
    Handler,
    Posts,
    Words,
    write_asset,
    write_asset_link,
    write_caption,
    write_card,
    write_code,
    write_code_in_line,
    write_document,
    write_embed,
    write_figure,
    write_formula,
    write_fotolife,
    write_image,
    write_link,
    write_literal,
    write_nothing,
    write_output,
    write_path,
    write_post_address,
    write_post_link,
    write_shortcode_code,
)
from refeed.markup.templates.phrases import (
    last_part_in,
    words_in,
    write_album,
    write_badge,
    write_button,
    write_choice,
    write_first_part,
    write_label,
    write_note,
    write_note_number,
    write_ruby,
)
from refeed.markup.templates.players import player_of, player_of_file, write_music
from refeed.markup.templates.syntax import BLANK, ELEMENT, FOTOLIFE, LITERAL, OUTPUT, PATH, REMARK
from refeed.markup.templates.wrappers import (
    Wrapper,
    wrap_callout,
    wrap_figure,
    wrap_fold,
    wrap_labelled,
    wrap_link,
    wrap_note,
    wrap_part,
    wrap_quote,
    wrap_reference,
    wrap_verses,
)
from refeed.startup.late_patterns import late_pattern

# What themes call their parts after; the first that a name holds says what it shows.
_INCLUDES: Final = (
    "youtube",
    "vimeo",
    "bilibili",
    "tweet",
    "figure",
    "image",
    "img",
    "picture",
    "audio",
    "video",
    "toc",
    "gallery",
    "feature_row",
)


def _include(expression: Expression, posts: Posts) -> str | Words | None:
    """Write what a part of a Jekyll theme shows, as far as its name tells."""
    name = expression.word(0).rpartition("/")[2].partition(".")[0].lower()
    provider = expression.first("provider").lower()
    kind = next((kind for kind in _INCLUDES if kind in (provider or name)), name)
    handler = SINGLE.get(kind, write_box)
    return handler(expression._replace(name=kind, words=expression.words[1:]), posts)


Value = TypeVar("Value")


def _by_name(table: Mapping[str, Value]) -> MappingProxyType[str, Value]:
    """Return a table with a row for each of the names that share one."""
    return MappingProxyType({name: value for names, value in table.items() for name in names.split()})


# What stands alone.
SINGLE: Final[Mapping[str, Handler]] = _by_name(
    {
        # One of reStructuredText that is not carried out.
        "directive": lambda expression, _: Words("", told=expression.word(0)),
        # Videos, sounds and posts: Hugo, Jekyll's and Hexo's plugins, Zenn, WordPress, components.
        "youtube youtuber youtube-lite youtubeembed yt lite-youtube": player_of("youtube"),
        "bilibili bili bvideo": player_of("bilibili"),
        "vimeo": player_of("vimeo"),
        "dailymotion": player_of("dailymotion"),
        "asciinema": player_of("asciinema"),
        "spotify": player_of("spotify"),
        "soundcloud": player_of("soundcloud"),
        "speakerdeck": player_of("speakerdeck"),
        "tweet twitter x x_simple twitter_simple": player_of("tweet"),
        "instagram": player_of("instagram"),
        "niconico": player_of("niconico"),
        "mastodon": player_of("mastodon"),
        "telegram": player_of("telegram"),
        "slideshare": player_of("slideshare"),
        "docswell": player_of("docswell"),
        "gist": player_of("gist"),
        "github": player_of("github"),
        "codepen": player_of("codepen"),
        "codesandbox": player_of("codesandbox"),
        "jsfiddle": player_of("jsfiddle"),
        "stackblitz": player_of("stackblitz"),
        "audio mp3": player_of_file("audio"),
        "music aplayer meting netease": write_music,
        "video dplayer mp4": player_of_file("video"),
        # Pages shown inside: GitBook, Hashnode, Zenn, Hatena, Hexo.
        "embed iframe oembed hatena-embed hatena-barcode": write_embed,
        "pdf": write_document,
        "card hatena-title linkcard blogcard bookmark linkpreview content-ref figma": write_card,
        # Pictures: Hugo's `figure`, Octopress's and Hexo's `img`, Jekyll's includes, Astro's and Next's components.
        "figure image picture hatena-image": write_figure,
        "img asset_img qnimg gi inlineimg inlineimage": write_image,
        FOTOLIFE: write_fotolife,
        # Other posts: Hugo and Zola; Jekyll; Hexo.
        "ref relref post_url post_path": write_post_address,
        "post_link": write_post_link,
        "link": write_link,
        "asset_path": write_asset,
        "asset_link": write_asset_link,
        "ruby": write_ruby,
        "label": write_label,
        "katex latex math mathjax": write_formula,
        "btn button": write_button,
        "sidenote marginnote margin-note": write_note,
        "fn": write_note_number,
        # Words that Volantis, Stellar, Butterfly and Logseq show in their own way.
        "span": last_part_in(),
        "p": last_part_in("p"),
        "cloze emp psw wavy hashtag quot": words_in(),
        **{name: words_in(name) for name in ("del", "kbd", "mark", "sub", "sup", "u")},
        "copy": words_in("code"),
        "hideinline": write_first_part,
        "checkbox radio": write_choice,
        "gallerygroup": write_album,
        "badge": write_badge,
        LITERAL: write_literal,
        OUTPUT: write_output,
        BLANK: lambda _expression, _posts: " ",
        ELEMENT: write_element,
        "alert admonition callout hint info note tip warning": write_box,
        REMARK: write_nothing,
        PATH: write_path,
        "include include_cached include_relative": _include,
        # Marks without words: lists of contents, the end of an excerpt, what themes put around a text, forms.
        "toc tableofcontents more excerpt readmore raw verbatim comment br clear clearfix ads hr": write_nothing,
        # What the header's gallery stands for (Minimal Mistakes); it is shown all the same.
        "gallery feature_row": write_gallery,
        "adsense contact-form contact-form-7 wpforms mc4wp_form": write_nothing,
        "subscribe newsletter recaptcha fragment slot": write_nothing,
    }
)

# Services whose names components have in theirs, and words in the names of those that show nothing of it.
_SERVICES: Final = (
    *("youtube", "vimeo", "bilibili", "tweet", "codepen", "codesandbox", "stackblitz", "spotify", "soundcloud"),
    *("asciinema", "gist", "github"),
)
_NO_GIST: Final = late_pattern(r"\W{0,9}[\w-]*[A-Za-z]gist")  # `<Register>`, `<Logistics>`
_SHOWS_NOTHING: Final = ("button", "channel", "follow", "icon", "list", "login", "share", "star", "timeline", "user")


def service_in(expression: Expression) -> Handler | None:
    """Return what writes the player or the page of a service that a name holds: `<LiteYouTubeEmbed id="…" />`."""
    name = expression.name
    service = next((service for service in _SERVICES if service in name), "") if expression.named else ""
    if service == "gist" and _NO_GIST.match(expression.source):
        return None
    return None if not service or any(word in name for word in _SHOWS_NOTHING) else _named_player(service)


def _named_player(service: str) -> Handler:
    """Return what writes a player from arguments by name alone."""
    write = SINGLE[service]
    return lambda expression, posts: write(expression._replace(words=()), posts)


# What verses stand between: their lines end where they end, however long they are.
VERSES: Final = frozenset({"lyrics", "poem", "poetry", "stanza", "verse", "verses"})

# What stands between a beginning and an end, and is not read like the text around it.
PAIRS: Final[Mapping[str, Handler]] = _by_name(
    {
        # Jekyll, Hugo, Hexo, Octopress, WordPress (SyntaxHighlighter), and diagrams that are drawn from their source.
        "highlight codeblock code sourcecode syntaxhighlighter prism": write_code,
        " ".join(BLOCKS_OF_CODE): write_shortcode_code,
        CODE_IN_LINE: write_code_in_line,
        "mermaid plantuml graphviz flow sequence chart echarts": write_code,
        "math katex latex mathjax": write_formula,
        "caption wp_caption": write_caption,
        "embed youtube": write_embed,
        "comment todo fixme": write_nothing,
        "style script": write_nothing,
    }
)

# What is put around a text.
WRAPPERS: Final[Mapping[str, Wrapper]] = _by_name(
    {
        "blockquote quote pullquote cq centerquote epigraph": wrap_quote,
        # Next, Docsy, Docusaurus, GitBook, Starlight, MkDocs' look-alikes.
        "note notice hint alert callout admonition message aside": wrap_callout,
        "tip info warning danger caution important": wrap_callout,
        "details expand spoiler hidetoggle hideblock answer hint solution": wrap_fold,
        "fold folding collapse accordion accordionitem toggle": wrap_fold,
        "tab tabitem tabpane accordion-item step codegroupitem timeline timelineitem": wrap_labelled,
        **dict.fromkeys(VERSES, wrap_verses),
        "a button btn cta linkbutton link-button nextlink": wrap_link,
        "read-more": wrap_reference,
        "figure": wrap_figure,
        "sidenote marginnote margin-note footnote fn mn sn": wrap_note,
        "gallery gp grouppicture gallery-group image-gallery": wrap_part,
        "tabs tabpanes subtabs center left right align div-align columns column col row div span section": wrap_part,
        "about badge box folders keyword lead typeit": wrap_part,
        "code-group container grid card-group cardgroup steps layout fragment codegroup": wrap_part,
        "rawhtml html markdown md text figure-group": wrap_part,
    }
)

# Builders of WordPress pages; their names begin so. The words between them are the article's.
BUILDERS: Final = ("av_", "et_pb_", "fl_", "fusion_", "vc_")

# What WordPress and its common plug-ins call by name; any other word between brackets is a word.
WORDPRESS: Final = frozenset(
    {
        "audio", "caption", "code", "contact-form", "contact-form-7", "embed", "envira-gallery", "foogallery",
        "gallery", "gist", "instagram", "mc4wp_form", "modula", "nggallery", "playlist", "pullquote", "quote",
        "sourcecode", "soundcloud", "spoiler", "spotify", "toc", "toggle", "tweet", "twitter", "video", "vimeo",
        "wp_caption", "wpforms", "youtube",
    }
)  # fmt: skip
