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

    ``Matter.objects.filter(matching(MatterWords, "居住证 幸福路")).order_by("-words__id")``:
    reach and words stand in one SQL statement, and newest first by the words' own key lets
    both databases stop early. Parts between spaces must all occur; a query without letters
    or digits finds nothing. Raises NoScope when nobody is acting.
    """
    current()
    lookup = "zh_few" if _are_few(words, query) else "zh"
    (owner,) = (field for field in words._meta.fields if isinstance(field, OneToOneField))
    return Q(**{f"{owner.related_query_name()}__tokens__{lookup}": query})


def _are_few(model: type[models.Model], query: str) -> bool:
    """Whether PostgreSQL should fetch the hits first.

    Left alone it walks the sort order for rare words, and behind a fence it fetches every hit
    of a frequent one: both take seconds at a million rows, so count first, up to a little.
    """
    if connection.vendor != "postgresql" or not (match := engines.postgresql_match(query)):
        return False
    with connection.cursor() as cursor:
        cursor.execute(engines.postgresql_count(table_of(model), FEW + 1), [match])
        counted: int = cursor.fetchone()[0]
    return counted <= FEW


def lowest(
    model: type[models.Model], query: str, *, within: tuple[int, int], limit: int
) -> list[int]:
    """The smallest keys within a closed range whose ``tokens`` match, in order.

    For public models that hold their tokens themselves: there is no question of reach here.
    """
    match = engines.MATCH[connection.vendor](query)
    if not match:
        return []
    table = table_of(model)
    if connection.vendor == "sqlite":
        keys = engines.between(engines.sqlite_hits(table), "rowid")
    else:
        keys = engines.between(engines.postgresql_hits(table), f'"{table.key}"')
        if _are_few(model, query):
            keys = engines.fenced(table, keys)
    with connection.cursor() as cursor:
        cursor.execute(engines.first(keys), [match, *within, limit])
        return [row[0] for row in cursor.fetchall()]
