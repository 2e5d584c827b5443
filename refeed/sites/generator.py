"""Look a site's generator up; the table of them is loaded where there is a site."""

from typing import TYPE_CHECKING

from refeed.site import Site

if TYPE_CHECKING:
    from refeed.sites.generators import Generator


def generator_of(site: Site | None) -> "Generator":
    """Return what is known of the generator of a site, or the defaults for none and for an unknown one."""
    from refeed.sites.generators import GENERATORS, NONE  # large, and most archives are no sites

    return GENERATORS.get(site.generator, NONE) if site else NONE
