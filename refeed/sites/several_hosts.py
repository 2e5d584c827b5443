"""Tell the posts of two sites in one archive apart, each of which is published on a host of its own.

A post that states no address goes by its name, its title and its day (`records.identity`), and both sites may have a
`hello-world` of one day. So that the ids of a site alone stay what they are, the host counts but for the first one, by
its name: where the sites lie moves no id.
"""

from collections.abc import Sequence

from refeed.site import Site
from refeed.urls import host_of


def told_apart(sites: Sequence[Site]) -> tuple[Site, ...]:
    """Return the sites of a run, each that lies on another host than the first with the address of its host."""
    hosts = [host_of(site.address) for site in sites]
    first = min((host for host in hosts if _is_public(host)), default="")
    return tuple(
        site._replace(own_host=f"https://{host}/" if _is_public(host) and host != first else "")
        for site, host in zip(sites, hosts, strict=True)
    )


def _is_public(host: str) -> bool:
    return "." in host  # `localhost` is where a site is looked at while it is written
