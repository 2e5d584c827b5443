"""Recognise hosts inside a reader's own network: fetching a picture there could attack a router."""

import ipaddress
from functools import cache
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.urls import host_of

# Names that no public name server answers: RFC 6761, 6762, 8375; ICANN, SAC 113; and the habits of routers.
_PRIVATE_ENDINGS: Final = frozenset(
    {"arpa", "corp", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain", "localhost", "private"}
)
# WHATWG URL, IPv4 parser: up to four numbers, each decimal, octal (0…) or hexadecimal (0x…).
_NUMBER: Final = late_pattern(r"0x[0-9a-f]*|[0-9]+")
_FOUR_NUMBERS: Final = late_pattern(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
# IANA's registries of special-purpose addresses, and multicast. Not `is_global`: Python's versions differ on some.
_SPECIAL_IPV4: Final = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/3",
)
_PUBLIC_IPV6: Final = "2000::/3"
_SPECIAL_IPV6: Final = ("2001:db8::/32", "2002::/16")  # documentation, IPv4 inside


def is_private(url: str) -> bool:
    """Return whether the host of an absolute address is no public one, by its name or its number.

    Of numbers only the usual form of a public IPv4 address, or a public IPv6 address, is public.
    """
    name = host_of(url)
    if name.startswith("["):
        return not _is_public_ipv6(name[1:-1])
    last = name.rpartition(".")[2]
    if _NUMBER.fullmatch(last):
        return not _is_public_ipv4(name)
    return last == name or last in _PRIVATE_ENDINGS


def may_be_fetched(url: str, base: str | None) -> bool:
    """Return whether a reader may fetch an address for an article at `base`.

    An article of one's own network may show pictures and play sound of its own host.
    """
    return not is_private(url) or (base is not None and host_of(url) == host_of(base))


@cache
def _network(text: str) -> "ipaddress.IPv4Network | ipaddress.IPv6Network":
    return ipaddress.ip_network(text)


def _is_public_ipv4(name: str) -> bool:
    try:
        address = ipaddress.IPv4Address(name) if _FOUR_NUMBERS.fullmatch(name) else None
    except ipaddress.AddressValueError:
        return False
    return address is not None and not any(address in _network(special) for special in _SPECIAL_IPV4)


def _is_public_ipv6(text: str) -> bool:
    address = ipaddress.IPv6Address(text)
    return address in _network(_PUBLIC_IPV6) and not any(address in _network(special) for special in _SPECIAL_IPV6)
