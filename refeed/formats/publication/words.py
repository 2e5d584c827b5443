"""The keys and words by which headers say who may read an article, and when. Keys are folded by `key_name`."""

from types import MappingProxyType
from typing import Final

from refeed.formats.publication import switches
from refeed.formats.publication.damaged_words import damaged
from refeed.formats.publication.languages import (
    DRAFT_WORDS,
    IN_ENGLISH,
    LOCKED_WORDS,
    PRIVATE_WORDS,
    PUBLIC_WORDS,
    PUBLISHED_WORDS,
    STATE_WORDS,
    TOPICS,
)
from refeed.vocabulary.fields import key_name

# Keys with a "yes" that withholds → code of the problem. Any value is a yes that is not a "no": `password: 1234`, too.
YES_WITHHOLDS: Final = MappingProxyType(
    {
        **dict.fromkeys((*DRAFT_WORDS, "draftof"), "draft"),  # the last is TiddlyWiki's `draft.of`
        **dict.fromkeys(PRIVATE_WORDS, "private"),
        **dict.fromkeys((*map(key_name, LOCKED_WORDS), *switches.PASSWORDS), "locked"),
        **dict.fromkeys(switches.THROWN_AWAY, "draft"),
        "confidential": "private",
        "deleted": "draft",
        "allowmask": "private",  # LiveJournal: for these groups of friends
        "delisted": "private",
        "删除时间": "draft",
        "donotpublish": "draft",
        "dontpublish": "draft",
        "draft": "draft",  # Hugo, Jekyll, Zola, Astro, Eleventy, Docusaurus
        "encrypt": "locked",
        "encrypted": "locked",
        "encryption": "locked",
        "expired": "expired",
        "friendsonly": "private",
        "headless": "private",  # Hugo makes no page of such a bundle
        "hexoblogencrypt": "locked",
        "ignorepublish": "draft",  # Qiita's command line
        "indraft": "draft",
        "inprogress": "draft",
        "internal": "private",
        "invisible": "private",
        "isdeleted": "draft",
        "isdelisted": "private",
        "isdraft": "draft",
        "isencrypted": "locked",
        "isinternal": "private",
        "islocked": "locked",
        "isprivate": "private",
        "isprotected": "locked",
        "issecret": "private",
        "istrashed": "draft",
        "isunlisted": "private",
        "iswip": "draft",
        "locked": "locked",
        "loginrequired": "locked",
        "memberonly": "locked",
        "membersonly": "locked",
        "nopublish": "draft",
        "notforpublication": "draft",
        "notpublished": "draft",
        "notready": "draft",
        "paidonly": "locked",
        "pass": "locked",
        "passcode": "locked",
        "passphrase": "locked",
        "passwd": "locked",
        "password": "locked",  # hexo-blog-encrypt, hugo-encryptor, WordPress
        "passwordhash": "locked",
        "passwordprotected": "locked",
        "passwords": "locked",
        "pending": "draft",
        "postpassword": "locked",
        "private": "private",  # Qiita, Hexo's and Typecho's themes
        "protected": "locked",
        "pw": "locked",
        "pwd": "locked",
        "requirelogin": "locked",
        "requireslogin": "locked",
        "restricted": "private",
        "saveasdraft": "draft",  # Hashnode
        "secret": "private",
        "subscribersonly": "locked",
        "trash": "draft",
        "trashed": "draft",
        "unfinished": "draft",
        "unlisted": "private",  # Docusaurus
        "unpublished": "draft",
        "wip": "draft",
    }
)
# Of these, those that are words of everyday life as well: with a plain "yes" only, or with a word for a state.
EVERYDAY: Final = frozenset(
    {"internal", "klad", "kladde", "pending", "protected", "restricted", "secret", "szkic", "bozza", *PRIVATE_WORDS}
    | {"deleted", "locked", "trash", "trashed", "unfinished", "wip"}
)
# Keys with a "no" that withholds → code.
NO_WITHHOLDS: Final = MappingProxyType(
    {
        **dict.fromkeys(PUBLISHED_WORDS, "draft"),
        **dict.fromkeys(PUBLIC_WORDS, "private"),
        **dict.fromkeys(damaged("published"), "draft"),
        **switches.NO,
        "approved": "draft",
        "dgpublish": "draft",  # Obsidian's Digital Garden
        "firstpublishedat": "draft",  # Wagtail, Contentful: null until then
        "ispublic": "private",
        "ispublished": "draft",
        "isvisible": "private",
        "listed": "private",
        **dict.fromkeys(("islive", "publishable", "publishing", "topublish"), "draft"),
        "public": "private",
        "publish": "draft",  # Obsidian
        "published": "draft",  # Jekyll, Zenn, dev.to
        "publishedat": "draft",  # Strapi, dev.to, Rails: null until then
        "publishedon": "draft",
        **dict.fromkeys(("isready", "ready"), "draft"),
        "render": "private",  # Zola
        "routable": "private",  # Grav
        "viewable": "private",
        "visible": "private",
    }
)
# What the state of an article is said to be of, in keys such as `poststatus`.
_OF_ARTICLES: Final = (
    *("", "article", "blog", "content", "draft", "editorial", "entry", "page", "post", "pub", "publication", "publish"),
)
_OF_WORK: Final = (
    *("episode", "moderation", "published", "publishing", "release", "review", "visibility", "wordpress", "workflow"),
    "wp",
)
# Keys with a word for the state of the article, and what the words mean; others are states of something else.
STATES: Final = frozenset(
    {
        *("access", "accesslevel", "approval", "audience", "hidden", "privacy", "progress", "publish"),
        *("published", "emailtype"),
        # LiveJournal's, Halo's
        *("security", "visibility", "visible", "visiblefor", "visibleto", "workflow", "workflowstage"),
        *(f"{of}{word}" for of in _OF_ARTICLES for word in ("stage", "state", "status")),
        *(f"{of}{word}" for of in _OF_WORK for word in ("state", "status")),
        *STATE_WORDS,
        "revremark",
    }
)
_MEANINGS: Final = MappingProxyType(
    {
        "draft": (
            *("autodraft", "awaitingreview", "backlog", "brainstorm", "brainstorming", "comingsoon", "concept"),
            *("deleted", "discarded", "draft", "drafted", "drafting", "editing", "outline"),
            *("embargo", "embargoed", "publishlater", "quarantined", "spam", "staged"),
            *("future", "idea", "incomplete", "inherit", "inprogress", "inreview", "later", "needsreview", "needswork"),
            *("notpublished", "notready", "onhold", "pending", "pendingreview", "planned", "rejected", "removed"),
            *("notused", "scrapped", "unused"),
            *("review", "soon", "tbd", "tobepublished", "underreview"),
            *("awaitingapproval", "donotpublish", "dontpublish", "enattente", "encours", "inactive", "notstarted"),
            *("doing", "readyforreview", "readytopublish", "toreview"),
            *("notyet", "postdraft", "queue", "queued", "submitted", "waiting"),  # Notion, Tumblr, Typecho
            *("held", "poubelle", "prepa", "prop", "submission", "unapproved"),  # Bolt, SPIP, Tumblr
            *("scheduled", "todo", "trash", "trashed", "unfinished", "unpublished", "wip", "workinprogress", "writing"),
            *damaged("draft"),
            *("?", "maybe", "undecided", "unsure", "✏", "✏\ufe0f", "⏳", "🗑", "🗑\ufe0f", "🚧", "📝", "⛔", "🚫", "🛑"),
            *DRAFT_WORDS,
        ),
        "private": (
            *("confidential", "followers", "friends", "friendsonly", "hidden", "internal", "justme", "onlyme"),
            *("direct", "internalonly", "loggedin", "registered", "self", "specified", "usemask"),  # Mastodon, Misskey
            *("noexport", "private", "restricted", "secret", "skip", "unlisted", "隐藏", "隱藏"),
            *("🔒", "🔐", "🙈", *PRIVATE_WORDS),
        ),
        "locked": (
            *("encrypted", "founding", "locked", "members", "membersonly", "onlyfree", "onlypaid", "paid"),
            *("paidmembers", "password", "passwordprotected", "patrons", "protected"),
            *("subscriber", "subscribers", "subscribersonly", "tiers"),
            *LOCKED_WORDS,
        ),
        "expired": ("expired",),
    }
)
MEANING_OF: Final = MappingProxyType({word: code for code, words in _MEANINGS.items() for word in words})
# What says that an article is published: a "no" of these, and these words for a state.
DRAFT_KEYS: Final = frozenset({"draft", "isdraft", *DRAFT_WORDS})
PUBLISHED: Final = frozenset({"live", "public", "publish", "published", *PUBLISHED_WORDS})
# These mean it beside other words, too: `first draft`, `draft (needs edit)`; no `deleted scenes`, no `paid work`.
PLAIN_WORDS: Final = frozenset({*IN_ENGLISH, *DRAFT_WORDS, *PRIVATE_WORDS})
# A phrase with one of the second after a blank is about something else: `private beta`.
PLAIN_PRIVATE_WORDS: Final = frozenset({"private", *PRIVATE_WORDS})
# Those of scripts without blanks mean it within other words, too: `草稿中`; no `私有云`, a cloud.
WITHIN_WORDS: Final = tuple(
    word for word in (*DRAFT_WORDS, *PRIVATE_WORDS) if word[0] >= "\u3000" and word not in {"未完成", *TOPICS}
)
# What a phrase for a state that is no state of the published begins with: `awaiting a picture`.
NOT_YET: Final = ("awaiting ", "do not ", "don't ", "needs ", "not ", "pending ", "to ", "waiting ")
# Keys of exports with numbers for states, and the words there for one that is not published (Drupal, Joomla).
NUMBERED_STATES: Final = frozenset({"poststatus", "state", "status"})
NOT_PUBLISHED: Final = frozenset({"0", "disabled", "false", "off"})
# Keys for what kind of thing it is, and the kinds that are drafts, or for some readers only.
KINDS: Final = frozenset({"kind", "layout", "posttype", "template", "type"})
KINDS_OF_UNPUBLISHED: Final = MappingProxyType(
    {
        **dict.fromkeys(("draft", "drafts", "postdraft", "private", "wip", *DRAFT_WORDS), "draft"),
        **dict.fromkeys(("encrypted", "memberonly", "membersonly", "paidonly", "passwordprotected"), "locked"),
        "hidden": "private",
        "subscribersonly": "locked",
    }
)
# Keys that withhold with a plain "yes" only: other values are dates, or names of what is hidden.
PLAIN_YES_WITHHOLDS: Final = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "concept",
                "drafted",
                "draftstate",
                "draftstatus",
                "drafts",
                "embargo",
                "embargoed",
                "koncept",
                "scheduled",
                "unpublish",
            ),
            "draft",
        ),
        **dict.fromkeys(damaged("draft"), "draft"),
        **dict.fromkeys(damaged("private"), "private"),
        **dict.fromkeys(("过期", "過期"), "expired"),
        **dict.fromkeys(("eleventyexcludefromcollections", "excludefromcollections"), "private"),  # and from its feed
        **dict.fromkeys(("ispremium", "paywall", "paywalled", "premium", "protect"), "locked"),
        **switches.YES,
        "skip": "private",
    }
)
NOT_BUILT: Final = frozenset({"list", "render"})  # of Hugo's build options: `render: never` makes no page
NO_PAGE: Final = frozenset({"link"})  # of `render`: the article has an address, and no page
