"""Find the parts of a text that its site shows to some readers only: to those with a password, or to members."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

# Names of shortcodes and tags, without `-` and `_`. All their plug-ins hide what stands in them from others.
_NAMES: Final = frozenset(
    {
        # Hugo (hugo-encryptor and its kin), Hexo, Jekyll, Eleventy: encrypted in the page, or never written to it
        *("crypt", "draft", "encrypt", "encrypted", "encryption", "encryptor", "hugoencrypt", "hugoencryptor"),
        *("internal", "internalonly", "lock", "locked", "notforpublication", "password", "passwordprotect"),
        *("passwordprotected", "private", "privatenote", "protect", "protected", "secret", "secrets", "unpublished"),
        # of members and those who pay, in any of them and on WordPress
        *("loggedin", "member", "members", "membersonly", "membership", "onlymembers", "paid", "paidonly", "paywall"),
        *("premium", "premiumcontent", "subscriber", "subscribers", "subscribersonly", "vip"),
        # WordPress: Restrict Content, MemberPress, s2Member, WishList, Ultimate Member, Simple Membership, Paid Member
        # Subscriptions, ARMember, Indeed, WooCommerce Memberships, Passster, Password Protect WordPress
        *("access", "armrestrictcontent", "contentprotector", "ihchidecontent", "ispaid", "mepractive", "meprshow"),
        *("passster", "pmsrestrict", "ppwp", "ppwpcontentprotector", "protectcontent", "restrict", "restricted"),
        *("s2if", "swpmprotected", "umloggedin", "wcmrestrict", "wlmismember", "wlmprivate"),
        # Typecho, Discuz and Chinese themes of WordPress: after a reply, a login or a payment
        *("erphpdown", "hide", "login", "reply", "replyview", "rihide"),
    }
)
# Names that themes also give to what has no end: an icon, a card, a badge. They count only where something ends them.
_NEED_AN_END: Final = frozenset(
    {"access", "hide", "internal", "lock", "locked", "login", "member", "members", "membership", "paid", "password"}
    | {"premium", "reply", "restricted", "subscriber", "subscribers", "vip"}
)
_NAME: Final = r"(?P<{0}_end>end-?(?=[A-Za-z])|(?:/[ \t]*)?)(?P<{0}>[A-Za-z][\w-]{{1,40}})"
_BRACES: Final = (
    r"\{\{[<%](?>[ \t\n]*)" + _NAME.format("hugo") + r"(?![\w-])(?>(?:[^{}]|\{(?!\{)|\}(?!\}))*)\}\}"
    r"|\{%[-~+]?(?>[ \t\n]*)" + _NAME.format("liquid") + r"(?![\w-])(?>(?:[^{%]|%(?!\})|\{(?!%))*)%\}"
)
_BRACKETS: Final = (
    r"(?<![\[!])\[(?P<wp_end>/?)(?P<wp>[A-Za-z][\w-]{1,40})(?:[ \t\n][^\[\]<]{0,500})?\]"
    r"(?![(:]|\[[0-9\]])"  # a link
)
# Ghost's cut and its look-alikes: members read on. Jetpack's premium content.
_COMMENTS: Final = (
    r"<!--[ \t]*(?P<cut>members?-only|paywall|paid-?only|subscribers?-only)[ \t]*-->"
    r"|<!--[ \t]*(?P<block_end>/?)wp:(?:jetpack|premium-content)/(?P<block>subscriber-view)(?=[ \t])[^>]{0,500}-->"
)
_MDX: Final = (
    r"<(?P<mdx_end>/?)(?P<mdx>Draft|Encrypt(?:ed)?|MembersOnly|Paywall|Private|Protected|Secret)(?=[\s/>])[^<>]{0,500}>"
)
_SOURCE: Final = re.compile(f"{_BRACES}|{_BRACKETS}|{_COMMENTS}|{_MDX}")
_PAGE: Final = re.compile(f"{_BRACKETS}|{_COMMENTS}")
_SIGN: Final = re.compile(r"\{[{%]|\[[A-Za-z]|<!--|<[A-Z]")


class PrivateMark(NamedTuple):
    """Where a private part begins or ends."""

    start: int
    end: int
    written: str
    name: str
    is_end: bool
    is_bracket: bool  # which may stand around a word: it needs an end, or a line of its own


def private_marks(text: str, *, is_source: bool) -> list[PrivateMark]:
    """Return what may begin and end private parts, in order; a source is what a site generator makes a page of."""
    return list(_marks(text, is_source=is_source)) if _SIGN.search(text) else []


def without_private_parts_in(value: str) -> str:
    """Return a value of a header, which holds no code, without its private parts."""
    kept, position = "", 0
    for opening, end in private_parts(value, private_marks(value, is_source=True)):
        kept += value[position : opening.start]
        position = end
    return kept + value[position:]


def _marks(text: str, *, is_source: bool) -> Iterator[PrivateMark]:
    for found in (_SOURCE if is_source else _PAGE).finditer(text):
        kind = next(name for name in ("hugo", "liquid", "wp", "cut", "block", "mdx") if found.groupdict().get(name))
        name = found[kind].lower().replace("-", "").replace("_", "")
        if kind in {"hugo", "liquid", "wp"} and name not in _NAMES:
            continue
        is_end = kind != "cut" and bool(found[f"{kind}_end"])
        if is_end or not found[0].rstrip(">%}] ").endswith("/"):  # `{{< secret />}}` holds nothing
            yield PrivateMark(*found.span(), found[kind], name, is_end, kind == "wp")


def private_parts(text: str, marks: list[PrivateMark]) -> Iterator[tuple[PrivateMark, int]]:
    """Yield what begins each part, and where the part ends; parts of one name may stand in one another."""
    last_end = {mark.name: mark.end for mark in marks if mark.is_end}
    opening: PrivateMark | None = None
    depth = 0
    for mark in marks:
        if opening is None:
            if not mark.is_end and (last_end.get(mark.name, 0) > mark.end or _needs_no_end(text, mark)):
                opening, depth = mark, 1
        elif mark.name == opening.name:
            depth += -1 if mark.is_end else 1
            if depth == 0:
                yield opening, mark.end
                opening = None
    if opening:
        yield opening, len(text)


def _needs_no_end(text: str, mark: PrivateMark) -> bool:
    return mark.name not in _NEED_AN_END and (not mark.is_bracket or _is_alone(text, mark))


def _is_alone(text: str, mark: PrivateMark) -> bool:
    """Return whether nothing else stands in the line of a mark, or in its paragraph of HTML."""
    before = text[max(0, mark.start - 100) : mark.start].rpartition("\n")[2]
    after = text[mark.end : mark.end + 100].partition("\n")[0]
    return not re.sub(r"</?(?:p|div|br)\b[^<>]*>", "", before + after).strip()
