"""What PostgreSQL must be like, asked of the server. A place built for this database."""

from django.db import connection

PASSES_WALLS = (
    "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
)


def passes_walls() -> str:
    """The name of our role if no row-level security holds it back, else ''; '' on SQLite."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(PASSES_WALLS)
        role, passes = cursor.fetchone()
    return str(role) if passes else ""


def too_mighty(role: str) -> str:
    """What is wrong with such a role, in one line."""
    return f"the database role {role!r} walks through row-level security"


def lessen(role: str) -> str:
    """How to come to a proper role, in one line."""
    return (
        f'as another superuser: ALTER ROLE "{role}" NOSUPERUSER NOBYPASSRLS; or a role of its own: '
        "CREATE ROLE zhitong LOGIN CREATEDB PASSWORD '…'; CREATE DATABASE zhitong OWNER zhitong"
    )
