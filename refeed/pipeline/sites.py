"""Add what the sites around the files say to the settings of a run: anything that the user says counts more."""

from dataclasses import replace

from refeed.input.source_files import entered
from refeed.options import Options
from refeed.sites.find import find_sites, only_site, site_of_all


def with_sites(options: Options) -> Options:
    """Return the settings with the sites of all files, and with what the site of the whole run says of the feed.

    Archives among the paths are folders from here on.
    """
    options = replace(options, paths=tuple(entered(path, options.allow) for path in options.paths))
    paths = options.paths or (options.folder,)
    sites = find_sites(paths, unpack=options.unpack)
    if not sites:
        return options
    site = site_of_all(sites, paths)
    if site is None:
        # Of a site in a sub-folder only the title is taken: files beside it are none of its posts.
        only = only_site(sites)
        title = options.feed.title or (only and only.title) or None
        return replace(options, sites=sites, feed=replace(options.feed, title=title))
    from refeed.records.fields.names import name_of  # only where there is a site
    from refeed.sites.facts import usable_address

    feed = replace(
        options.feed,
        title=options.feed.title or site.title or None,
        author=options.feed.author or name_of(site.author) or None,
        link=options.feed.link or site.address or None,
    )
    if not site.address and feed.link and (address := usable_address(feed.link)):  # that is what the user says of it
        sites = tuple(one._replace(address=address) if one is site else one for one in sites)
    return replace(options, sites=sites, feed=feed)


def notes_on_sites(options: Options) -> tuple[str, ...]:
    """Return what the user should know about the sites that were found."""
    if not options.sites:
        return ()
    first, *others = sorted(options.sites, key=lambda site: site.configuration)
    further = {site.configuration for site in others} - {first.configuration}  # one site may lie in several folders
    more = f", and {len(further)} more" if further else ""
    address = first.address or "no address in it"
    return (f"site settings from {first.configuration} ({first.generator}, {address}){more}",)
