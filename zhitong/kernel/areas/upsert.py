"""Writing many areas at once: the ORM would spend two thirds of a country's import on itself."""

from zhitong.kernel.areas.models import Area
from zhitong.kernel.databases import bulk

Record = tuple[int, str, str, str, str, str, str, str]
"""The values of COLUMNS."""

COLUMNS = ("number", "code", "name", "level", "path", "pinyin", "initials", "tokens")
RENEW = """
ON CONFLICT (number) DO UPDATE SET name = excluded.name, pinyin = excluded.pinyin,
initials = excluded.initials, tokens = excluded.tokens, retired_at = NULL
"""


def upsert(records: list[Record]) -> None:
    """Insert areas; those that are there already get the new name and are in use again."""
    if records:
        bulk.insert(Area._meta.db_table, COLUMNS, records, conflict=RENEW)
