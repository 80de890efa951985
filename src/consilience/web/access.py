"""Who may do what: tokens with roles, sessions of browsers, and how often one may guess."""

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from consilience.errors import InputError
from consilience.store import Role, Session, Token

TOKEN_BEGINNING = "consilience_"  # noqa: S105 - so that scanners for lost secrets know one
SECRET_BYTES = 32
SESSION_HOURS = 12
GUESSES_MAX = 10
GUESSES_WITHIN_S = 60
CLIENTS_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks. Without tokens, on this machine alone, that is anybody, and nobody by name."""

    name: str | None
    role: Role
    by_token: bool

    def may(self, role: Role) -> bool:
        """
        >>> Who("Iris", Role.ANNOTATE, True).may(Role.READ)
        True
        """
        roles = [*Role]
        return roles.index(self.role) >= roles.index(role)


ANYBODY = Who(None, Role.ADMIN, by_token=False)


class DeniedError(Exception):
    """Nobody that may ask; `retry_after_s` where too many guesses were made."""

    def __init__(self, message: str, retry_after_s: int | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


def name_of(who: Who, by: str | None) -> str:
    """Who is to stand behind what is written.

    Raises:
        InputError: no token and no name says it, or the two differ.
    """
    if who.name is None:
        if by is None:
            raise InputError("by: missing; say who decides")
        return by
    if by is not None and by != who.name:
        raise InputError(f"by: {by} is not {who.name}, whose token this is; leave it out")
    return who.name


def new_token(name: str, role: Role, days: int, now: datetime) -> tuple[str, Token]:
    """A secret, to be shown once, and the token that knows it again."""
    secret = TOKEN_BEGINNING + secrets.token_urlsafe(SECRET_BYTES)
    made, expires = (iso_of(at) for at in (now, now + timedelta(days=days)))
    return secret, Token(name, role, sha256_of(secret), made, expires)


def find_token(secret: str, tokens: Sequence[Token], now: datetime) -> Token | None:
    """The token of that secret, None where it has expired too; takes as long for any."""
    given = sha256_of(secret)
    matching = [token for token in tokens if hmac.compare_digest(token.sha256, given)]
    return next((token for token in matching if is_in_force(token, now)), None)


def is_in_force(token: Token, now: datetime) -> bool:
    return iso_of(now) < token.expires


def new_session(token: Token, now: datetime) -> tuple[str, Session]:
    """The value of a cookie, to be given to one browser, and the session that knows it again."""
    value = secrets.token_urlsafe(SECRET_BYTES)
    expires = iso_of(now + timedelta(hours=SESSION_HOURS))
    return value, Session(sha256_of(value), token.sha256, expires)


def find_signed_in(session: Session, tokens: Sequence[Token], now: datetime) -> Token | None:
    """The token that was signed in with, unless that or the session has expired."""
    if session.expires <= iso_of(now):
        return None
    signed = (t for t in tokens if t.sha256 == session.token_sha256 and is_in_force(t, now))
    return next(signed, None)


class Guesses:
    """Wrong tokens by address, within the last minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: OrderedDict[str, list[float]] = OrderedDict()

    def wait_s(self, address: str, now: datetime) -> int:
        """How long this address must wait before its next guess; 0: not at all."""
        with self._lock:
            recent = self._recent(address, now.timestamp())
            if len(recent) < GUESSES_MAX:
                return 0
            return max(1, int(recent[-GUESSES_MAX] + GUESSES_WITHIN_S - now.timestamp()) + 1)

    def count(self, address: str, now: datetime) -> None:
        with self._lock:
            made = [*self._recent(address, now.timestamp()), now.timestamp()]
            self._made[address] = made[-GUESSES_MAX:]
            self._made.move_to_end(address)
            while len(self._made) > CLIENTS_MAX:
                self._made.popitem(last=False)

    def _recent(self, address: str, now: float) -> list[float]:
        return [at for at in self._made.get(address, ()) if at > now - GUESSES_WITHIN_S]


class Access:
    """The door of one server. Browsers that know several servers of a host part them by port."""

    def __init__(self, port: int, *, needs_token: bool, is_https: bool) -> None:
        self.cookie_name = f"consilience-{port}"
        self.is_https = is_https
        self._needs_token = needs_token
        self.guesses = Guesses()

    def who(
        self,
        authorization: str | None,
        session: Session | None,
        address: str,
        tokens: Sequence[Token],
    ) -> Who:
        """
        Raises:
            DeniedError: no token, a wrong one, or too many wrong ones.
        """
        if authorization is not None:
            scheme, _, secret = authorization.partition(" ")
            if scheme.lower() != "bearer":
                raise DeniedError("send Authorization: Bearer TOKEN")
            return _known(self.token(secret.strip(), address, tokens))
        now = datetime.now(UTC)
        if session is not None and (held := find_signed_in(session, tokens, now)):
            return _known(held)
        # A token that has expired must not open the door for all.
        if self._needs_token or tokens:
            raise DeniedError("sign in with a token")
        return ANYBODY

    def token(self, secret: str, address: str, tokens: Sequence[Token]) -> Token:
        """
        Raises:
            DeniedError: there is no such token in force, or too many wrong ones were sent.
        """
        now = datetime.now(UTC)
        found = find_token(secret, tokens, now)
        # The right one opens at any time: who guesses must not lock out who shares the address,
        # as all do behind a proxy.
        if found is not None:
            return found
        if wait_s := self.guesses.wait_s(address, now):
            raise DeniedError("too many wrong tokens; wait", wait_s)
        self.guesses.count(address, now)
        raise DeniedError("not a token in force; ask for a new one")


def _known(token: Token) -> Who:
    return Who(token.name, token.role, by_token=True)


def sha256_of(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def iso_of(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
