"""Who may use the desk."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.records import counted
from soi.front import HomeOption, Refused, open_db, open_home, table

if TYPE_CHECKING:
    from pipeline.home import Home

NameArgument = Annotated[str, typer.Argument(help="The name they sign in with.")]
users = typer.Typer(no_args_is_help=True, help="Who may use the desk, and as what.")
ROLES = "moderator, lead, operator, researcher or admin"


@users.command("list")
def list_(home: HomeOption = None) -> None:
    """Everybody who may sign in."""
    from pipeline.store import people

    rows = [
        [p.name, p.display, p.role, p.pseudonym, "off" if p.off else "on", "yes" if p.has_password else "no"]
        for p in people.people(open_db(open_home(home), to_read=True))
    ]
    table("Users", ["name", "shown as", "role", "in exports", "may sign in", "has a password"], rows)


@users.command()
def add(
    name: Annotated[str, typer.Argument(help="To sign in with: letters, digits and underscores, without spaces.")],
    home: HomeOption = None,
    role: Annotated[str, typer.Option(help=f"One of {ROLES}.")] = "moderator",
    display: Annotated[str, typer.Option(help="The name that others see.")] = "",
) -> None:
    """Let somebody in; they choose their password by the one-time link that is printed."""
    from pipeline.store import people
    from review.access import add_user, login_link

    place = open_home(home)
    db = open_db(place)
    if known := people.person(db, people.known_as(db, name)):
        raise Refused(
            f"there is somebody named {known.name} already, a {known.role}; `soi users role {known.name} {role}` would"
            " change that. Nothing was changed."
        )
    made = add_user(db, name, role=role, display=display)
    print(f"{made.name} is {role}. One-time link, good for a day: {login_link(db, made.name, _desk(place))}")


@users.command()
def password(name: NameArgument, home: HomeOption = None) -> None:
    """Set somebody's password, asked for twice or read from a pipe; it is never an argument."""
    from pipeline.store import people
    from review.access import set_password

    db = open_db(open_home(home))
    given = ""
    if sys.stdin is not None:  # as it is where standard input is closed
        asked = sys.stdin.isatty()
        given = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if asked else sys.stdin.readline()
    if not given.strip():
        raise Refused("no password was given; type one, or pipe in one line.")
    set_password(db, name, given.rstrip("\n"))
    print(f"The password of {name} is set; older sessions have ended.")
    if left := len(people.tokens(db, people.known_as(db, name))):
        print(
            f"{counted(left, 'token')} for the JSON API {'works' if left == 1 else 'work'} on. Each is revoked at the"
            f" desk, by {name}; `soi users off {name}` ends all, and `soi users off {name} --on` lets {name} in again."
        )


@users.command()
def link(name: NameArgument, home: HomeOption = None) -> None:
    """A new one-time link for somebody who can't get in."""
    from pipeline.store import people
    from review.access import login_link

    place = open_home(home)
    db = open_db(place)
    known = people.person(db, name)
    if known and known.off:
        raise Refused(f"a blocked account gets no login link; `soi users off {known.name} --on` opens it again.")
    print(login_link(db, name, _desk(place)))


@users.command("role")
def role_(
    name: NameArgument,
    role: Annotated[str, typer.Argument(help=f"One of {ROLES}.")],
    home: HomeOption = None,
) -> None:
    """Give somebody another role; their sessions end."""
    from pipeline.store import people
    from review.access import change_user

    db = open_db(open_home(home))
    known = people.person(db, people.known_as(db, name))
    if known and known.role == role:
        raise Refused(f"{known.name} is {role} already; nothing was changed.")
    change_user(db, name, role=role)
    print(f"{name} is {role} now; their sessions have ended, and tokens may do what the role may.")


@users.command()
def off(
    name: NameArgument,
    home: HomeOption = None,
    on: Annotated[bool, typer.Option("--on", help="Let them in again.")] = False,
) -> None:
    """Keep somebody out from now on, or let them in again; their decisions stay."""
    from review.access import change_user

    change_user(open_db(open_home(home)), name, off=not on)
    print(f"{name} may {'sign in again' if on else 'no longer sign in'}.")


def _desk(home: "Home") -> str:
    """Where the desk is: its address, or where it is open now, or where it would be."""
    from pipeline.operations.state import desk_at

    settings = home.settings().desk
    return settings.address or desk_at(home) or settings.base_url
