"""What a feed says about itself, and what its owner should know about that."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from refeed.input.archives.names import stem_of
from refeed.input.source_files import is_folder_given
from refeed.model import Feed
from refeed.options import CONFIGURATION_NAME, DEFAULT_MAX_BYTES, Options
from refeed.paths import without_secrets
from refeed.pipeline.entries.link import page_of_feed
from refeed.quantities import amount
from refeed.urls import resolve
from refeed.uuids import urn, uuid_of

if TYPE_CHECKING:  # a build that changes nothing makes no entry and loads nothing for it
    from refeed.pipeline.second_pass.run import SecondPass

# Feeds without an id of their own get one from their title in this namespace (RFC 9562, version 5). Never changed.
_NAMESPACE: Final = bytes.fromhex("8b6a0d5824d35f8c9d5e0c6f5a3b7e41")


def feed_of(
    options: Options, paths: Sequence[str], updated: datetime, suffix: str, language: str | None = None
) -> Feed:
    """Return the feed's own facts; without an id it gets one from its title, without a language that of its entries."""
    stated = options.feed
    title = stated.title or ", ".join(dict.fromkeys(map(_folder_name, paths)))
    return Feed(
        id=stated.id or id_by_name(title),
        title=title,
        updated=updated,
        author=stated.author or title,
        subtitle=stated.subtitle,
        rights=stated.rights,
        language=stated.language or language,
        icon=stated.icon,
        logo=stated.logo,
        self_url=_self_url(options, suffix),
        site_url=page_of_feed(options),
    )


def id_by_name(name: str) -> str:
    """Return the id of a feed that states none."""
    return urn(uuid_of(_NAMESPACE, name))


def _folder_name(path: str) -> str:
    real = Path(os.path.realpath(without_secrets(path)))  # unlike Path.resolve(), it takes a link that leads to itself
    name = real.name if real.is_dir() else stem_of(real.name) if is_folder_given(path) else real.parent.name
    return name.encode("utf-8", "replace").decode() or "refeed"


def _self_url(options: Options, suffix: str) -> str | None:
    """Return the feed's own address: the base URL is that of its folder, or already the feed's."""
    base = options.base_url
    if base is None or base.endswith(suffix):
        return base
    name = Path(options.output).name if options.output else f"feed{suffix}"
    return resolve(name, base if base.endswith("/") else base + "/")


def notes_on(feed: Feed, options: Options, second: "SecondPass") -> Iterator[str]:
    """Return what would make it a better feed."""
    if options.feed.id is None:
        yield (
            f'the feed has no id, so one was made from its title; to keep it, add id = "{feed.id}" '
            f"under [feed] in {CONFIGURATION_NAME} (`refeed init` writes one)"
        )
    without_site = len({(one.path, one.line) for one in second.findings if one.code == "relative-url"})
    if without_site:
        yield (
            f"{amount(without_site, 'article')} without a link lost relative pictures or links; name their site in "
            f'{CONFIGURATION_NAME}: [sources."*"] site = "https://…"'
        )
    if without_link := second.made.without_link:
        yield (
            f"{amount(without_link, 'article')} without a link, which some readers refuse: name the site in "
            f'{CONFIGURATION_NAME} ([sources."*"] site = "https://…", or [feed] link), or give --base-url'
        )
    size = second.fragments.size
    if options.max_bytes is None and options.limit is not None and size > DEFAULT_MAX_BYTES:
        yield f"the feed has {size / 1e6:.1f} MB; some readers refuse more than 5 MB: --max-bytes 4M makes it smaller"
    newest, oldest = second.made.newest, second.made.oldest
    if second.cut_short and newest and oldest:
        hours = (newest - oldest).total_seconds() / 3600
        yield (
            f"the feed covers only {hours:.1f} h; a reader that polls less often misses articles: "
            "raise --limit, --span or --max-bytes, or use --content summary"
        )
