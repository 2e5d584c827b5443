"""Find the parts of a text that its site shows to some readers only: to those with a password, or to members."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from refeed.hidden_parts.private_branches import CONDITIONAL, PrivateMark, by_branches
from refeed.startup.late_patterns import finds_any, has_any, late_pattern, matches

# Names of shortcodes and tags, without `-` and `_`. All their plug-ins hide what stands in them from others.
_NAMES: Final = frozenset(
    {
        # Hugo (hugo-encryptor and its kin), Hexo, Jekyll, Eleventy: encrypted in the page, or never written to it
        *("crypt", "draft", "encrypt", "encrypted", "encryption", "encryptor", "fixitencryptor"),
        *("hugoencrypt", "hugoencryptor"),
        *("internal", "internalonly", "lock", "locked", "notforpublication", "password", "passwordprotect"),
        *("passwordprotected", "private", "privatenote", "protect", "protected", "secret", "secrets", "unpublished"),
        # of members and those who pay, in any of them and on WordPress
        *("loggedin", "member", "members", "membersonly", "membership", "onlymembers", "paid", "paidonly", "paywall"),
        *("premium", "premiumcontent", "subscriber", "subscribers", "subscribersonly", "vip"),
        # WordPress: Restrict Content, MemberPress, s2Member, WishList, Ultimate Member, Simple Membership, Paid Member
        # Subscriptions, ARMember, Indeed, WooCommerce Memberships, Passster, Password Protect WordPress
        *("access", "hidden", "armrestrictcontent", "contentprotector", "ihchidecontent", "ispaid"),
        *("mepractive", "meprshow"),
        *("passster", "pmsrestrict", "ppwp", "ppwpcontentprotector", "protectcontent", "restrict", "restricted"),
        *("isloggedin", "logintoview", "meprprotected", "privatecontent", "secretcontent", "wpmemloggedin"),
        *("s2if", "swpmprotected", "umloggedin", "wcmrestrict", "wlmismember", "wlmprivate"),
        *("memberful", "membersaccess", "patreon", "rcploggedin", "rcprestrict", "usersonly"),
        # Typecho, Discuz and Chinese themes of WordPress: after a reply, a login or a payment
        *("erphpdown", "hide", "login", "reply", "replyview", "rihide"),
    }
)
# Names that themes also give to what has no end: an icon, a card, a badge. They count only where something ends them.
_NEED_AN_END: Final = frozenset(
    {
        "access",
        "hidden",
        "hide",
        "internal",
        "lock",
        "locked",
        "login",
        "member",
        "members",
        "membership",
        "paid",
        "password",
    }
    | {"memberful", "patreon"}
    | {"premium", "reply", "restricted", "subscriber", "subscribers", "vip"}
)
_NAME: Final = r"(?P<{0}_end>end-?(?=[A-Za-z])|(?:/[ \t]*)?)(?P<{0}>[A-Za-z][\w-]{{1,40}})"
_BRACES: Final = (
    r"\{\{[<%](?>[ \t\n]*)" + _NAME.format("hugo") + r"(?![\w-])(?>(?:[^{}]|\{(?!\{)|\}(?!\}))*)\}\}"
    r"|\{%[-~+]?(?>[ \t\n]*)" + _NAME.format("liquid") + r"(?![\w-])(?>(?:[^{%]|%(?!\})|\{(?!%))*)%\}"
)
_BRACKETS: Final = (
    r"(?<![\[!])\[(?P<wp_end>/?)(?P<wp>[A-Za-z][\w-]{1,40})(?:[ \t\n][^\[\]<]{0,500}|=[^\[\]<\n]{0,100})?\]"
    r"(?![(:]|\[[0-9\]])"  # a link
)
# Ghost's cut and its look-alikes, Jetpack's among them: members read on. Jetpack's premium content. Ghost's blocks for
# some readers, unless these are all who are no members.
_JUMP_BEGINS: Final = "[DHdh][IRir][^<>]{0,101}[\"' ](?i:paywall-jump)"  # Substack's
_COMMENTS: Final = (
    r"<!--(?>[ \t]*)(?P<cut>members?-only|(?:wp:jetpack/)?paywall|paid-?only|subscribers?-only)(?>[ \t]*)/?-->"
    r"|<!--(?>[ \t]*)(?P<note_end>/?|end[ :-])(?>[ \t]*)(?:begin[ :-](?>[ \t]*))?"
    r"(?P<note>draft|hidden|internal|private|secret)(?:[ :-](?:begin|start|(?P<note_last>end)))?(?>[ \t]*)-->"
    r"|<!--(?>[ \t]*)(?P<block_end>/?)wp:(?:jetpack|premium-content)/(?P<block>subscriber-view)(?=[ \t])[^>]{0,500}-->"
    r"|<(?:div|hr)\b[^<>]{0,100}[\"' ](?P<jump>paywall-jump)[\"' ][^<>]{0,200}>"  # Substack's
    r"|<!--(?>[ \t]*)kg-(?P<gate>gated-block):(?:begin|(?P<gate_end>end))\b(?P<gate_says>[^<>]{0,1000})-->"
)
# Components, in letters of either case: HTML has none of these. How their names begin tells them from those of HTML.
_MDX: Final = (
    r"<(?P<mdx_end>/?)(?P<mdx>comment|draft|encrypt(?:ed)?|internal|(?:members?|paid|patrons?|subscribers?)-?only|paywall|private|protected|secret)"
    r"(?=[\s/>])[^<>]{0,500}>"
)
# In classes, which take the engine a fifth of the time of words in either case.
_MDX_BEGINS: Final = (
    "[CDEIMPScdeimps][AENORUaenoru][ABCIMOTYabcimoty][BDEFMRSTVWbdefmrstvw][ACEORTYaceorty-]"  # comme, draft, encry, …
)
# Of Pandoc, VuePress and Docusaurus: one without a word ends the last.
_CONTAINERS: Final = r"^[ ]{0,3}(?P<container>:{3,})[ \t]*\{?[.]?(?P<kind>[\w-]{0,40})[^\n]{0,200}$"
# Callouts of Obsidian and admonitions of Python-Markdown, each with all that belongs to it.
_KIND: Final = "(?:draft|hidden|internal|private|secret)"
_CALLOUTS: Final = (
    rf"^[ ]{{0,3}}>[ ]?\[!(?P<callout>{_KIND})\][^\n]*(?>(?:\n[ ]{{0,3}}>[^\n]*)*)"
    rf"|^[ ]{{0,3}}(?:!!!|\?\?\?\+?)[ ](?P<admonition>{_KIND})\b[^\n]*"
    r"(?>(?:\n(?:[ ]{4}|\t)[^\n]*|\n[ \t]*(?=\n(?:[ ]{4}|\t)))*)"
)
# Conditions in Handlebars and in Go's templates; an `end` of Go ends whatever is open.
_CONDITIONS: Final = (
    r"\{\{[-~]?[ ]?(?P<bars_end>/)?#?(?P<bars>(?<=[#/])[A-Za-z][\w-]{0,40})(?P<bars_says>[ ][^{}]{1,200})?~?\}\}"
    r"|\{\{[-~]?[ ]?(?P<go>if|with|range|block|define|else|end)(?P<go_says>[ ][^{}]{0,80})?[-~]?\}\}"
)
# The setting of a gate by which it shows its text to visitors.
_FOR_ALL: Final = late_pattern(r"\bnonMember[\"']?[ ]?:[ ]?true\b", re.IGNORECASE)
# Of Pandoc and Quarto: what they leave out of a page, unless they leave it out of all else.
_HIDDEN: Final = late_pattern(
    r"\.comment\b|\.content-hidden\b(?!.*unless-format=[\"']?html)"
    r"|\.content-visible\b.*(?:when-profile|when-format=[\"']?(?!html)|unless-format=[\"']?html)"
)
_SOURCE: Final = late_pattern(
    f"{_BRACES}|{_BRACKETS}|{_COMMENTS}|{_MDX}|{_CALLOUTS}|{_CONDITIONS}|{_CONTAINERS}", re.IGNORECASE | re.MULTILINE
)
_FIRSTS_OF_PAGE: Final = MappingProxyType(
    {"[": late_pattern(r"\[(?=[/A-Za-z])"), "<": late_pattern(rf"<(?:!--|{_JUMP_BEGINS})")}
)
_FIRSTS_OF_SOURCE: Final = MappingProxyType(
    {
        "{": late_pattern(r"\{(?=[{%])"),
        "[": _FIRSTS_OF_PAGE["["],
        "\n": late_pattern(r"\n(?=[ ]{0,3}[>!?:])"),
        "<": late_pattern(rf"<(?:{_MDX_BEGINS}|/{_MDX_BEGINS}|!--|{_JUMP_BEGINS})"),
    }
)
_PAGE: Final = late_pattern(f"{_BRACKETS}|{_COMMENTS}", re.IGNORECASE)
# What each of them has in it: how a component begins, and brackets without an address behind them.
_WORDS: Final = ("paywall-jump", ":::", "!!! ", "???")
_SIGNS: Final = MappingProxyType(
    {
        "{": late_pattern(r"\{[{%]"),
        "[": late_pattern(r"\[(?:!|[A-Za-z](?![^\[\]<]{0,600}\]\())"),
        "<": late_pattern(f"<(?:!--|{_MDX_BEGINS})"),
    }
)
# The groups of the expressions above, one of which has matched.
_KINDS: Final = (
    *("hugo", "liquid", "wp", "cut", "jump", "note", "block", "gate", "mdx", "callout", "admonition", "bars"),
    *("go", "container"),
)
_WHOLE: Final = frozenset({"callout", "admonition"})
_ALWAYS_PRIVATE: Final = frozenset({"cut", "jump", "block", "mdx", "note"})  # whatever their names


def names_private_part(name: str) -> bool:
    """Return whether what a shortcode or a tag of this name holds is for some readers only."""
    return _folded(name) in _NAMES


def _folded(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def private_marks(text: str, *, is_source: bool) -> list[PrivateMark]:
    """Return what may begin and end private parts, in order; a source is what a site generator makes a page of."""
    has_sign = finds_any(_SIGNS, text) or has_any(text, _WORDS)
    return list(_marks(text, is_source=is_source)) if has_sign else []


def without_private_parts_in(value: str) -> str:
    """Return a value of a header, which holds no code, without its private parts."""
    kept, position = "", 0
    for opening, end in private_parts(value, private_marks(value, is_source=True)):
        kept += value[position : opening.start]
        position = end
    return kept + value[position:]


def _marks(text: str, *, is_source: bool) -> Iterator[PrivateMark]:
    for found in matches(_SOURCE, _FIRSTS_OF_SOURCE, text) if is_source else matches(_PAGE, _FIRSTS_OF_PAGE, text):
        groups = found.groupdict()
        kind = next(name for name in _KINDS if groups.get(name))
        written = found["kind"] if kind == "container" else found[kind]
        name = _folded(written)
        if kind in _WHOLE:
            yield from _ends_of_whole(found, kind, written)
        elif kind in {"bars", "go"} or (kind == "liquid" and name in CONDITIONAL):
            yield _condition(found, kind, written, name)
        elif kind == "gate":
            opens = _FOR_ALL.search(found["gate_says"]) is None
            yield PrivateMark(*found.span(), written, name, bool(found["gate_end"]), needs_end=False, opens=opens)
        elif kind == "container":
            opens = name in _NAMES or _HIDDEN.search(found[0]) is not None
            yield PrivateMark(*found.span(), written, ":::", not name, needs_end=False, opens=opens)
        elif name in _NAMES or kind in _ALWAYS_PRIVATE:
            yield from _named(found, kind, written, name)


def _ends_of_whole(found: re.Match[str], kind: str, written: str) -> Iterator[PrivateMark]:
    """Yield the beginning and the end of a part that was found as a whole."""
    name = f"{kind} {found.start()}"
    yield PrivateMark(found.start(), found.start(), written, name, is_end=False, needs_end=False)
    yield PrivateMark(found.end(), found.end(), written, name, is_end=True, needs_end=False)


def _condition(found: re.Match[str], language: str, written: str, name: str) -> PrivateMark:
    """Return the mark of a condition; what it asks decides later whether it is private."""
    if language == "liquid":
        is_end = bool(found["liquid_end"])
        says = found.string[found.end("liquid") : found.end() - 2].strip(" -~+\t\n")
    else:
        is_end = bool(found["bars_end"]) or name == "end"
        says = (found[f"{language}_says"] or "").strip(" -~")
        name = "go" if name == "end" else name
    return PrivateMark(*found.span(), written, name, is_end, needs_end=True, opens=False, language=language, says=says)


def _named(found: re.Match[str], kind: str, written: str, name: str) -> Iterator[PrivateMark]:
    """Yield a mark whose name says that it is private, unless it holds nothing, as `{{< secret />}}` does."""
    can_end = kind not in {"cut", "jump"}
    is_end = can_end and bool(found[f"{kind}_end"] or (kind == "note" and found["note_last"]))
    if is_end or not found[0].rstrip(">%}] ").endswith("/"):
        needs_end = name in _NEED_AN_END or kind == "note" or (kind == "mdx" and _is_word(written))
        yield PrivateMark(*found.span(), written, name, is_end, needs_end, is_bracket=kind == "wp")


def _is_word(component: str) -> bool:
    """Return whether a name may be that of something else: `<secret>` in a text about XML, `<Comment>` by a reader."""
    return component[0].islower() or component == "Comment"


def private_parts(text: str, marks: list[PrivateMark]) -> Iterator[tuple[PrivateMark, int]]:
    """Yield what begins each part, and where the part ends; parts of one name may stand in one another."""
    marks = list(by_branches(marks))
    last_end = {mark.name: mark.end for mark in marks if mark.is_end}
    opening: PrivateMark | None = None
    depth = 0
    for mark in marks:
        if opening is None:
            if mark.opens and not mark.is_end and (last_end.get(mark.name, 0) > mark.end or _needs_no_end(text, mark)):
                opening, depth = mark, 1
        elif mark.name == opening.name:
            depth += -1 if mark.is_end else 1
            if depth == 0:
                yield opening, mark.end
                opening = None
    if opening:
        yield opening, len(text)


def _needs_no_end(text: str, mark: PrivateMark) -> bool:
    return not mark.needs_end and (not mark.is_bracket or _is_alone(text, mark))


def _is_alone(text: str, mark: PrivateMark) -> bool:
    """Return whether nothing else stands in the line of a mark, or in its paragraph of HTML."""
    before = text[max(0, mark.start - 100) : mark.start].rpartition("\n")[2]
    after = text[mark.end : mark.end + 100].partition("\n")[0]
    return not re.sub(r"</?(?:p|div|br)\b[^<>]*>", "", before + after).strip()
