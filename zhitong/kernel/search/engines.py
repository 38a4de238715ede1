"""The two index engines: how each is built, dropped and asked. All the SQL of search is here.

SQLite: an FTS5 table over the content table and three triggers. PostgreSQL: a generated
``tsvector`` column and a GIN index. Both are part of the row's own transaction. Names come
from our own models and are quoted; whatever people type travels as a parameter.
"""
# ruff: noqa: S608

from dataclasses import dataclass

from zhitong.kernel.search.domain import Phrase, phrases

VECTOR = "tokens_vector"
"""The generated column on PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Table:
    """The content table and its integer key.

    With ``singles`` single characters are indexed as well: half as large again on SQLite, for
    answers to one-character questions in a tenth of a millisecond even if all rows match.
    """

    name: str
    key: str
    singles: bool = False

    @property
    def index(self) -> str:
        """The FTS5 table on SQLite, the GIN index on PostgreSQL."""
        return f"{self.name}_words"


def sqlite_create(table: Table) -> list[str]:
    """Make the FTS5 table and its triggers, and index the rows that are there."""
    name, index, key = table.name, table.index, table.key
    add = f'INSERT INTO "{index}"(rowid, tokens) VALUES (new."{key}", new.tokens);'
    values = f"VALUES ('delete', old.\"{key}\", old.tokens)"
    remove = f'INSERT INTO "{index}"("{index}", rowid, tokens) {values};'
    cutting = "unicode61 remove_diacritics 0 categories 'L* N* Co Cn'"
    options = f'tokens, content="{name}", content_rowid="{key}", tokenize="{cutting}"'
    if table.singles:
        options += ", prefix='1'"
    update = f'AFTER UPDATE OF tokens ON "{name}" BEGIN {remove} {add} END'
    return [
        f'CREATE VIRTUAL TABLE "{index}" USING fts5({options})',
        f'CREATE TRIGGER "{index}_insert" AFTER INSERT ON "{name}" BEGIN {add} END',
        f'CREATE TRIGGER "{index}_delete" AFTER DELETE ON "{name}" BEGIN {remove} END',
        f'CREATE TRIGGER "{index}_update" {update}',
        f'INSERT INTO "{index}"("{index}") VALUES (\'rebuild\')',
    ]


def sqlite_drop(table: Table) -> list[str]:
    """Undo ``sqlite_create``."""
    triggers = [f'DROP TRIGGER "{table.index}_{when}"' for when in ("insert", "delete", "update")]
    return [*triggers, f'DROP TABLE "{table.index}"']


def postgresql_create(table: Table) -> list[str]:
    """Add the generated column and index it."""
    made = "tsvector GENERATED ALWAYS AS (to_tsvector('simple', tokens)) STORED"
    return [
        f'ALTER TABLE "{table.name}" ADD COLUMN {VECTOR} {made}',
        f'CREATE INDEX "{table.index}" ON "{table.name}" USING gin ({VECTOR})',
    ]


def postgresql_drop(table: Table) -> list[str]:
    """Undo ``postgresql_create``; the index goes with its column."""
    return [f'ALTER TABLE "{table.name}" DROP COLUMN {VECTOR}']


CREATE = {"sqlite": sqlite_create, "postgresql": postgresql_create}
DROP = {"sqlite": sqlite_drop, "postgresql": postgresql_drop}


def sqlite_settle(table: Table) -> list[str]:
    """FTS5 merges what was added as it goes."""
    return []


def postgresql_settle(table: Table) -> list[str]:
    """Merge the index's list of what was added last, which every search reads through, and
    count the rows; autovacuum would do both, but minutes later."""
    return [
        f"SELECT gin_clean_pending_list('\"{table.index}\"'::regclass)",
        f'ANALYZE "{table.name}"',
    ]


SETTLE = {"sqlite": sqlite_settle, "postgresql": postgresql_settle}


def sqlite_match(query: str) -> str:
    """The FTS5 expression of a query, '' when it has nothing to search."""
    return " AND ".join(
        f'"{" ".join(phrase.tokens)}"{" *" if phrase.prefix else ""}' for phrase in phrases(query)
    )


def postgresql_match(query: str) -> str:
    """The tsquery of a query, '' when it has nothing to search."""
    return " & ".join(_postgresql_phrase(phrase) for phrase in phrases(query))


def _postgresql_phrase(phrase: Phrase) -> str:
    # Tokens hold letters and digits only (domain.RUN), so quoting needs no escapes.
    quoted = [f"'{token}'" for token in phrase.tokens]
    return f"({' <-> '.join(quoted)}{':*' if phrase.prefix else ''})"


MATCH = {"sqlite": sqlite_match, "postgresql": postgresql_match}


def sqlite_hits(table: Table) -> str:
    """Keys that match one parameter, in the order of the keys."""
    return f'SELECT rowid FROM "{table.index}" WHERE "{table.index}" MATCH %s'


def postgresql_hits(table: Table) -> str:
    """Keys that match one parameter."""
    return f'SELECT "{table.key}" FROM "{table.name}" WHERE {VECTOR} @@ %s::tsquery'


HITS = {"sqlite": sqlite_hits, "postgresql": postgresql_hits}


def between(hits: str, key: str) -> str:
    """Narrow hits to a closed range of keys: two more parameters."""
    return f"{hits} AND {key} BETWEEN %s AND %s"


def lowest(hits: str) -> str:
    """The lowest keys, up to a number: one more parameter."""
    return f"{hits} ORDER BY 1 LIMIT %s"


def some(hits: str) -> str:
    """Any keys, up to a number: one more parameter."""
    return f"{hits} LIMIT %s"
