"""What a saved page says about who may read it: WordPress's classes, previews, passwords, payment, search engines."""

import re
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from refeed.formats.pages.fields import Sources
from refeed.formats.pages.json_ld import is_for_everybody
from refeed.formats.pages.tree import Element, names_of
from refeed.formats.publication import stated
from refeed.problems import Problem

_STATUS: Final = "status-"  # WordPress: post_class()
_PASSWORDS: Final = frozenset({"post-password-form", "post-password-required"})
# Of passages that a subscriber's browser has saved, in the themes of Ghost, WordPress and newspapers.
_FOR_PAYERS: Final = frozenset(
    {"members-only", "members-only-content", "paid-content", "paywall-content", "paywalled-content"}
    | {"premium-content", "subscriber-only", "subscribers-only"}
)
# What WordPress puts before the title of a private post, which only its readers see, in the languages of most sites.
_PRIVATE: Final = re.compile(
    r"(?:private|privado|privat|privato|privé|privée|非公開|私密|私人)\s?[:：]\s?\S", re.IGNORECASE
)
_STATES: Final = ("status", "article:status", "post_status", "draft", "published", "visibility", "access")  # of <meta>
# The path of a preview: the UUID of the post.
_GHOST_PREVIEW: Final = re.compile(r"/p/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/?")
_PREVIEWS: Final = frozenset({"preview", "preview_id", "preview_nonce"})


def withheld(sources: Sources, content: Element) -> Problem | None:
    """Return why the article is not published for everybody."""
    for one in (content, *content.iterancestors()):
        names = names_of(one)
        for name in sorted(names):
            if name.startswith(_STATUS) and (found := stated.withheld({"status": name[len(_STATUS) :]}, "the page")):
                return found
        if not names.isdisjoint(_PASSWORDS):
            return Problem("locked", "the page asks for a password")
    if any(not names_of(form).isdisjoint(_PASSWORDS) for form in content.iter("form")):
        return Problem("locked", "the page asks for a password")
    if any(not names_of(one).isdisjoint(_FOR_PAYERS) for one in content.iter("div", "p", "section")):
        return Problem("locked", "a part of the page is for members only, by its class")
    return _by_head(sources)


def _by_head(sources: Sources) -> Problem | None:
    """Return why the article is not for everybody by what the page says outside of it."""
    if _is_preview(sources.page.saved_from) or _is_preview(sources.metadata.canonical):
        return Problem("draft", "the page is the preview of a draft, by its address")
    for name in _STATES:
        if found := stated.withheld({name.rpartition(":")[2]: sources.metadata.first(name)}, "the page"):
            return found
    status = sources.article.get("creativeWorkStatus")  # schema.org: "Example terms include Incomplete, Draft, …"
    if isinstance(status, str) and (found := stated.withheld({"status": status}, "the page")):
        return found
    if _PRIVATE.match(sources.title.strip()):
        return Problem("private", "the page is that of a private post, by its title")
    tier = sources.metadata.first("article:content_tier").lower()
    if tier == "locked" or not is_for_everybody(sources.article):
        return Problem("locked", "the page says that it is for paying readers only")
    return None


def hidden(sources: Sources) -> Problem | None:
    """Return the warning for a page that asks search engines to leave it out."""
    values = [value for name in ("robots", "googlebot") for value in sources.metadata.values.get(name, ())]
    if {"noindex", "none"}.isdisjoint(",".join(values).lower().replace(" ", "").split(",")):
        return None
    return Problem("hidden", "the page asks search engines to leave it out (noindex)", line=1)


def _is_preview(address: str) -> bool:
    try:
        parts = urlsplit(address)
        keys = {key for key, _ in parse_qsl(parts.query, max_num_fields=100)}
    except ValueError:
        return False
    return bool(_GHOST_PREVIEW.fullmatch(parts.path)) or not keys.isdisjoint(_PREVIEWS)
