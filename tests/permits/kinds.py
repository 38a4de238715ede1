"""How to name the things in addresses: one within reach, one beyond it, one that is nowhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.permits.world import NOWHERE, Person, Place, World

Objects = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """How to name a thing in an address: one within reach, one beyond it, one that is nowhere.

    ``beyond`` is None for things that lie in no area: those have no reach to be outside of.
    """

    near: Callable[[World, Person], Objects]
    beyond: Callable[[World, Person], Objects] | None
    nowhere: Objects


def _kind(name: Callable[[Place], Objects], *, areas: bool = True) -> Kind:
    beyond = (lambda world, _who: name(world.away)) if areas else None
    return Kind(lambda world, _who: name(world.here), beyond, name(NOWHERE))


def _matter(place: Place) -> Objects:
    return {"code": place.matter}


def _link(place: Place) -> Objects:
    return {"code": place.tracking}


def _passkey(world: World, who: Person, *, of: Person | None = None) -> Objects:
    owner = of or (who if who.passkey else world.people["auditor"])
    return {"passkey": owner.passkey}


def _anothers_passkey(world: World, who: Person) -> Objects:
    other = "administrator" if who.role != "administrator" else "auditor"
    return _passkey(world, who, of=world.people[other])


NOTHING = Kind(lambda _world, _who: {}, None, {})
MATTER = _kind(_matter)
PHOTO = Kind(
    lambda world, _who: _matter(world.here) | {"id": world.here.photo},
    lambda world, _who: _matter(world.here) | {"id": world.away.photo},
    _matter(NOWHERE) | {"id": NOWHERE.photo},
)
CONTACT = _kind(lambda place: _matter(place) | {"part": "phone"})
LINK = _kind(_link, areas=False)
LINK_VERB = _kind(lambda place: _link(place) | {"verb": "add"}, areas=False)
DATA_VERB = Kind(lambda _world, _who: {"verb": "ask"}, None, {"verb": "ask"})
LINK_DATA_VERB = _kind(lambda place: _link(place) | {"verb": "ask"}, areas=False)
LINK_PHOTO = Kind(
    lambda world, _who: _link(world.here) | {"id": world.here.photo},
    lambda world, _who: _link(world.here) | {"id": world.away.photo},
    _link(NOWHERE) | {"id": NOWHERE.photo},
)
ACCOUNT = _kind(lambda place: {"account": place.account})
LISTED_ACCOUNT = _kind(lambda place: {"account": place.account}, areas=False)
APPOINTMENT = _kind(lambda place: {"appointment": place.appointment})
CLIENT = _kind(lambda place: {"client": place.client})
DELIVERY = _kind(lambda place: {"delivery": place.delivery})
PASSKEY = Kind(_passkey, _anothers_passkey, {"passkey": NOWHERE.account})
EXCLUSION = Kind(lambda _world, _who: {"id": NOWHERE.account}, None, {"id": NOWHERE.account})
RETURN = Kind(lambda _world, _who: {"id": NOWHERE.account}, None, {"id": NOWHERE.account})
CALENDAR = Kind(lambda _world, _who: {"secret": "x"}, None, {"secret": "y"})
ABSENCE = Kind(lambda _w, _who: {"absence": NOWHERE.account}, None, {"absence": NOWHERE.account})
ALERT = Kind(lambda _world, _who: {"identifier": "x"}, None, {"identifier": "y"})
NOTE = Kind(lambda _world, _who: {"id": NOWHERE.account}, None, {"id": NOWHERE.account})
WEBHOOK = _kind(lambda place: {"id": place.webhook})
MESSAGE = _kind(lambda place: {"id": place.message})
REPLY = Kind(lambda _world, _who: {"family": NOWHERE.account}, None, {"family": NOWHERE.account})
ROLE = Kind(lambda _world, _who: {"role": "editor"}, None, {"role": "nobody"})
