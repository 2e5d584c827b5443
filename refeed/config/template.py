"""Write the commented refeed.toml that `refeed init` begins with."""

from pathlib import Path
from typing import Final
from uuid import uuid4

from refeed.input.discover import prefix_of
from refeed.options import CONFIGURATION_NAME
from refeed.problems import OutputError
from refeed.site import Site
from refeed.sites.find import find_sites, only_site
from refeed.toml import quoted

_STARTER: Final = """\
# Settings of `refeed build` and the other commands. Every option of the command line can be set here by its name.

# What to read: folders and files, relative to this one.
paths = ["."]

# exclude = ["drafts/*"]
# limit = 50                # exactly the newest 50 (default: 50 or the last 48 h, whichever is more; 0: everything)
# since = 2020-01-01
# base-url = "https://example.org/feeds/"   # where the feed is served

[feed]
title = {title}
author = {author}
# Readers know the feed by this id. It is new and unique. Never change it, whatever else changes.
id = "{id}"
# subtitle = "…"
# link = {link}             # the site that the feed belongs to
# language = {language}
# rights = "…"

{site}# What you know about some dumps, by the host of their articles or by a pattern for their path:
# [sources."example.org"]
# title = "The Example"
# site = "https://example.org"           # of posts that state no address
# permalink = "/:year/:month/:title/"    # and how it names their pages
# timezone = "Europe/Paris"  # of dates without a time zone
# day-first = true           # 03/04/2021 is 3 April
# offset = "-8h"             # added to header dates, for feeds that call their local time GMT
# drop = [".promo"]          # CSS selectors of what is not part of the article
# replace = [["[Adv.]", ""]] # texts and their replacements
"""


_FOUND: Final = """\
# The site around these files, as {configuration} says ({generator}). It counts already; what you set here counts more.
# [sources."{pattern}"]
{lines}

"""


def write_starter(folder: Path, title: str | None, author: str | None) -> Path:
    """Write the file with a new id and return its path; an existing file is an error."""
    path = folder / CONFIGURATION_NAME
    site = only_site(find_sites([str(folder)])) or Site(below="")
    title = title or site.title or folder.resolve().name or "My archive"
    text = _STARTER.format(
        title=quoted(title),
        author=quoted(author or site.author or title),
        id=uuid4().urn,
        link=quoted(site.address or "https://example.org/"),
        language=quoted(site.language or "en"),
        site=_found(site, folder) if site.generator else "",
    )
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise OutputError(f"{path}: already exists and was not changed; edit it, or remove it first") from None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from None
    return path


def _found(site: Site, folder: Path) -> str:
    """Return what was found of a site as settings that are remarks."""
    pattern = site.below.removeprefix(prefix_of(str(folder))) + "*"
    permalink = dict(site.permalinks).get("", "")
    values = {"site": site.address.rstrip("/"), "permalink": permalink, "timezone": site.timezone}
    lines = [f"# {key} = {quoted(value)}" for key, value in values.items() if value]
    return _FOUND.format(
        pattern=pattern, configuration=site.configuration, generator=site.generator, lines="\n".join(lines)
    )
