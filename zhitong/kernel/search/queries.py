"""Asking the index, with each database's weak spot avoided."""

from django.db import connection, models
from django.db.models import OneToOneField, Q

from zhitong.kernel.scope import current
from zhitong.kernel.search import engines
from zhitong.kernel.search.fields import table_of
from zhitong.kernel.search.models import Words

FEW = 2000
"""Hits up to which PostgreSQL is made to fetch them all before it sorts or filters."""


def matching(words: type[Words], query: str) -> Q:
    """The condition "these words occur", for the model that owns the words.

    ``Matter.objects.filter(matching(MatterWords, "居住证 幸福路")).order_by("-found_by__id")``:
    reach and words stand in one SQL statement, and newest first by the words' own key lets
    both databases stop early. Parts between spaces must all occur; a query without letters
    or digits finds nothing. Raises NoScope when nobody is acting.
    """
    current()
    (owner,) = (field for field in words._meta.fields if isinstance(field, OneToOneField))
    few = _few(words, query)
    condition = {"tokens__zh": query} if few is None else {"id__in": few}
    return Q(
        **{f"{owner.related_query_name()}__{name}": asked for name, asked in condition.items()}
    )


def _few(model: type[models.Model], query: str) -> list[int] | None:
    """On PostgreSQL the keys of all hits if there are few; None when the planner shall decide.

    Left alone it walks the sort order for rare words, and told to fetch the hits first it
    fetches all of a frequent one's: each takes up to a second at a million rows.
    """
    match = engines.MATCH[connection.vendor](query)
    if connection.vendor != "postgresql" or not match:
        return None
    keys = _keys(engines.some(engines.postgresql_hits(table_of(model))), [match, FEW + 1])
    return keys if len(keys) <= FEW else None


def lowest(
    model: type[models.Model], query: str, *, within: tuple[int, int], limit: int
) -> list[int]:
    """The smallest keys within a closed range whose ``tokens`` match, in order.

    For public models that hold their tokens themselves: there is no question of reach here.
    """
    match = engines.MATCH[connection.vendor](query)
    if not match:
        return []
    if (few := _few(model, query)) is not None:
        return sorted(key for key in few if within[0] <= key <= within[1])[:limit]
    table = table_of(model)
    key = "rowid" if connection.vendor == "sqlite" else table.key
    hits = engines.between(engines.HITS[connection.vendor](table), key)
    return _keys(engines.lowest(hits), [match, *within, limit])


def settle(model: type[models.Model]) -> None:
    """For an action that has written many rows of a public model: the next search is fast."""
    with connection.cursor() as cursor:
        for statement in engines.SETTLE[connection.vendor](table_of(model)):
            cursor.execute(statement)


def _keys(sql: str, params: list[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]
