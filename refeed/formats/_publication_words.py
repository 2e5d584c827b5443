"""The keys and words by which headers say who may read an article, and when. Keys are folded by `key_name`."""

from types import MappingProxyType
from typing import Final

from refeed.formats._fields import key_name
from refeed.formats._keys import KEYS

# "Draft" and "private" in the languages of notes: keys with a yes, and words for a state.
_DRAFT_WORDS: Final = (
    *("bozza", "borrador", "brouillon", "conceptversie", "entwurf", "kladde", "klad", "rascunho", "szkic", "utkast"),
    *(
        "taslak",
        "чернетка",
        "черновик",
        "下書き",
        "下书き",
        "草稿",
        "초안",
        "未发布",
        "未公開",
        "未公开",
        "未發佈",
        "未發布",
    ),
    *("未完成", "임시저장"),
)
_PRIVATE_WORDS: Final = (
    *("privado", "privada", "privat", "privato", "privé", "prywatne", "приватный", "скрыто"),
    *("私密", "私有", "私人", "非公開", "非公开", "비공개", "限定公開"),
)
_LOCKED_WORDS: Final = ("加密", "密码", "密碼", "暗号化", "パスワード", "비밀번호", "пароль", "contraseña", "passwort")

# Keys with a "yes" that withholds → code of the problem. Any value is a yes that is not a "no": `password: 1234`, too.
YES_WITHHOLDS: Final = MappingProxyType(
    {
        **dict.fromkeys(_DRAFT_WORDS, "draft"),
        **dict.fromkeys(_PRIVATE_WORDS, "private"),
        **dict.fromkeys(_LOCKED_WORDS, "locked"),
        "confidential": "private",
        "deleted": "draft",
        "deletedat": "draft",
        "donotpublish": "draft",
        "dontpublish": "draft",
        "draft": "draft",  # Hugo, Jekyll, Zola, Astro, Eleventy, Docusaurus
        "encrypt": "locked",
        "encrypted": "locked",
        "expired": "expired",
        "inprogress": "draft",
        "internal": "private",
        "isdeleted": "draft",
        "isdraft": "draft",
        "isencrypted": "locked",
        "isinternal": "private",
        "islocked": "locked",
        "isprivate": "private",
        "isprotected": "locked",
        "isunlisted": "private",
        "iswip": "draft",
        "locked": "locked",
        "memberonly": "locked",
        "membersonly": "locked",
        "nopublish": "draft",
        "notforpublication": "draft",
        "notpublished": "draft",
        "paidonly": "locked",
        "pass": "locked",
        "passcode": "locked",
        "passphrase": "locked",
        "passwd": "locked",
        "password": "locked",  # hexo-blog-encrypt, hugo-encryptor, WordPress
        "passwordprotected": "locked",
        "pending": "draft",
        "postpassword": "locked",
        "private": "private",  # Qiita, Hexo's and Typecho's themes
        "protected": "locked",
        "pw": "locked",
        "pwd": "locked",
        "secret": "private",
        "subscribersonly": "locked",
        "trash": "draft",
        "trashed": "draft",
        "unlisted": "private",  # Docusaurus
        "unpublished": "draft",
        "wip": "draft",
    }
)
# Keys with a "no" that withholds → code.
NO_WITHHOLDS: Final = MappingProxyType(
    {
        "ispublic": "private",
        "ispublished": "draft",
        "isvisible": "private",
        "listed": "private",
        "public": "private",
        "publicado": "draft",
        "publicar": "draft",
        "publié": "draft",
        "publish": "draft",  # Obsidian
        "published": "draft",  # Jekyll, Zenn, dev.to
        "veröffentlicht": "draft",
        "visible": "private",
        "опубликовано": "draft",
        "公開": "draft",  # Zenn's and Hatena's users
        "公开": "draft",
        "发布": "draft",
        "發佈": "draft",
        "發布": "draft",
        "공개": "draft",
    }
)
# Keys with a word for the state of the article, and what the words mean; others are states of something else.
STATES: Final = frozenset(
    {
        *("access", "articlestatus", "audience", "contentstatus", "hidden", "poststate", "poststatus", "privacy"),
        *(
            "publicationstate",
            "publicationstatus",
            "publish",
            "published",
            "publishingstatus",
            "publishstatus",
            "stage",
        ),
        *("state", "status", "visibility", "workflow", "workflowstate", "workflowstatus", "wpstatus"),
        *("estado", "stato", "statut", "статус", "公開", "公開状態", "状态", "状態", "狀態", "상태"),
    }
)
_MEANINGS: Final = MappingProxyType(
    {
        "draft": (
            *("autodraft", "deleted", "draft", "embargoed", "future", "idea", "inherit", "inprogress", "inreview"),
            *("needsreview", "notpublished", "onhold", "pending", "pendingreview", "rejected", "removed", "review"),
            *("scheduled", "todo", "trash", "trashed", "unfinished", "unpublished", "wip", "workinprogress", "writing"),
            *_DRAFT_WORDS,
        ),
        "private": (
            *("confidential", "followers", "friends", "friendsonly", "hidden", "internal", "justme", "onlyme"),
            *("private", "restricted", "secret", "skip", "unlisted", "隐藏", "隱藏"),
            *_PRIVATE_WORDS,
        ),
        "locked": (
            *("encrypted", "founding", "locked", "members", "membersonly", "onlyfree", "onlypaid", "paid"),
            *("paidmembers", "password", "passwordprotected", "protected", "subscribers", "subscribersonly", "tiers"),
            *_LOCKED_WORDS,
        ),
        "expired": ("expired",),
    }
)
MEANING_OF: Final = MappingProxyType({word: code for code, words in _MEANINGS.items() for word in words})
# These mean it beside other words, too: `first draft`, `draft (needs edit)`; no `deleted scenes`, no `paid work`.
PLAIN_WORDS: Final = frozenset(
    {"draft", "drafts", "private", "unlisted", "unpublished", "wip", *_DRAFT_WORDS, *_PRIVATE_WORDS}
)
# Keys that say for whom the article is, and words for nobody.
READERS: Final = frozenset({"access", "audience", "privacy", "visibility"})
NOBODY: Final = frozenset({"0", "false", "me", "no", "nobody", "none", "noone", "off", "nadie", "niemand", "personne"})

NO: Final = frozenset(
    {
        *("", "-", "0", "f", "false", "n", "n/a", "na", "never", "no", "nobody", "none", "null", "nil", "not", "off"),
        *("disabled", "undefined", "~", "❌", "✗", "✘", "☐"),
        *("falsch", "falso", "faux", "nao", "não", "nee", "nej", "nein", "nie", "non", "hayır", "ні", "нет", "ложь"),
        *("いいえ", "無効", "不", "不是", "假", "关", "否", "无", "無", "아니오", "아니요", "거짓"),
    }
)
YES: Final = frozenset(
    {
        *("1", "on", "t", "true", "x", "y", "yes", "✅", "✓", "✔", "☑"),
        *("ja", "oui", "sì", "sim", "sí", "tak", "vero", "verdadero", "vrai", "wahr", "да", "так"),
        *("はい", "是", "真", "예", "네"),
    }
)
# Keys that withhold with a plain "yes" only: other values are dates, or names of what is hidden.
PLAIN_YES_WITHHOLDS: Final = MappingProxyType(
    {"embargo": "draft", "embargoed": "draft", "scheduled": "draft", "skip": "private", "unpublish": "draft"}
)
NOT_BUILT: Final = frozenset({"list", "render"})  # of Hugo's build options: `render: never` makes no page
HIDES: Final = frozenset({"hidden", "hide", "ishidden", "unindexed"})  # off the lists of some themes: a warning only

EXPIRIES: Final = (
    "expirydate",  # Hugo
    "unpublishdate",  # Hugo
    "expires",
    "expire",
    "expiry",
    "expiration",
    "expirationdate",
    "expireafter",
    "expiredat",
    "expiredate",
    "expiresat",
    "expireat",
    "expireson",
    "unpublish",
    "unpublishat",
    "unpublishon",
    "validthrough",
    "validto",
    "validuntil",
    "过期时间",
)
# Keys of dates that say when the file was made, or what their generator takes for the date of the article.
_NOT_OF_PUBLICATION: Final = frozenset(
    {
        *("created", "createdat", "createdon", "createdtime", "creationdate", "date", "datecreated", "datetime"),
        *("timestamp", "datum", "fecha", "дата", "作成日", "创建日期", "创建时间", "日期", "時間", "时间", "날짜"),
    }
)
# When it may go out: every date of publication, and what says nothing else.
RELEASES: Final = (
    *(name for key in KEYS["dates"] if (name := key_name(key.name)) not in _NOT_OF_PUBLICATION),
    "availablefrom",
    "availableon",
    "embargo",
    "embargodate",
    "embargoed",
    "embargountil",
    "embargoeduntil",
    "goeslive",
    "golive",
    "golivedate",
    "livedate",
    "notbefore",
    "publishafter",
    "publishat",
    "publishfrom",
    "publishon",
    "publishtime",
    "releasedate",
    "schedule",
    "scheduled",
    "scheduledat",
    "scheduledfor",
    "scheduleddate",
    "scheduledpublish",
    "visiblefrom",
)
