"""Show the feed to people as plain HTML pages."""

from html import escape
from pathlib import Path
from typing import Final

from refeed.serve.published import Published, Visit

STATIC: Final = Path(__file__).with_name("static")
"""The folder of files that pages refer to as `static/…` below the root."""


def render_home(published: Published, visit: Visit) -> bytes:
    """Show what is in the feed, and the address to subscribe to."""
    items = "".join(
        f'<li><a href="{escape(visit.root)}entry/{entry.key}">{escape(entry.title)}</a></li>'
        for entry in published.entries
    )
    return _page(published, f"<p>{escape(visit.feed_url)}</p><ul>{items}</ul>")


def render_entry(published: Published, key: str, visit: Visit) -> bytes | None:
    """Show one entry cleaned; None if there is no such entry."""
    entry = published.by_key.get(key)
    home = f'<p><a href="{escape(visit.root)}">{escape(published.facts.title)}</a></p>'
    return _page(published, f"{home}<h1>{escape(entry.title)}</h1>{entry.content}") if entry else None


def render_provenance(published: Published, key: str, visit: Visit) -> bytes | None:
    """Show what an entry was made of; None if there is no such entry."""
    entry = published.by_key.get(key)
    home = f'<p><a href="{escape(visit.root)}">{escape(published.facts.title)}</a></p>'
    return _page(published, f"{home}<p>{escape(entry.path)}:{entry.line}</p>") if entry else None


def render_problems(published: Published, visit: Visit) -> bytes:
    """Show what was left out and why, the totals, and whether the newest rebuild failed."""
    failure = f"<p>{escape(published.failure.message)}</p>" if published.failure else ""
    failure += f'<p><a href="{escape(visit.root)}">{escape(published.facts.title)}</a></p>'
    lines = "".join(f"<li>{escape(str(problem))}</li>" for problem in published.report.problems)
    return _page(published, f"{failure}<p>{escape(str(published.report.totals))}</p><ul>{lines}</ul>")


def _page(published: Published, body: str) -> bytes:
    title = escape(published.facts.title)
    return f'<!DOCTYPE html><html lang="en"><title>{title}</title><main>{body}</main></html>'.encode()
