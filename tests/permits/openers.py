"""For every page the person who most likely opens it."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.permits.addresses import Address, pages
from tests.permits.examples import EXAMPLES, Example
from tests.permits.world import Person, World
from zhitong.kernel.pages import PageRule, kind_of

MOST_LIKELY = ("community_officer", "administrator", "supervisor", "auditor", "resident", "public")


@dataclass(frozen=True)
class Door:
    """An address with somebody who may open it."""

    address: Address
    example: Example
    rule: PageRule
    who: Person
    path: str

    def __str__(self) -> str:
        return self.address.name

    @property
    def opens(self) -> bool:
        """Whether there is a page behind it for this person."""
        answer = self.example.answer
        return not answer or kind_of(self.who.scope) in self.example.but_for

    @property
    def personal(self) -> bool:
        """Whether what it shows is not for everybody."""
        return not self.rule.public or bool(self.example.kind.nowhere)


def doors(world: World, method: str) -> Iterator[Door]:
    """Every page that takes this method."""
    for address in pages():
        example, rule = EXAMPLES.get(address.name), address.rule
        if example and rule and method in example.methods.split():
            people = (world.people[role] for role in MOST_LIKELY)
            who = next(one for one in people if rule.admits(one.scope))
            if rule.public and example.kind.nowhere:
                who = world.people["public"]
            path = address.at(**example.kind.near(world, who))
            yield Door(address, example, rule, who, path)
