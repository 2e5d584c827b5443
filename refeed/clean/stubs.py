"""Write the content of an article without a text: a picture, a summary, a link; never nothing."""

from html import escape, unescape
from typing import Final
from urllib.parse import unquote

from refeed.addresses.players import picture_of
from refeed.clean.types import Cleaned
from refeed.html.sanitise import sanitise
from refeed.model import SafeHtml
from refeed.startup.late_patterns import late_pattern

# A picture that the body itself brings, in HTML or Markdown; all others are the header's.
_PICTURES: Final = ("<img", "<picture", "![")
# What is written for a link to a player, and for a player.
_ONLY_VIDEO: Final = late_pattern(r'<p><a href="[^"]*"><img src="([^"]*)" alt=""><br>[^<]*</a></p>')
_PLAYER: Final = late_pattern(r'<(?:audio|video) (?>(?:(?!src=)[a-z]+="[^"]*" )*)src="([^"]*)"')


def is_stub(cleaned: Cleaned, raw: str) -> bool:
    """Return whether a body has no text, picture, sound or video of its own."""
    if not cleaned.content:
        return True
    return not cleaned.text and not _has_picture(cleaned, raw) and not _has_player(cleaned, raw)


def _has_picture(cleaned: Cleaned, raw: str) -> bool:
    """Return whether the body brought one of the pictures that are left; the header's is shown in any body."""
    if cleaned.content.count("<img") > 1:
        return True  # the header's lead is one
    if not any(mark in raw.lower() for mark in _PICTURES):
        return False
    name = (cleaned.image or "").partition("?")[0].rpartition("/")[2]
    return name in raw


def _has_player(cleaned: Cleaned, raw: str) -> bool:
    """Return whether the body brought one of the players that are left; those of the header are shown in any body."""
    names = (unescape(source).partition("?")[0].rpartition("/")[2] for source in _PLAYER.findall(cleaned.content))
    return any(name in raw or unquote(name) in raw for name in names)


def video_picture(cleaned: Cleaned, raw: str, url: str | None) -> str | None:
    """Return the picture of a video that is all there is: its address is the article's, or the body is its player."""
    if url and is_stub(cleaned, raw):
        return picture_of(url)
    video = _ONLY_VIDEO.fullmatch(cleaned.content)
    return unescape(video[1]) if video else None


def stub_content(cleaned: Cleaned, url: str | None, title: str, summary: str, *, linked: bool) -> SafeHtml:
    """Return the content of a stub: its picture, its summary, and a link where one is wanted or nothing else is there.

    An entry without content needs at least a link (RFC 4287, 4.1.3); readers show more when there is content.
    """
    href = escape(url) if url else ""
    blocks: list[str] = [cleaned.content] if cleaned.content else []
    picture = picture_of(url) if url else None
    if picture and not blocks:
        blocks.append(f'<p><a href="{href}"><img src="{escape(picture)}" alt=""></a></p>')
    if summary:
        blocks.append(f"<p>{escape(summary)}</p>")
    if href and (linked or not summary):
        blocks.append(f'<p><a href="{href}">{escape(title)}</a></p>')
    return sanitise("\n".join(blocks) or f"<p>{escape(title)}</p>")
