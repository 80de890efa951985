"""`consilience serve` and `consilience token`, from the shell."""

from contextlib import closing
from datetime import UTC, datetime

import click

from consilience.errors import InputError, MissingExtraError, NotFoundError
from consilience.places import Place, parse_place

PORT = 8765  # of no service that is registered with IANA and often met
DAYS_MAX = 3_660
_ROLES = ("read", "annotate", "admin")


@click.command(
    epilog="""\b
    Example:
      consilience serve CASE.db --port 8765
    """
)
@click.argument("case", metavar="CASE.db", type=parse_place)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=PORT,
    show_default=True,
    type=click.IntRange(0, 65_535),
    help="Port to listen on; 0: one that is free.",
)
@click.option(
    "--public",
    metavar="URL",
    help="Where browsers reach it, if elsewhere: https://desk.example.org behind a proxy.",
)
@click.option(
    "--workers",
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes to read many documents with.",
)
def serve(case: Place, host: str, port: int, public: str | None, workers: int) -> None:
    """Serve a kept case to browsers and programs.

    The dossier with search, adding documents and decisions, and a JSON API described at
    /api/openapi.json. On this machine alone anybody may do all; as soon as there is a token, and
    always beyond this machine, a token is needed: see "consilience token". What is added or decided
    is kept at once, and the case told anew in the background, whoever wrote to it. Needs the serve
    extra.
    """
    try:
        from consilience.web.serving import serve_case
    except ImportError as error:
        raise MissingExtraError("serve is not installed; install consilience[serve]") from error
    _existing(case)
    serve_case(case, host, port, public, workers)


@click.group(
    epilog="""\b
    Example:
      consilience token CASE.db new Anna --role annotate
    """
)
@click.argument("case", metavar="CASE.db", type=parse_place)
@click.pass_context
def token(context: click.Context, case: Place) -> None:
    """Say who may ask a server of a case, and for what.

    Roles: "read" sees all; "annotate" also decides; "admin" also adds documents and revokes tokens.
    """
    context.obj = case


@token.command(
    epilog="""\b
    Example:
      consilience token CASE.db new Bruno --role read --days 30
    """
)
@click.argument("name")
@click.option("--role", required=True, type=click.Choice(_ROLES), help="What it allows.")
@click.option(
    "--days",
    default=90,
    show_default=True,
    type=click.IntRange(1, DAYS_MAX),
    help="How long it is in force.",
)
@click.pass_obj
def new(case: Place, name: str, role: str, days: int) -> None:
    """Make a token, and print it: this once, since only a hash of it is kept.

    NAME is who decides with it.
    """
    from consilience.decide.verbs import analyst
    from consilience.store import Role, open_register
    from consilience.web.access import new_token
    from consilience.wording import printable

    now = datetime.now(UTC)
    called = analyst(name, "", now).name
    if printable(called) != called or len(called) > NAME_MAX_CHARS:
        raise InputError(f"{printable(called)!r}: not a name; give one that can be read")
    secret, made = new_token(called, Role(role), days, now)
    with closing(open_register(_existing(case))) as register:
        register.add_token(made)
    click.echo(secret)
    click.echo(f"for {made.name}, role {role}, until {made.expires[:10]}; keep it safe", err=True)


@token.command(
    "list",
    epilog="""\b
    Example:
      consilience token CASE.db list
    """,
)
@click.pass_obj
def list_(case: Place) -> None:
    """List who has a token, the role, and until when."""
    from consilience.store import open_register

    with closing(open_register(_existing(case))) as register:
        for one in register.tokens():
            click.echo(f"{one.name}  {one.role}  until {one.expires[:10]}")


@token.command(
    epilog="""\b
    Example:
      consilience token CASE.db revoke Anna
    """
)
@click.argument("name")
@click.pass_obj
def revoke(case: Place, name: str) -> None:
    """Let in no more who has the token of that name; it counts at once."""
    from consilience.store import open_register

    with closing(open_register(_existing(case))) as register:
        if not register.revoke(name):
            raise NotFoundError(
                f"{name}: no token of that name; see: consilience token {case} list"
            )


NAME_MAX_CHARS = 80


def _existing(case: Place) -> Place:
    from consilience.store import is_kept

    if not is_kept(case):
        raise InputError(
            f"{case}: no such case; make it with: consilience account INPUT --case {case} --out DIR"
        )
    return case
