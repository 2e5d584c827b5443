"""Tell the posts from all else that the exports of WordPress (WXR) and Blogger hold, and whether they are published."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from refeed.formats.feeds.names import Children, children_of, first_text
from refeed.formats.publication import stated as publication
from refeed.model import Statement
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

POST: Final = "post"
# What kinds of things are called, in the plural, where that is not the kind with an s.
_PLURALS: Final = MappingProxyType(
    {"settings": "settings", "wp_global_styles": "styles", "nav_menu_item": "menu items"}
)
# What is no article: pages and media, and what themes, shops, forms and builders of pages keep as posts of WordPress;
# what Blogger exports besides posts.
_NO_ARTICLES: Final = late_pattern(
    r"page|attachment|revision|nav_menu_item|customize_changeset|custom_css|oembed_cache|user_request|feedback"
    r"|comment|settings|template|faq|testimonial|amp_validated_url|scheduled-action|popup|spucpt|forum|topic|reply"
    r"|(?:wp|acf|shop|product|wpcf7|flamingo|elementor|jp|tablepress|wpforms|nf|mc4wp|ml-slider|et|vc|fl|brizy|cookie"
    r"|rank_math|ct|oxy|bricks|um|llms|sfwd|edd|give|schema|ngg)[-_].*|product|tablepress_table|wpforms|elementskit.*"
)
_OF_ARTICLES: Final = ("title", "link", "content:encoded")
# Of WordPress' feeds of comments, one below each post: what an entry is there, its address says in every language.
_COMMENT: Final = "comment"
_OF_COMMENT: Final = late_pattern(r"#comment-[0-9]{1,12}\Z")
_OWN_ADDRESSES: Final = ("guid", "link")
_KIND_SCHEME: Final = late_pattern(r"https?://schemas\.google\.com/g/2005#kind")
_BLOGGER: Final = late_pattern(r"https?://schemas\.google\.com/blogger/2008/kind")  # YouTube's entries are videos
_PUBLISHED: Final = frozenset({"", "publish"})
_NO_DATE: Final = "0000-00-00"
# What plug-ins for memberships keep of a post that is for some only, and their values that let everybody in.
_FOR_SOME: Final = MappingProxyType(
    {
        "_is_paid": {"", "0"},  # Restrict Content
        "_jetpack_newsletter_access": {"", "everybody"},
        "_members_access_role": {""},  # Members
        "_mepr_unauth_excerpt_type": {"", "default"},  # MemberPress
        "_mepr_unauthorized_message_type": {"", "default"},
        "_wplp_post_feed": {"", "0"},  # WP Hide Post: not in feeds
        "_wpmem_block": {"", "0"},  # WP-Members
        "patreon-level": {"", "0"},
        "pms-content-restrict-subscription-plan": {""},  # Paid Member Subscriptions
        "rcp_access_level": {"", "0", "none"},  # Restrict Content
        "rcp_subscription_level": {"", "all"},
        "rcp_user_level": {"", "all", "none"},
    }
)
_FOR_SOME_BY: Final = late_pattern(
    r"_?pmpro_(?:access|level|membership|require|restrict)\w{0,40}"
)  # Paid Memberships Pro
# With a plain "yes", whoever keeps it; not what else such plug-ins forbid.
_FOR_SOME_IF: Final = late_pattern(
    r"(?![\w-]{0,40}(?:click|comment|copy|download|edit|image|print|spam))_{0,2}(?:[a-z0-9]{1,20}[-_]){0,3}?(?:is[-_](?:locked"
    r"|premium|private|protected|restricted)|(?:password[-_]|content[-_])?protect(?:ed|ion)?|(?:members?|subscribers?)[-_]only"
    r"|paywall(?:ed)?|private[-_]post|(?:content[-_])?restrict(?:ed|ion)?)(?:[-_](?:access|content|enabled?|page|post|this))?"
)
# What robots write into their own feeds, without a namespace.
_STATED: Final = (
    *("draft", "isDraft", "isPrivate", "isPublished", "is_draft", "is_private", "is_published", "private", "public"),
    *("published", "state", "status", "unlisted", "visibility"),
)
_DRAFTS: Final = ("atom:draft", "atomblog:draft")  # Atom 0.3, as Blogger and TypePad wrote it, and drafts of the RFC
_ENDS: Final = frozenset({"delete", "draft", "private", "trash"})
_YES: Final = frozenset({"1", "on", "true", "yes"})
# Of who may see it: Paid Member Subscriptions' `loggedin`, WP Private Content Plus' `member` and `role`, and their kin.
_OF_READERS: Final = late_pattern(
    r"(?![\w-]{0,40}(?:banner|comment|form|layout|menu|nav|share|sidebar|widget))[\w-]{0,40}?(?:access(?:[-_](?:level|role|type))?"
    r"|audience|member(?:ship)?|privacy|protect(?:ion)?|restrict(?:ion|ed)?(?:[-_](?:to|type))?|user[-_]status"
    r"|visib(?:ility|le[-_](?:for|to)))"
)
_SOME_READERS: Final = frozenset(
    {"loggedin", "logged-in", "logged_in", "member", "members", "members_only", "paid", "paid_subscribers", "private"}
    | {"registered", "restricted", "role", "roles", "subscriber", "subscribers", "users"}
)
# Tables in PHP's notation: Ultimate Member's for those who are logged in, Leaky Paywall's, the roles of any plug-in,
# and Memberful's lists of what a reader has to have bought.
_TABLES: Final = MappingProxyType(
    {
        "um_content_restriction": late_pattern(r'"_um_custom_access_settings";s:1:"1"'),
        "issuem_leaky_paywall_visibility": late_pattern(r'"visibility_type";s:[0-9]{1,3}:"only'),
        "memberful_acl": late_pattern(r"a:[1-9][0-9]{0,5}:\{i:"),
        "restricted_to": late_pattern(r"a:[1-9][0-9]{0,5}:\{"),
    }
)


def kind_of(children: Children) -> str:
    """Return what an entry is; whatever no export says otherwise of is a post."""
    stated = first_text(children, "wp:post_type", "blogger:type").lower()
    if stated:
        return stated
    for category in children.get("atom:category", ()):
        scheme, _, kind = (category.get("term") or "").rpartition("#")
        if _KIND_SCHEME.fullmatch(category.get("scheme") or "") and _BLOGGER.fullmatch(scheme):
            return kind
    return _COMMENT if any(_OF_COMMENT.search(first_text(children, name)) for name in _OWN_ADDRESSES) else POST


def is_article(kind: str, children: Children) -> bool:
    """Return whether an entry is a post, or of a kind of the site's own (a recipe, a podcast) and written as one."""
    if kind == POST:
        return True
    return _NO_ARTICLES.fullmatch(kind) is None and all(first_text(children, name) for name in _OF_ARTICLES)


def counted(kinds: Mapping[str, int]) -> str:
    """Return how many of each kind there are, in words."""
    return ", ".join(
        f"{count:,} {kind if count == 1 else _PLURALS.get(kind, kind + 's')}" for kind, count in sorted(kinds.items())
    )


def withheld(children: Children) -> Problem | None:
    """Return why an entry is not published."""
    status = first_text(children, "wp:status")
    stated: dict[str, str] = {name: first_text(children, name) for name in _STATED if name in children}
    values = {**stated, "password": first_text(children, "wp:post_password")}
    if status:
        values["status"] = status
    if first_text(children, "blogger:status").lower() not in {"", "live"}:
        values["status"] = "draft"
    if first_text(children, "blogger:trashed"):  # the day on which it was
        values["trashed"] = "yes"
    for name in _DRAFTS:
        if name in children:
            values["draft"] = first_text(children, name)
    for control in children.get("app:control", ()):  # RFC 5023, 13.1.1
        values["draft"] = first_text(children_of(control), "app:draft")
    found = publication.withheld({name: text for name, text in values.items() if text}, "the feed")
    if found is None and status.lower() not in _PUBLISHED:  # plug-ins have states of their own
        return Problem("draft", f"the feed says status: {status[:40]}")
    return found or _for_members(children)


def _for_members(children: Children) -> Problem | None:
    """Return the problem of a post that a plug-in shows to its members only, or keeps out of feeds."""
    for field in map(children_of, children.get("wp:postmeta", ())):
        key, value = first_text(field, "wp:meta_key"), first_text(field, "wp:meta_value").lower()
        if _is_for_some(key, value):
            return Problem("locked", f"the feed says {key}: for members only")
        if value in _YES and (found := publication.withheld({key: value}, "the feed")):
            return found
    return None


def _is_for_some(key: str, value: str) -> bool:
    for_all = {"", "0", "no"} if _FOR_SOME_BY.fullmatch(key) else _FOR_SOME.get(key)
    if for_all is not None:
        return value not in for_all
    if value in _YES:
        return _FOR_SOME_IF.fullmatch(key) is not None
    if value in _SOME_READERS:
        return _OF_READERS.fullmatch(key) is not None
    return any(key.endswith(end) and table.search(value) is not None for end, table in _TABLES.items())


def expiries(children: Children) -> tuple[Statement, ...]:
    """Return when PublishPress Future takes a post off the site; it may do something else with it."""
    days = tuple(meta_values(children, "_expiration-date"))
    action = next(meta_values(children, "_expiration-date-type"), "draft")
    return (Statement(days[0], "feed: _expiration-date"),) if days and action in _ENDS else ()


def in_utc(children: Children, name: str) -> str:
    """Return a date of WordPress whose name says that it is in UTC; a post that has none has a date of zeros."""
    text = first_text(children, name)
    return "" if not text or text.startswith(_NO_DATE) else text + "Z"


def names_of_logins(channel: Children) -> dict[str, str]:
    """Return the names that WordPress shows for its users, by their logins: posts state the login."""
    people = [children_of(author) for author in channel.get("wp:author", ())]
    names = {
        first_text(one, "wp:author_login"): first_text(one, "wp:author_display_name", "wp:author_login")
        for one in people
    }
    return {login: name for login, name in names.items() if login}


def attached_pictures(entries: Iterable[Children]) -> dict[str, str]:
    """Return the addresses of the attachments by their numbers: posts state the number of their picture."""
    return {
        first_text(children, "wp:post_id"): first_text(children, "wp:attachment_url")
        for children in entries
        if kind_of(children) == "attachment"
    }


def number_of_picture(children: Children) -> str:
    """Return the number of the attachment that is the picture of a post."""
    return next(meta_values(children, "_thumbnail_id"), "")


def meta_values(children: Children, key: str) -> Iterator[str]:
    """Yield the values that WordPress keeps of a post under a key."""
    for field in map(children_of, children.get("wp:postmeta", ())):
        if first_text(field, "wp:meta_key") == key:
            yield first_text(field, "wp:meta_value")
