"""Recognise by the keys about readers that not everybody may read an article. Keys are folded by `key_name`."""

from itertools import product
from types import MappingProxyType
from typing import Final

from refeed.formats.publication.answers import NO, YES
from refeed.formats.publication.words import MEANING_OF, PLAIN_WORDS, STATES

# Who else than everybody may read it, where a key says who may; an `audience` is as often whom it is written for.
MAY_READ: Final = frozenset(
    {"access", "accesscontrol", "accesslevel", "accesstype", "acl", "contentaccess", "contentvisibility", "pageaccess"}
    | {"pagevisibility", "permission", "permissions", "postaccess", "postvisibility", "privacylevel", "privacystatus"}
    | {"read", "readaccess", "readpermission", "readpermissions", "view", "viewpermission", "viewpermissions"}
    | {"visibility", "visiblefor", "visibleto"}
)
FOR_SOME: Final = MAY_READ | {
    *("accesstier", "articletype", "audience", "contenttype", "emailtype", "exclusive", "for", "gate"),
    *("gating", "login"),
    *("membership", "only", "plan", "plans", "posttype", "readers", "roles", "subscription", "tier"),
    *("tiers", "viewers"),
}
SOME_READERS: Final = frozenset(
    {
        "authenticated",
        "authenticatedusers",
        "backers",
        "donors",
        "limited",
        "loggedinusers",
        "member",
        "memberonly",
        "paidonly",
    }
    | {"paidsubscribers", "paying", "payingsubscribers", "premium", "registeredusers", "required", "sponsors"}
    | {"subscriberonly", "supporters"}
)
# Who is asked in. As an audience and as roles they are those of whom the article is, or for whom it was written.
ASKED_IN: Final = frozenset(
    {"admin", "administrator", "administrators", "admins", "circle", "company", "employees", "family", "invite"}
    | {"invited", "inviteonly", "mutuals", "organisation", "organization", "owner", "owners", "staff", "team"}
)
# Keys for how secret it is.
SECRECY: Final = frozenset({"classification", "confidentiality", "sensitivity"}) | MAY_READ - {"read", "view"}
# Keys that name all who may read it; for everybody in it there are these words.
_ONLY_FOR: Final = frozenset(
    {
        *map("".join, product(("access", "allow", "allowed"), ("groups", "roles", "tiers", "users"))),
        *map("".join, product(("min", "minimum", "required"), ("membership", "plan", "role", "roles", "tier"))),
        *("memberlevel", "membershiplevel", "membershiptier", "patreonlevel", "patreontier", "patrontier"),
        *("requiredpermission", "requiredpermissions", "visibleuserids"),  # the last is Misskey's
    }
)
# Of these, the levels are as often those of courses and games, and the others of systems, countries and animals: a word
# for readers has to stand there.
_IF_READERS: Final = frozenset(
    {"minlevel", "minimumlevel", "onlyfor", "paywall", "protect", "requiredlevel", "restrictedto", "restrictto"}
)
_WHOLE: Final = MappingProxyType({"paywall": frozenset({"full", "hard"}), "protect": frozenset({"ipaddress"})})
# With whom it is shared: people, and no count of them; in networks everybody sees it.
_SHARED: Final = frozenset({"sharedwith", "sharewith"})
_NETWORKS: Final = frozenset(
    {"bluesky", "buffer", "devto", "facebook", "flipboard", "googleplus", "hackernews", "hn", "instagram", "linkedin"}
    | {"lobsters", "mastodon", "medium", "pinterest", "pocket", "reddit", "rss", "snapchat", "substack", "telegram"}
    | {"threads", "tiktok", "tumblr", "twitter", "vk", "wechat", "weibo", "whatsapp", "youtube"}
)
ONLY_FOR: Final = _ONLY_FOR | _IF_READERS | _SHARED
EVERYBODY: Final = frozenset(
    {"*", "all", "anonymous", "any", "anybody", "anyone", "default", "everybody", "everyone", "free", "guest", "guests"}
    | {"open", "public", "visitor", "visitors", "world"}
)
# Who pays how much: as a key for these says, readers of that level alone.
_LEVELS: Final = frozenset({"bronze", "diamond", "gold", "patron", "patrons", "platinum", "silver", "vip"})
_LEVELED: Final = frozenset(
    {"accesslevel", "accesstier", "membership", "plan", "plans", "subscription", "tier", "tiers"}
)
# Those for whom an author keeps something, as an audience, too; `staff` and `families` are those it is written for.
_NEAREST: Final = frozenset({"closefriends", "family", "familyandfriends", "friendsandfamily"})
# What a word means under some keys alone; Misskey's `home` is what Mastodon calls unlisted.
_TOGETHER: Final = MappingProxyType(
    {
        **dict.fromkeys(product(_LEVELED, _LEVELS), "locked"),
        **dict.fromkeys(product(("audience",), _NEAREST), "private"),
        ("visibility", "home"): "private",
    }
)
KEYS: Final = FOR_SOME | SECRECY | ONLY_FOR
# Within a table, keys for who may read it; others are about parts of it, or what else may be done with it.
WHO: Final = frozenset(
    {"access", "allow", "allowed", "for", "group", "groups", "level", "read", "readers", "reading", "role", "roles"}
    | {"show", "showto", "tier", "tiers", "to", "type", "user", "users", "value", "view", "viewers", "who"}
)
# As the name of a view these are templates: `view: team`.
_PAGES: Final = frozenset({"circle", "company", "employees", "family", "organisation", "organization", "staff", "team"})


def code_of_readers(name: str, word: str) -> str | None:
    """Return the code of the problem if a word under one of the keys is for some readers only."""
    word = word.removeprefix("#")  # as some write who may read it: a tag
    meaning = MEANING_OF.get(word)
    if code := _TOGETHER.get((name, word)):
        return code
    if name in ONLY_FOR:
        return "locked" if _is_only_for(name, word) else None
    if name in FOR_SOME and (word in SOME_READERS or meaning == "locked"):
        return "locked"
    if name in MAY_READ and word in ASKED_IN and not (name == "view" and word in _PAGES):
        return "private"
    return meaning if name in SECRECY and meaning in {"locked", "private"} else None


def _is_only_for(name: str, word: str) -> bool:
    """Return whether a word, or words with commas between them, names those who alone may read it."""
    words = frozenset(word.split(","))
    if word in NO or not words.isdisjoint(EVERYBODY):
        return False
    if name in _IF_READERS:
        meanings = {MEANING_OF.get(one) for one in words}
        return not (
            meanings.isdisjoint({"locked", "private"})
            and words.isdisjoint(SOME_READERS | ASKED_IN | _WHOLE.get(name, frozenset()))
        )
    return name not in _SHARED or any(_is_somebody(one) for one in words)


def _is_somebody(word: str) -> bool:
    return not (word.isdecimal() or word in YES or word in NO or word in _NETWORKS or "://" in word)


def is_for_some(name: str, word: str) -> bool:
    """Return whether a word names some readers, and says nothing else of the article, as `private` does."""
    is_state = word in PLAIN_WORDS or (name in STATES and word in MEANING_OF)
    return not is_state and code_of_readers(name, word) is not None
