"""What a saved page says about who may read it: WordPress's classes, previews, passwords, payment, search engines."""

from typing import Final
from urllib.parse import parse_qsl, urlsplit

from refeed.formats import _publication
from refeed.formats._json_ld import is_for_everybody
from refeed.formats._page_fields import Sources
from refeed.formats._page_tree import Element, names_of
from refeed.problems import Problem

_STATUS: Final = "status-"  # WordPress: post_class()
_PASSWORDS: Final = frozenset({"post-password-form", "post-password-required"})
_PREVIEWS: Final = frozenset({"preview", "preview_id", "preview_nonce"})


def withheld(sources: Sources, content: Element) -> Problem | None:
    """Return why the article is not published for everybody."""
    for one in (content, *content.iterancestors()):
        names = names_of(one)
        for name in sorted(names):
            if name.startswith(_STATUS) and (
                found := _publication.withheld({"status": name[len(_STATUS) :]}, "the page")
            ):
                return found
        if not names.isdisjoint(_PASSWORDS):
            return Problem("locked", "the page asks for a password")
    if any(not names_of(form).isdisjoint(_PASSWORDS) for form in content.iter("form")):
        return Problem("locked", "the page asks for a password")
    if _is_preview(sources.page.saved_from) or _is_preview(sources.metadata.canonical):
        return Problem("draft", "the page is the preview of a draft, by its address")
    tier = sources.metadata.first("article:content_tier").lower()
    if tier == "locked" or not is_for_everybody(sources.article):
        return Problem("locked", "the page says that it is for paying readers only")
    return None


def hidden(sources: Sources) -> Problem | None:
    """Return the warning for a page that asks search engines to leave it out."""
    said = (sources.metadata.first("robots", "googlebot")).lower().replace(" ", "").split(",")
    if {"noindex", "none"}.isdisjoint(said):
        return None
    return Problem("hidden", "the page asks search engines to leave it out (noindex)", line=1)


def _is_preview(address: str) -> bool:
    try:
        keys = {key for key, _ in parse_qsl(urlsplit(address).query, max_num_fields=100)}
    except ValueError:
        return False
    return not keys.isdisjoint(_PREVIEWS)
