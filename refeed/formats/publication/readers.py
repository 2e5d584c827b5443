"""Know by the keys that say who may read an article that not everybody may. Keys are folded by `key_name`."""

from itertools import product
from typing import Final

from refeed.formats.publication.answers import NO
from refeed.formats.publication.words import MEANING_OF

# Who else than everybody may read it, where a key says who may; an `audience` is as often whom it is written for.
MAY_READ: Final = frozenset(
    {"access", "accesscontrol", "accesslevel", "accesstype", "acl", "contentaccess", "contentvisibility", "pageaccess"}
    | {"pagevisibility", "permission", "permissions", "postaccess", "postvisibility", "privacylevel", "privacystatus"}
    | {"read", "readaccess", "readpermission", "readpermissions", "view", "viewpermission", "viewpermissions"}
    | {"visibility", "visiblefor", "visibleto"}
)
FOR_SOME: Final = MAY_READ | {
    *("accesstier", "articletype", "audience", "contenttype", "emailtype", "exclusive", "gate", "gating", "login"),
    *("membership", "plan", "plans", "posttype", "readers", "roles", "subscription", "tier", "tiers", "viewers"),
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
ONLY_FOR: Final = frozenset(
    {
        *map("".join, product(("access", "allow", "allowed"), ("groups", "roles", "tiers", "users"))),
        *map(
            "".join, product(("min", "minimum", "required"), ("level", "membership", "plan", "role", "roles", "tier"))
        ),
        *("memberlevel", "membershiplevel", "membershiptier", "onlyfor", "patreonlevel", "patreontier", "paywall"),
        *(
            "protect",
            "requiredpermission",
            "requiredpermissions",
            "restrictedto",
            "restrictto",
            "sharedwith",
            "sharewith",
        ),
    }
)
EVERYBODY: Final = frozenset(
    {"*", "all", "anonymous", "any", "anybody", "anyone", "default", "everybody", "everyone", "free", "guest", "guests"}
    | {"open", "public", "visitor", "visitors", "world"}
)
KEYS: Final = FOR_SOME | SECRECY | ONLY_FOR
# Tables of who may do what: `permissions: {edit: admin}`.
OF_RIGHTS: Final = frozenset({"acl", "permission", "permissions"})


def code_of_readers(name: str, word: str) -> str | None:
    """Return the code of the problem if a word under one of the keys is for some readers only."""
    meaning = MEANING_OF.get(word)
    if name in ONLY_FOR:
        return None if word in NO or word in EVERYBODY else "locked"
    if name in FOR_SOME and (word in SOME_READERS or meaning == "locked"):
        return "locked"
    if name in MAY_READ and word in ASKED_IN:
        return "private"
    return meaning if name in SECRECY and meaning in {"locked", "private"} else None
