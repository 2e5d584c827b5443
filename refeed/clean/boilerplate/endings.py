"""What stands below an article: wordings that are boilerplate only there, or say whose an article is."""

import re
from typing import Final

from refeed.clean.boilerplate.wordings import Wording, wording
from refeed.startup.late_patterns import late_pattern

# Only at the end of a text, with a link in it: further up they may be an editor's pointers.
_OLDER: Final = r"[«‹<←]{0,2} (?:Previous|Older|Prev) (?:post|page|article|entry|entries|posts)? [»›>→]{0,2}"
_NEWER: Final = r"[«‹<←]{0,2} (?:Next|Newer) (?:post|page|article|entry|entries|posts)? [»›>→]{0,2}"
ENDINGS: Final = (
    wording("Read more", r"Read more (?:at|on) [:：]?", "leads from a teaser to the article", frame=True),
    wording("Canonical link", "Canonical link", "Medium's export"),
    wording("previous", rf"{_OLDER} [|/·•]? (?:{_NEWER})?", "navigation"),
    wording("older", rf"{_OLDER} [|/·•]? (?:{_NEWER})?", "navigation"),
    wording("next", rf"{_NEWER}", "navigation"),
    wording("newer", rf"{_NEWER} [|/·•]? (?:{_OLDER})?", "navigation"),
    wording(
        "一篇",
        r"[«‹<]? [上下]一篇 (?:文章)? [:：]? (?:[|/／·]? 下一篇 (?:文章)? [:：]?)? [»›>]?",
        "navigation",
        frame=True,
    ),
)

# To the same article in another language: a line that is only a link. Needles are rare in the ends of articles.
VERSIONS: Final = (
    *(
        wording(
            f"{kind}版",
            r"[（(【]? (?:请)? (?:点击|點擊|点此|點此|按此)? (?:此处|此處|这里|這裡)? (?:查看|阅读|閱讀|浏览|瀏覽)?"
            r" (?:本文|此文)? 的? (?:英|中|日|法|德|俄|韩|韓|西|藏|维|維|越南|西班牙|阿拉伯|英法|中英)?"
            rf" {kind} 版 本? [。.]? [）)】]?",
            "the same in another language",
        )
        for kind in ("文", "语", "語", "简体", "簡體", "繁体", "繁體")
    ),
    *(
        wording(
            f"in {language}",
            r"[(\[]? (?:click here to|tap here to)? read (?:(?:this|the) (?:article|story|report|piece|post)|it|this)?"
            rf" in {language} (?:here)? [.»›→]* [)\]]?",
            "the same",
        )
        for language in (
            *(
                "Arabic",
                "Burmese",
                "Chinese",
                "English",
                "French",
                "German",
                "Italian",
                "Japanese",
                "Korean",
                "Persian",
            ),
            *("Portuguese", "Russian", "Spanish", "Thai", "Tibetan", "Turkish", "Ukrainian", "Uyghur", "Vietnamese"),
        )
    ),
    *(
        wording(
            f"en {language}",
            rf"(?:lire (?:cet article|l[’']article)?|leer (?:este artículo|esta nota)?) en {language} [.»›→]*",
            "the same",
        )
        for language in ("anglais", "français", "arabe", "chinois", "inglés", "español", "portugués")
    ),
    wording("lesen", r"(?:diesen|den) (?:artikel|beitrag|text) auf (?:englisch|deutsch) lesen [.»›→]*", "the same"),
    wording("leia ", r"leia (?:este artigo|o texto)? em (?:inglês|espanhol|português) [.»›→]*", "the same"),
    wording(
        "читать",
        r"читать (?:(?:эту|этот) (?:статью|материал|текст)|статью)?"
        r" (?:на (?:английском|русском|украинском) (?:языке)?|по-(?:английски|русски)) [.»›→]*",
        "the same",
    ),
    wording("語版は", r"(?:英|日本|中国|韓国|仏) 語版は こちら (?:から)? [。»›→]*", "the same"),
)

# Lines without a link, too, in which an outlet speaks of itself: "our", "us".
_PLACES: Final = (
    r"(?:Twitter|(?-i:X(?=\W|\Z|and|for|und)|LINE|VK)|Facebook|Instagram|Telegram|WhatsApp|YouTube|TikTok|Threads"
    r"|Bluesky|Mastodon|LinkedIn|Google News|ВКонтакте|Viber|Вайбер|Телеграм(?:е)?|تلگرام|اینستاگرام|فيسبوك|تويتر"
    r"|تيليغرام|تلغرام|واتساب)"
)
_CHANNELS: Final = (
    r"(?:公众号|公眾號|微信|微博|频道|頻道|电报|電報|電子報|通讯|简报|臉書|(?-i:IG|LINE)|Telegram|Twitter|Facebook|YouTube"
    r"|Instagram)"
)
# More than an invitation, unless it is one more place: "Follow us on Facebook, it said on the door."
_GOES_ON: Final = (
    rf"[,，;；](?!(?:and|or|und|et|y|e|и)?(?:on|auf|sur|en)?(?:{_PLACES}|{_CHANNELS}))|[。！？](?!\Z)"
    r"|(?-i:[.!?][A-ZÀ-ÖØ-ÞА-Я])"
)


def _invitation(needle: str, pattern: str, why: str) -> Wording:
    return wording(needle, rf"(?!.*(?:{_GOES_ON})) {pattern}", why)


OURSELVES: Final = (
    _invitation("us on", rf"(?:Follow|Join|Like|Find) us on .{{0,20}} {_PLACES} .{{0,120}}", "where else an outlet is"),
    _invitation(
        "newsletter",
        r"(?:Sign up|Subscribe|Register) (?:here|now)? (?:to|for) our .{0,60} newsletters? .{0,80}",
        "its newsletter",
    ),
    _invitation("download our", r"Download our .{0,40} apps? .{0,80}", "its program for telephones"),
    _invitation(
        "sie uns", rf"(?:Folgen|Besuchen) Sie uns (?:auch)? (?:auf|bei) .{{0,20}} {_PLACES} .{{0,80}}", "the same"
    ),
    _invitation("sie unseren", r"(?:Abonnieren|Bestellen) Sie unseren .{0,40} Newsletter .{0,60}", "the same"),
    _invitation(
        "-nous", rf"(?:Suivez|Retrouvez|Rejoignez)-nous (?:aussi)? sur .{{0,30}} {_PLACES} .{{0,80}}", "the same"
    ),
    _invitation(
        "-vous", r"(?:Abonnez|Inscrivez)-vous à (?:notre|nos) .{0,40} (?:newsletters?|chaîne) .{0,60}", "the same"
    ),
    _invitation("nos en", rf"(?:Síguenos|Síganos) en .{{0,30}} {_PLACES} .{{0,80}}", "the same"),
    _invitation(
        "nuestr",
        r"(?:Suscríbete|Suscríbase|Únete|Únase) a nuestr[oa]s? .{0,40} (?:boletín(?:es)?|newsletters?|canal) .{0,80}",
        "the same",
    ),
    _invitation("siga-nos", rf"Siga-nos (?:no|em|nas) .{{0,30}} {_PLACES} .{{0,80}}", "the same"),
    _invitation("nossa newsletter", r"(?:Assine|Inscreva-se na|Receba) (?:a)? nossa newsletter .{0,80}", "the same"),
    *(
        _invitation(
            f"{verb} на на",
            rf"{verb} на (?:нас|наш|наши|наші|нашу) .{{0,60}} (?:{_PLACES}|канал\w*|рассылку|розсилку) .{{0,80}}",
            "the same",
        )
        for verb in ("Подписывайтесь", "Подпишитесь", "Підписуйтесь", "Підписуйтеся")
    ),
    *(
        _invitation(f"{verb} нас", rf"{verb} нас (?:в|у|на) .{{0,20}} {_PLACES} .{{0,80}}", "the same")
        for verb in ("Читайте", "Смотрите", "Дивіться")
    ),
    _invitation("تابعونا", rf"تابعونا (?:على|عبر|في) .{{0,40}} {_PLACES} .{{0,60}}", "the same"),
    _invitation("دنبال کنید", rf"ما را (?:در|روی) .{{0,40}} {_PLACES} .{{0,40}} دنبال کنید .{{0,10}}", "the same"),
    _invitation("dõi chúng tôi", rf"Theo dõi chúng tôi trên .{{0,20}} {_PLACES} .{{0,60}}", "the same"),
    wording(
        "微信",
        r"(?:请|欢迎)? (?:在)? 微信 (?:中)? (?:搜索|搜一搜) (?:并)?"
        r" (?:关注 (?:微信)? (?:公众号|公号)?|(?:微信)? (?:公众号|公号)) [：:]?"
        r" [“”\"「『] .{1,20} [“”\"」』] .{0,40}",
        "the same",
    ),
    *(
        _invitation(
            f"{verb}我们",
            rf"(?:欢迎|敬请|请)? (?:扫码|扫描二维码|长按二维码|点击)? {verb}我们 的? .{{0,30}} {_CHANNELS} .{{0,60}}",
            "the same",
        )
        for verb in ("关注", "订阅", "加入")
    ),
    *(
        _invitation(
            f"{verb}我們",
            rf"(?:歡迎|敬請|請)? (?:點擊)? {verb}我們 的? .{{0,30}} {_CHANNELS} .{{0,60}}",
            "the same",
        )
        for verb in ("關注", "訂閱", "追蹤", "加入")
    ),
)

# The end of a text, as some outlets mark it.
MARKS: Final = (wording("#", r"#{1,3}", "mark of the end"), wording("＃", r"＃{1,3}", "mark of the end"))
# The same behind the name of the editor.
MARKED_EDITOR: Final = late_pattern(r"(责任编辑|責任編輯|责编|責編)[：:][^#＃。]{1,30}[#＃◇]{1,3}")

# Notices of rights. How one begins, what it says then; a credit says less: it names who wrote or took something.
_NAME: Final = r"(?-i:(?![a-z]))"  # or a sign; other words of a sentence begin otherwise
_YEARS: Final = r"(?:19|20) [0-9]{2} (?:[-–—/] (?:19|20)? [0-9]{2})? 年? ,?"
_SIGN: Final = (
    rf"(?:[©ⓒ] \ufe0f? (?:{_YEARS}|{_NAME})|copyrights? \ufe0f? (?:\(c\)|[©ⓒ@]|{_YEARS}|by {_NAME})"
    rf"|\(c\) (?:{_YEARS}|copyright {_NAME})|저작권자 (?:[©ⓒ]|\(c\)|:)|(?:版权|版權|著作权|著作權) (?:声明|聲明) [：:]"
    r"|(?:版权|版權|著作权|著作權) 所有 (?=[，,；;。！©]|[未不禁请請严嚴违违]))"
)
_BARRED: Final = (
    r"(?<![“「『]) (?:不得|禁止|请勿|請勿|严禁|嚴禁) (?:擅自|任意|随意|隨意)?"
    r" (?:使用|转载|轉載|复制|複製|转发|轉發|摘编|摘編)"
)
_RESERVED: Final = (
    rf"(?:all rights? reserved (?:by|to|under|worldwide|{_NAME})"
    r"|may not be (?:published|reproduced|copied|republished)"
    r"|alle (?:rechte vorbehalten|rechten voorbehouden)|tous droits (?:de reproduction .{0,30})? réservés"
    r"|(?:todos los)? derechos reservados|todos os direitos reservados|(?:tutti i)? diritti (?:sono)? riservati"
    r"|riproduzione (?:è)? riservata|wszelkie prawa zastrzeżone|všechna práva vyhrazena"
    r"|(?:her hakkı|tüm hakları) saklıdır|hak cipta dilindungi|(?:giữ bản quyền|bản quyền thuộc)"
    r"|все права защищены|[ув]сі права захищен[іо]|(?:جميع|كل) الحقوق محفوظة|(?:کلیه|تمامی?|همه) حقوق .{0,30} محفوظ"
    r"|सर्वाधिकार सुरक्षित|สงวนลิขสิทธิ์|မူပိုင်ခွင့်"
    rf"|(?:版权|版權|著作权|著作權) (?:声明|聲明|所有)|{_BARRED}"
    r"|無断 (?:転載|複製|転用|使用|引用) .{0,20} (?:禁|お断り)|(?:転載|複製) を? 禁"
    r"|무단 (?:전재|복제|배포|사용) .{0,30} 금지)"
)
# What allows something is the article's to say.
_LICENCE: Final = (
    r"(?:CC (?:[0-9]\.[0-9])? -? (?:BY|0)|creative ?commons|知识共享|知識共享|創用CC|some rights reserved"
    r"|(?:GPL|MIT|Apache) licen[cs]e)"
)
# A whole paragraph; anywhere, because galleries stand below it.
NOTICE: Final = late_pattern(
    rf"(?!.*{_LICENCE}) [\[<〈＜【（(]{{0,2}} {_SIGN} .{{0,150}}? {_RESERVED} .{{0,250}}".replace(" ", ""),
    re.IGNORECASE,
)
NOTICE_SIGNS: Final = ("©", "ⓒ", "(c)", "copyright", "版权", "版權", "著作权", "著作權", "저작권자")

# The same without such a beginning, as the last line.
_ALLOWED: Final = r"(?:许可|授权|允许|同意|許可|授權|允許)"
RESERVATIONS: Final = (
    wording("all right", r"all rights? reserved [.!]?", "notice of rights"),
    wording(
        "may not be", r"this (?:material|article|story) may not be (?:published|reproduced|copied) .{0,250}", "the same"
    ),
    wording("vorbehalten", r"alle rechte vorbehalten [.!]?", "the same"),
    wording("réservés", r"tous droits (?:de reproduction .{0,30})? réservés [.!]?", "the same"),
    wording("reservados", r"(?:todos los derechos|todos os direitos) reservados [.!]?", "the same"),
    wording("riservata", r"©? riproduzione riservata ©? [.!]?", "the same"),
    wording("защищены", r"все права защищены [.!]?", "the same"),
    wording("захищен", r"[ув]сі права захищен[іо] [.!]?", "the same"),
    wording("محفوظة", r"جميع الحقوق محفوظة .{0,40}", "the same"),
    wording("未经", rf"未经 .{{0,20}} {_ALLOWED} .{{0,6}} {_BARRED} .{{0,20}}", "the same"),
    wording("未經", rf"未經 .{{0,20}} {_ALLOWED} .{{0,6}} {_BARRED} .{{0,20}}", "the same"),
    wording(
        "無断",
        r".{0,30} 無断 (?:転載|複製|転用|使用|引用) .{0,20} (?:禁じます|禁止(?:です|します)?|お断り(?:します)?) [。.]?",
        "the same",
    ),
    wording(
        "무단", r"[\[<〈＜【（(]{0,2} .{0,60} 무단 (?:전재|복제|배포) .{0,30} 금지 [\]>〉＞】）)]{0,2} [.]?", "the same"
    ),
    wording("dpa-", r"© dpa-infocom, dpa: [0-9/-]{5,30} (?:\(dpa\))?", "a report's number at its agency"),
)
# Whose an article is, and since when. Who is neither an agency nor the outlet may be its author or photographer.
OWNED: Final = late_pattern(r"(?:copyright)?(?:[©ⓒ]|\(c\)|copyright)\ufe0f?(?:copyright)?(.{5,60})", re.IGNORECASE)
YEARS: Final = late_pattern(_YEARS.replace(" ", ""))
AGENCIES: Final = frozenset({
    "afp", "agencefrance-presse", "anadolu", "ansa", "ap", "apa", "associatedpress", "belga", "bloomberg",
    "dpa", "efe", "jijipress", "kyodonews", "lusa", "pamedia", "reuters", "tass", "theassociatedpress",
    "thomsonreuters", "upi", "xinhua", "yonhap", "yonhapnewsagency", "中央社", "共同社", "新华社",
    "時事通信社", "法新社", "路透社",
})  # fmt: skip
_OWNED_SIGNS: Final = ("©", "ⓒ", "(c)", "copyright")

# Over links to other articles of the same site, below an article. What writers say of works that they name (延伸阅读,
# see also, further reading, references) is none of it. Without blanks, in lower case.
RELATED_ENDINGS: Final = frozenset({
    "相关阅读", "相关新闻", "相关报道", "相关报导", "相关文章", "相关内容", "更多报道", "更多新闻", "热门文章",
    "推荐文章", "相關閱讀", "相關新聞", "相關報道", "相關報導", "相關文章", "相關內容", "更多報導", "更多新聞",
    "熱門文章", "推薦文章", "関連記事", "関連ニュース", "関連キーワード", "あわせて読みたい", "관련기사",
    "관련뉴스", "관련글", "tinliênquan", "bàiliênquan", "xemthêm", "đọcthêm", "ข่าวที่เกี่ยวข้อง", "อ่านเพิ่มเติม",
    "ဆက်စပ်သတင်းများ", "related", "relatedarticles", "relatedcoverage", "relatednews", "relatedposts",
    "relatedreading", "relatedstories", "relatedstory", "relatedtopics", "moreonthisstory", "moreonthistopic",
    "morestories", "readalso", "alsoread", "readnext", "readmore", "youmayalsolike", "youmightalsolike",
    "recommendedstories", "mehrzumthema", "zumthema", "lesensieauch", "lesensiemehr", "lesensiemehrzumthema",
    "auchinteressant", "verwandteartikel", "leesook", "leesmeer", "gerelateerdeartikelen", "àlireaussi",
    "alireaussi", "lireaussi", "lireégalement", "surlemêmesujet", "articlesliés", "leatambién", "leetambién",
    "leermás", "tepuedeinteresar", "noticiasrelacionadas", "artículosrelacionados", "leiatambém", "leiamais",
    "vejatambém", "notíciasrelacionadas", "matériasrelacionadas", "leggianche", "articolicorrelati",
    "читайтетакже", "читатьтакже", "читайтепотеме", "материалыпотеме", "похожиематериалы", "потеме",
    "читайтетакож", "читатитакож", "матеріализатемою", "czytajtakże", "zobacztakże", "ilgilihaberler",
    "اقرأأيضا", "اقرأأيضًا", "اقرأأيضاً", "مواضيعذاتصلة", "أخبارذاتصلة", "بیشتربخوانید", "مطالبمرتبط",
    "اخبارمرتبط",
})  # fmt: skip

# Sites on which many write, so that another article there is one more that an author chose.
PLATFORMS: Final = frozenset({
    "bilibili.com", "blog.csdn.net", "cnblogs.com", "dev.to", "douban.com", "facebook.com", "github.com", "gitlab.com",
    "habr.com", "hackernoon.com", "jianshu.com", "juejin.cn", "juejin.im", "linkedin.com",
    "matters.news", "matters.town", "medium.com", "mp.weixin.qq.com", "note.com", "open.substack.com", "qiita.com",
    "segmentfault.com", "sspai.com", "telegra.ph", "twitter.com", "velog.io", "weibo.com", "x.com", "youtube.com",
    "zenn.dev", "zhihu.com",
})  # fmt: skip

# One of these is in every last line that is boilerplate, but for links to related articles.
NEEDLES: Final = (*{one.needle for one in (*ENDINGS, *VERSIONS, *OURSELVES, *MARKS, *RESERVATIONS)}, *_OWNED_SIGNS)
ASCII_NEEDLES: Final = tuple(needle for needle in NEEDLES if needle.isascii())
