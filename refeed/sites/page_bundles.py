"""Tell where a folder with `index.md` in Hugo's sites is a bundle: one page, whatever else lies there."""

from collections.abc import Iterable, Iterator

from refeed.site import Site


def sections_with_bundles(sites: Iterable[Site]) -> tuple[str, ...]:
    """Return the prefixes of folders below which bundles may lie; the folders themselves are no bundles."""
    return tuple(section for site in sites if site.generator == "Hugo" for section in _sections(site))


def _sections(site: Site) -> Iterator[str]:
    from refeed.sites.generators import GENERATORS  # most archives are no sites

    for content in site.content or GENERATORS[site.generator].content:
        if content.startswith(site.inside):
            yield site.below + content[len(site.inside) :]
        elif site.inside.startswith(content) and site.below:
            yield site.below.rstrip("/")  # the folder that was given may be a bundle itself
