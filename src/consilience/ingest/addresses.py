"""Which addresses of the web may be fetched: public ones, said plainly.

A page or a list of addresses may be hostile: it must lead to nothing within the house.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from consilience.errors import InputError

LENGTH_MAX = 2_000
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://|(?:file|data|javascript):", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
# Spaces and line ends could divide a request in two; browsers read a backslash as a slash.
_UNPLAIN = re.compile(r"[\x00-\x20\x7f-\x9f\\\s\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_NAME_MAX = 253
# Names that mean this machine or this house, whatever a resolver says.
_OF_THE_HOUSE = ("localhost", "local", "internal", "lan", "home", "corp", "intranet", "home.arpa")

# IANA's registry of special-purpose addresses (RFC 6890 and later), but for those that are of a
# public service. Not `is_global`, which differs between versions of Python and lets through
# multicast and what is carried within another address.
_REFUSED_4 = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # Azure's own, for every machine in it
    )
)  # fmt: skip
_GLOBAL_6 = IPv6Network("2000::/3")
# Teredo and the like, documentation, 6to4, documentation again.
_REFUSED_6 = tuple(
    IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
_CARRIES_4 = IPv6Network("64:ff9b::/96")  # NAT64, as networks without IPv4 have it


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is asked for; `target` is the path with the query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host_header}{self.target}"


def is_address(words: str) -> bool:
    """
    >>> is_address("https://example.org/a"), is_address("notes: a.txt")
    (True, False)
    """
    return _SCHEME.match(words) is not None


def parse_address(url: str, ports: frozenset[int] = frozenset(_PORTS.values())) -> Address:
    """
    Raises:
        InputError: it is not http or https, carries a name and password, asks for another port,
            is of this house, or is written so that two programs could read it differently.

    >>> str(parse_address("HTTPS://Example.ORG.:443/a?b=é#c"))
    'https://example.org/a?b=%C3%A9'
    """
    shown = ascii(url[:80])[1:-1]
    if len(url) > LENGTH_MAX:
        raise InputError(f"{shown}: longer than {LENGTH_MAX} signs; give a shorter address")
    if _UNPLAIN.search(url):
        raise InputError(f"{shown}: spaces, line ends or backslashes in it; write it plainly")
    try:
        parts = urlsplit(url)
        scheme, port = parts.scheme.lower(), parts.port
    except ValueError as error:
        raise InputError(f"{shown}: no address ({error}); write it plainly") from error
    if scheme not in _PORTS:
        raise InputError(f"{shown}: {scheme} is not fetched; give an http or https address")
    if "@" in parts.netloc:
        raise InputError(f"{shown}: a name or password in it; leave it out")
    if port is None:
        port = _PORTS[scheme]
    if port not in ports:
        raise InputError(f"{shown}: port {port} is not fetched from; only 80 and 443 are")
    host = _host(parts.hostname or "", shown, is_bracketed=parts.netloc.startswith("["))
    query = f"?{parts.query}" if parts.query else ""
    target = quote(f"{parts.path or '/'}{query}", safe="/?%!$&'()*+,;=:@~-._[]")
    return Address(scheme, host, port, target)


def _host(host: str, shown: str, *, is_bracketed: bool) -> str:
    """The host as it is looked up, in ASCII; an address in numbers only in its usual form."""
    if is_bracketed and "%" not in host:
        try:
            return str(IPv6Address(host))
        except ValueError as error:
            raise InputError(f"{shown}: no IPv6 address; write it plainly") from error
    try:
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise InputError(f"{shown}: no name of a host; write it plainly") from error
    labels = name.split(".")
    if len(name) > _NAME_MAX or not all(_LABEL.fullmatch(label) for label in labels):
        raise InputError(f"{shown}: no name of a host; write it plainly")
    if _NUMBER.fullmatch(labels[-1]):
        # "127.1", "0x7f.1" and "017700000001" are all this machine to a resolver.
        try:
            return str(IPv4Address(host))
        except ValueError as error:
            raise InputError(f"{shown}: a host in odd numbers; write it plainly") from error
    if len(labels) == 1 or any(f".{name}".endswith(f".{ours}") for ours in _OF_THE_HOUSE):
        raise InputError(f"{shown}: a name within the house is not fetched; save the page")
    return name


def is_public(number: str) -> bool:
    """Whether an address in numbers is of the open internet.

    >>> is_public("93.184.215.14"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::7f00:1")
    (True, False, False)
    """
    try:
        address = ip_address(number)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address in _CARRIES_4:
            return is_public(str(IPv4Address(int(address) & 0xFFFFFFFF)))
        return address in _GLOBAL_6 and not any(address in net for net in _REFUSED_6)
    return not any(address in net for net in _REFUSED_4)
