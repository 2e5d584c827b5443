"""The wordings of boilerplate, each with its reason."""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple


class Wording(NamedTuple):
    """A text that is boilerplate wherever a whole paragraph, or a whole link, says it."""

    needle: str  # without it in the body the pattern is not tried; all in ASCII, or without a letter of it
    pattern: re.Pattern[str]  # over the whole text
    why: str
    frame: bool = False  # over what is left of the text without its links, or without the title of the article
    parts: tuple[str, ...] = ()  # nor without one of these, where many texts hold the needle


def wording(needle: str, pattern: str, why: str, *parts: str, frame: bool = False) -> Wording:
    """Read a rule that is written with blanks: texts are compared without white space and without case."""
    squeezed = late_pattern(pattern.replace(" ", ""), re.IGNORECASE)
    return Wording(_squeezed(needle), squeezed, why, frame, tuple(map(_squeezed, parts)))


def _squeezed(needle: str) -> str:
    return needle.replace(" ", "").lower()


# What mirrors and plug-ins sign with: no article even when nothing else is there.
SIGNATURES: Final = (
    wording("获取更多", r"获取更多 RSS [：:]? [A-Za-z0-9.:/_-]{0,200}", "a mirror's advertisement of itself"),
    wording("feedx.", r"(?:(?:https?://)?feedx\.[a-z]{2,4}/?){1,4}", "the same, its addresses on lines of their own"),
    wording(
        "Feed ",
        r"\(? Feed (?:generated|created|enhanced) (?:by|with) (?:Better Feed|Feed43|FetchRSS|PolitePol|RSS\.app)"
        r"(?: from .{1,40})? \)? \.?",
        "programs that make feeds",
        *("Feed generated", "Feed created", "Feed enhanced"),
    ),
    wording(
        "del.icio.us",
        r"© .{0,300} \| Permalink \| .{0,80} Add to del\.icio\.us (?:Post tags: .{0,600})?",
        "Better Feed",
    ),
    wording(
        "RSS",
        r"[（(【]? (?:本文|本页|内容) 由 .{1,30} (?:自动)? (?:抓取|采集|聚合|生成|转载) .{0,8} RSS (?:feed|源|订阅源)?"
        r" [。.]? [）)】]?",
        "mirrors that name themselves",
        *("本文由", "本页由", "内容由"),
    ),
    wording(
        "自动",
        r"[（(【]? 本文由 .{1,30} 自动 (?:抓取|采集|聚合|推送|转载) [。.]? [）)】]?",
        "the same",
        *("自动抓取", "自动采集", "自动聚合", "自动推送", "自动转载"),
    ),
    wording(
        "间戳",
        r"[（(【\[]? (?:更新|抓取|采集|爬取|生成) 时间戳 [：:] [0-9]{10,13} [）)】\]]?",
        "when the program of a mirror wrote the file: seconds or milliseconds",
    ),
    wording("Adblock test", r"Adblock test \(Why\?\)", "Full-Text RSS"),
    wording("Let's block ads!", r"Let's block ads! \(Why\?\)", "Full-Text RSS"),
    wording("Full-Text RSS", r"This article passed through the Full-Text RSS service .{0,250}", "Full-Text RSS"),
    wording("via IFTTT", r"(?:from .{1,150} )?via IFTTT", "IFTTT"),
    wording(
        "originally published in",
        r"was originally published in (?:on Medium)? .{0,10} on Medium, where people are continuing the conversation by"
        r" highlighting and responding to this story\.?",
        "Medium's feeds",
        frame=True,
    ),
    wording(
        "Exported from",
        r"Exported from Medium on [A-Z][a-z]{2,8} [0-9]{1,2}, [0-9]{4} \.?",
        "Medium's export, turned into Markdown",
    ),
    wording(
        "appeared",
        r"The (?:post|article|entry) (?:appeared first|first appeared|appeared) on .{0,80}",
        "WordPress feeds",
        frame=True,
    ),
    *(
        wording(needle, rf"{pattern} .{{0,80}}", "the same, as its translations have it", frame=True)
        for needle, pattern in (
            ("est apparu en premier sur", "L[’'] ?article est apparu en premier sur"),
            ("erschien zuerst auf", "Der Beitrag erschien zuerst auf"),
            ("primero en", "La entrada (?:se publicó|aparece|apareció) primero en"),
            ("primeiro em", "O (?:post|conteúdo|artigo) (?:apareceu|aparece) primeiro em"),
            ("proviene da", "L[’'] ?articolo proviene da"),
            ("pochodzi z serwisu", "Artykuł pochodzi z serwisu"),
            ("verscheen eerst op", "Het bericht verscheen eerst op"),
            ("rst upp p", "Inlägget dök först upp på"),
            ("pertama kali tampil pada", "(?:Artikel|Postingan|Pos) pertama kali tampil pada"),
            ("появились сначала на", "Сообщение появились сначала на"),
            ("впервые появилась", "Запись впервые появилась"),
            ("спочатку на", "Допис з[’'ʼ]явився спочатку на"),
            ("に最初に表示されました", "投稿 は .{0,80} に最初に表示されました"),
            ("最先出现在", r"最先出现在 (?=[。.]?\Z)"),  # with more beside its links it may be any sentence
            ("這篇文章最早", "〈? 〉? 這篇文章最早 (?:出現於|發佈於)"),
            ("에 처음 등장했습니다", r"게시물 (?:이\(가\)|[이가])? 에 처음 등장했습니다"),
            ("ظهرت المقالة", "ظهرت المقالة أولاً على"),
            ("اولین بار در", "نوشته اولین بار در"),
        )
    ),
)

# The same for the rest of the page: never the larger half of a body.
PARAGRAPHS: Final = (
    wording("给作者打赏", r"给作者打赏 .{0,20}", "donation box"),
    wording("广告声明", r"广告声明：文内含有的对外跳转链接 .{0,120}", "affiliate notice"),
    wording(
        "affiliate link",
        r"(?:FTC: We use (?:income earning )?(?:auto )?affiliate links\. (?:More\.?)?"
        r"|(?:Disclosure: )?This (?:post|article|page) (?:may )?contains? affiliate links\.?"
        r"(?: .{0,200} commission .{0,60})?)",
        "affiliate notice",
    ),
    wording(
        "view",
        r"(?:(?:Having)? Trouble (?:reading|viewing) this (?:email|message|newsletter) \?)?"
        r" (?:View|Read|Open) (?:this (?:email|message|newsletter)|it|online)? (?:in|on) (?:your|a|the) (?:web)?"
        r" browser [.»›>→]{0,2}",
        "how to read a newsletter elsewhere",
        "browser",
    ),
    wording(
        "浏览器",
        r"(?:在|用|使用) (?:您的|网页)? 浏览器 (?:中|里)? (?:查看|打开|阅读) (?:此|本)? (?:邮件)? [。»>]?",
        "the same",
        *("浏览器中", "浏览器里", "浏览器查看", "浏览器打开", "浏览器阅读"),
    ),
    wording(
        "unsubscribe",
        r"(?:You (?:are receiving|received|['’]re receiving|are getting) this (?:email|message|newsletter)? .{0,200})?"
        r" (?:click here to|you can)? Unsubscribe (?:at any time|here|from this list|instantly)? [.!]?"
        r" (?:[|·•]? (?:Manage|Update|Change) (?:your)? (?:email)? (?:preferences|subscription) \.?)?",
        "how to leave a newsletter",
    ),
    wording("退订", r"(?:如 .{0,30})? (?:点击)? (?:此处|这里)? 退订 (?:此|本)? (?:邮件|通讯)? 。?", "the same"),
    wording(
        "edit",
        r"(?=.{6}) [✏📝\ufe0f]{0,2} Edit (?:this (?:page|article|post))? (?:on (?:GitHub|GitLab|Gitee))? [.→]?",
        "link to a page's source",
        *("edit this", "edit on", "✏edit", "📝edit", "\ufe0fedit"),
    ),
    wording(
        "编辑",
        r"(?:在 (?:GitHub|Gitee) 上)? 编辑 (?:此|本) (?:页面?|文) →?",
        "the same",
        *("编辑此页", "编辑此文", "编辑本页", "编辑本文"),
    ),
    wording("mainstory", r"(?:Advertisement)? Continue reading the main story", "jump over an advert"),
    wording("continues below", r"(?:Story|Article) continues below (?:this )?advertisement", "jump over an advert"),
    wording(
        "continues below",
        r"Advertisement [-–—:.|]{0,3} (?:(?:story|article) continues|continues) below \.?",
        "jump over an advert",
    ),
    wording(
        "分享",
        r"分享 [到至] [:：] (?:(?:新浪)?微博|微信(?:好友)?|朋友圈|QQ(?:空间|好友)?|豆瓣|Facebook|Twitter|Telegram|LINE"
        r"|[、|/·，,]){1,20}",
        "share buttons as text",
        *("分享到:", "分享到：", "分享至:", "分享至："),
    ),
)

# Links, buttons and other phrases.
PHRASES: Final = (
    wording("...more", r"\.\.\.more", "leads from a teaser to the article"),
    wording("复制代码", r"复制代码", "copy button"),
    wording("文章纠错", r"文章纠错", "form for reporting errors"),
    wording("查看知乎", r"查看知乎 (?:讨论|原文)", "leads to the page that the text is from"),
)

# Paragraphs that say nothing but that an advert follows; as a heading or in a table they may be the subject.
ADVERTS: Final = frozenset(
    {
        "(广告)",
        "-advertisement-",
        "-anzeige-",
        "[广告]",
        "advertentie",
        "advertisement",
        "advertisements",
        "anzeige",
        "pubblicità",
        "publicidad",
        "publicidade",
        "publicité",
        "quảngcáo",
        "reklam",
        "reklama",
        "werbung",
        "реклама",
        "إعلان",
        "تبلیغات",
        "โฆษณา",
        "広告",
        "广告",
        "廣告",
        "（广告）",
        "광고",
    }
)

# What buttons of a page say that are left as paragraphs.
JUMPS: Final = frozenset(
    {
        "backtotop",
        "likeloading...",
        "likeloading…",
        "likethis:likeloading...",
        "likethis:likeloading…",
        "skiptocontent",
        "skiptomaincontent",
        "↑backtotop",
        "返回顶部",
    }
)

# Paragraphs over a row of buttons.
SHARING: Final = frozenset(
    {
        "likethis:",
        "shareonfacebook",
        "shareontwitter",
        "sharethis",
        "sharethis:",
        "sharethisarticle",
        "sharethispost",
        "sharethisstory",
        "共享此文章：",
        "分享到",
        "分享到:",
        "分享到：",
        "分享此文",
        "分享本文",
        "分享至：",
        "赞过：",
    }
)

# Over links to other articles that a program chose, in a box of their own; see RELATED_ENDINGS for those below a text.
RELATED: Final = frozenset(
    {
        "recommendedforyou",
        "related",
        "relatedarticles",
        "relatedposts",
        "youmayalsolike",
        "youmightalsolike",
        "您可能也喜欢",
        "您可能感兴趣的文章",
        "你可能感兴趣的文章",
        "猜你喜欢",
    }
)

# What a paragraph says that is only a link to the rest of the article; arrows and brackets aside.
TEASER: Final = late_pattern(
    r"readmore|read(?:the)?full(?:article|story)|readtherestofthis(?:entry|post|article)|readmore(?:at|on).{1,60}"
    r"|continuereading.{0,120}|lirelasuite|weiterlesen|mehrlesen|leermás|(?:seguir|continuar)leyendo|leiamais"
    r"|continuelendo|continuaaleggere|leggitutto|leesverder|czytaj(?:dalej|więcej)|devamınıoku|bacaselengkapnya"
    r"|читатьдал(?:ее|ьше)|читатидалі|اقرأالمزيد|ادامهمطلب|続きを読む|もっと読む|더보기|계속읽기|อ่านต่อ"
    r"|继续阅读|繼續閱讀|(?:点击|點擊|点此|點此)?(?:阅读|閱讀|查看|继续阅读|繼續閱讀)(?:全文|原文|更多)",
    re.IGNORECASE,
)
# One of these is in it.
TEASER_NEEDLES: Final = (
    *("readmore", "readfull", "readthefull", "readtherest", "continuereading", "继续阅读", "繼續閱讀"),
    *("lirelasuite", "weiterlesen", "mehrlesen", "leerm", "leyendo", "leiamais", "continuelendo", "continuaaleggere"),
    *("leggitutto", "leesverder", "czytaj", "devam", "bacaselengkapnya", "итатьдал", "итатидалі", "اقرأالمزيد"),
    *("ادامهمطلب", "続きを読む", "もっと読む", "더보기", "계속읽기", "อ่านต่อ"),
    *(verb + what for verb in ("阅读", "閱讀", "查看") for what in ("全文", "原文", "更多")),
)

# Before a row of links to tags; what stands between the links is punctuation.
_TAG: Final = r"(?:post)?tags?|tagged|filedunder|(?:话题|文章)?标签|(?:話題|文章)?標籤|关键词|關鍵詞"
TAGS: Final = late_pattern(rf"(?:{_TAG})(?:[:：,，、|/·#]|{_TAG}){{0,80}}", re.IGNORECASE)
# It begins with one of these.
TAG_WORDS: Final = (
    *(
        "tag",
        "posttag",
        "filedunder",
        "标签",
        "話題標籤",
        "话题标签",
        "標籤",
        "文章标签",
        "文章標籤",
        "关键词",
        "關鍵詞",
    ),
)
