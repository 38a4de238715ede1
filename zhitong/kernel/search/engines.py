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


ENOUGH = 500
"""Rows that have a rare token, at most; so many are taken of a frequent one."""

TOKEN = {"sqlite": '"{}"', "postgresql": "'{}'"}
"""The expression of one token."""


def sqlite_counts(table: Table) -> str:
    """Of each token in a JSON list how many rows have it, if any; frequent ones are not counted
    to their end."""
    quoted = "'\"' || value || '\"'"
    rows = f'SELECT 1 FROM "{table.index}" WHERE "{table.index}" MATCH {quoted} LIMIT {ENOUGH + 1}'
    counted = f"SELECT value, (SELECT count(*) FROM ({rows})) FROM json_each(%s)"
    once = f"WITH counted(token, many) AS MATERIALIZED ({counted})"
    return f"{once} SELECT token, many FROM counted WHERE many > 0"


def postgresql_counts(table: Table) -> str:
    """Of each token in a JSON list, how many rows ANALYZE thinks have it.

    It keeps the shares of the most frequent tokens; all others are rare and count as none.
    """
    where = f"tablename = '{table.name}' AND attname = '{VECTOR}' AND schemaname = current_schema()"
    known = "unnest(most_common_elems::text::text[], most_common_elem_freqs) AS one(token, share)"
    rows = f"SELECT reltuples FROM pg_class WHERE oid = '\"{table.name}\"'::regclass"
    return (
        f"SELECT asked, coalesce(share * ({rows}), 0)::bigint "
        "FROM jsonb_array_elements_text(%s::jsonb) AS asked "
        f"LEFT JOIN (SELECT one.* FROM pg_stats, {known} WHERE {where}) AS often ON token = asked"
    )


COUNTS = {"sqlite": sqlite_counts, "postgresql": postgresql_counts}


def sqlite_having(table: Table) -> str:
    """A weight, and keys of rows that match the next parameter: the newest, if too many do."""
    return f"SELECT %s, rowid FROM ({sqlite_hits(table)} ORDER BY rowid DESC LIMIT {ENOUGH})"


def postgresql_having(table: Table) -> str:
    """A weight, and keys of rows that match the next parameter: any, if too many do, as it
    would fetch them all to find the newest."""
    return f"SELECT %s, hit.* FROM ({postgresql_hits(table)} LIMIT {ENOUGH}) AS hit"


HAVING = {"sqlite": sqlite_having, "postgresql": postgresql_having}


def heaviest(hits: list[str]) -> str:
    """Keys by the weights of the queries that find them, then newest first: one more parameter."""
    weighed = "SELECT hit FROM found GROUP BY hit ORDER BY sum(weight) DESC, hit DESC LIMIT %s"
    return f"WITH found(weight, hit) AS ({' UNION ALL '.join(hits)}) {weighed}"
