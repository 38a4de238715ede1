"""``python -m bench.taken``: every matter that is there, one JSON line each, for comparing."""

import json
import sys
from importlib import import_module

import django


def rows() -> list[dict[str, object]]:
    """External id as the sender knows it, words, and what every matter must have."""
    models = import_module("zhitong.loop.models")
    reach = import_module("zhitong.kernel.databases.reach")
    count = import_module("django.db.models").Count
    with reach.beyond_reach():
        found = models.Matter.unguarded.annotate(pictures=count("photos")).values_list(
            "channel", "external_id", "words", "owner_id", "due_at", "pictures"
        )
        return [
            {
                "id": external_id.rpartition(":")[2],
                "channel": channel,
                "words": words,
                "whole": owner is not None and due is not None,
                "pictures": pictures,
            }
            for channel, external_id, words, owner, due, pictures in found
        ]


if __name__ == "__main__":
    django.setup()
    for row in rows():
        sys.stdout.write(json.dumps(row) + "\n")
