"""Which addresses may be called: a table of our own, since the standard library's notion of
'private' and 'global' lets some through that lead inside (safety.md, control 7).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

Address = IPv4Address | IPv6Address

_DENIED_4: Final = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers; metadata of one cloud
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the inner server of one cloud
        "169.254.0.0/16",  # link-local; metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; metadata of one cloud
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_ALLOWED_6: Final = IPv6Network("2000::/3")
"""Global unicast; all else (loopback, link-local, unique local, multicast, unassigned) is denied,
except the NAT64 prefix, by what it stands for."""
_DENIED_6: Final = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
    )
)
_NAT64: Final = IPv6Network("64:ff9b::/96")
_LINK_LOCAL: Final = (IPv4Network("169.254.0.0/16"), IPv6Network("fe80::/10"))
_METADATA_6: Final = IPv6Address("fd00:ec2::254")


def parsed(text: str) -> Address:
    """An address from the text a resolver gives, unwrapped to what it stands for.

    Raises ValueError for anything that isn't one.
    """
    return unwrapped(ip_address(text.partition("%")[0]))


def unwrapped(address: Address) -> Address:
    """The IPv4 address inside a mapped, 6to4 or NAT64 one; any other as it is."""
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFF_FFFF)
    return inner or address


def may_call(text: str) -> bool:
    """Whether an address is out in the world: nothing of ours, of the neighbours, or reserved."""
    try:
        address = parsed(text)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _DENIED_4)
    return address in _ALLOWED_6 and not any(address in network for network in _DENIED_6)


def may_call_inside(text: str) -> bool:
    """Whether an address may be called for a host the operator has named: never metadata."""
    try:
        address = parsed(text)
    except ValueError:
        return False
    return address != _METADATA_6 and not any(
        address in network for network in _LINK_LOCAL if network.version == address.version
    )
