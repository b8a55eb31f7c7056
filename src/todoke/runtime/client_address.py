"""Client address 発信元: the address a request comes from, behind the proxies of ``TODOKE_TRUSTED_PROXIES``."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
IPV6_SUBSCRIBER_BITS = 64


def parse_networks(text: str) -> tuple[Network, ...]:
    """Return addresses and networks separated by commas. Raises ValueError."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def parsed_address(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address as written, an IPv4 address in IPv6 form as IPv4; None for what is none."""
    try:
        found = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def forwarded_address(socket_address: str, forwarded_for: str, trusted: Sequence[Network]) -> str:
    """Return the client's address: the last hop in ``X-Forwarded-For`` that is no trusted proxy.

    Without a trusted proxy at the socket the header is ignored; everything left of an untrusted hop is the client's own
    claim and never read.
    """
    found = socket_address
    for hop in reversed(forwarded_for.split(",")):
        here, before = parsed_address(found), parsed_address(hop)
        if here is None or before is None or not any(here in network for network in trusted):
            break
        found = str(before)
    return found


def client_key(address: str) -> str:
    """Return what rate limits count for one client: its IPv4 address, or the /64 network of its IPv6 address."""
    found = parsed_address(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((found, IPV6_SUBSCRIBER_BITS), strict=False))
    return str(found) if found else address
