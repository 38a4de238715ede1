"""Rows whose words are like a new text: those that hold most of its rarest tokens.

Rare tokens have few rows, so few rows are looked at however many there are; and whatever is
nearly the same text holds nearly all of them. What is found here are keys only: whoever asks
reads the rows within reach, and compares.
"""

import json
from collections.abc import Mapping
from math import log
from typing import Any
from zlib import crc32

from django.db import connection

from zhitong.kernel.search import engines
from zhitong.kernel.search.domain import tokens
from zhitong.kernel.search.fields import table_of
from zhitong.kernel.search.models import Words

LOOKED_UP = 120
"""Tokens of a text, from its beginning, whose frequency is asked."""

RAREST = 24
"""Tokens that rows are sought by."""

BUDGET = 3000
"""Rows of all tokens together, unless the rarest alone has more."""


def holding(words: type[Words], text: str, *, most: int) -> list[int]:
    """Keys of the rows that hold the text's rarest tokens: most of the rarest first, then newest.

    A text without letters or digits finds nothing.
    """
    weights = weighed(_counts(words, text))
    if not weights:
        return []
    sql = engines.heaviest([engines.HAVING[connection.vendor](table_of(words))] * len(weights))
    token = engines.TOKEN[connection.vendor]
    asked = [part for each, weight in weights.items() for part in (weight, token.format(each))]
    return [key for (key,) in _rows(sql, [*asked, most])]


def weighed(counts: Mapping[str, int]) -> dict[str, float]:
    """The rarest tokens that together have no more rows than the budget, and what each weighs:
    the rarer, the more. A frequent one is taken only when there is no rare one.

    Equally rare ones are taken from all over the text, so that no one sentence decides.
    """
    taken: dict[str, float] = {}
    rows = 0
    for count, _spread, token in sorted((n, crc32(t.encode()), t) for t, n in counts.items()):
        rows += count
        if taken and (len(taken) == RAREST or count > engines.ENOUGH or rows > BUDGET):
            break
        taken[token] = log(2 + BUDGET / (1 + count))
    return taken


def _counts(words: type[Words], text: str) -> dict[str, int]:
    """How many rows have each token, as far as the database knows or cares to count.

    Single characters tell nothing, unless the text is one.
    """
    distinct = list(dict.fromkeys(tokens(text).split()))
    telling = [token for token in distinct if len(token) > 1] or distinct
    if not telling:
        return {}
    sql = engines.COUNTS[connection.vendor](table_of(words))
    return dict(_rows(sql, [json.dumps(telling[:LOOKED_UP])]))


def _rows(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
