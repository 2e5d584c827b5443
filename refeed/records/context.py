"""What a run knows beside the file: its settings, its present, and what the user says about a site."""

from datetime import datetime
from typing import Final, NamedTuple

from refeed.dates import Hints
from refeed.model import Document
from refeed.options import Options, SiteOptions, site_options
from refeed.records.date_evidence import hints_for

NO_SITE: Final = SiteOptions()


class Context(NamedTuple):
    """What a run knows beside the file: its settings, its present, and how dates without more are read."""

    options: Options
    now: datetime
    hints: Hints


def context_for(options: Options, now: datetime) -> Context:
    """Return what every record will be read with."""
    return Context(options, now, hints_for(NO_SITE, now))


def site_options_for(document: Document, host: str | None, context: Context) -> SiteOptions:
    """Return what the user knows of this file or of its article's host."""
    if not context.options.sources:
        return NO_SITE
    return site_options(context.options, document.source.name, host)


def hints_of(site: SiteOptions, context: Context) -> Hints:
    """Return how the dates of a site are to be read."""
    return context.hints if site is NO_SITE else hints_for(site, context.now)
