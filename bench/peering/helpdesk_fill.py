"""``python -m bench.peering.helpdesk_fill N``: fill django-helpdesk with N open tickets.

Runs in its environment. Tickets are written in bulk, with the follow-up that its form would have
written with each. One queue and one person for each township; one supervisor with a session.
Prints what a client must know as one JSON line.
"""

import base64
import json
import random
import sys
from datetime import timedelta
from importlib import import_module
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench.texts import some_words

TOWNS = 13
BATCH = 5_000
SHOWN = {"status__in": [1, 2]}


def fill(total: int) -> dict[str, Any]:
    """Make queues, people and tickets; what a client must know."""
    users = import_module("django.contrib.auth").get_user_model()
    models = import_module("helpdesk.models")
    queues = [
        models.Queue.objects.create(title=f"派出所{number}", slug=f"q{number}")
        for number in range(TOWNS)
    ]
    staff = [
        users.objects.create_user(f"officer{number}", password=None, is_staff=True)
        for number in range(TOWNS)
    ]
    chief = users.objects.create_superuser("chief", password="bench")
    rng = random.Random(7)
    for begin in range(0, total, BATCH):
        _batch(models, rng, queues, staff, range(begin, min(begin + BATCH, total)))
    session = _session(chief)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return {
        "session": session,
        "queue": queues[0].pk,
        "ticket": models.Ticket.objects.order_by("pk").first().pk,
        "listed": _query(""),
        "searched": [_query(text) for text in ("落户", "第4711件")],
    }


def _batch(models: Any, rng: random.Random, queues: list[Any], staff: list[Any], of: range) -> None:
    at = timezone.now()
    tickets = []
    for number in of:
        place = rng.randrange(TOWNS)
        words = some_words(rng, number)
        tickets.append(
            models.Ticket(
                title=words[:40],
                description=words,
                queue=queues[place],
                assigned_to=staff[place] if rng.randrange(4) else None,
                status=models.Ticket.OPEN_STATUS,
                created=at,
                modified=at,
                due_date=at + timedelta(minutes=rng.randrange(-2000, 40000)),
            )
        )
    made = models.Ticket.objects.bulk_create(tickets)
    models.FollowUp.objects.bulk_create(
        models.FollowUp(ticket=ticket, title="Ticket Opened", date=at, public=True)
        for ticket in made
    )


def _session(user: Any) -> str:
    auth = import_module("django.contrib.auth")
    session = import_module("django.contrib.sessions.backends.db").SessionStore()
    session[auth.SESSION_KEY] = str(user.pk)
    session[auth.BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _query(words: str) -> str:
    """What its list asks for, as its page writes it into an address."""
    asked = {
        "filtering": {} if words else SHOWN,
        "filtering_null": {},
        "sorting": "created",
        "sortreverse": False,
        "search_string": words,
    }
    return base64.b64encode(json.dumps(asked).encode()).decode()


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(fill(int(sys.argv[1]))) + "\n")
