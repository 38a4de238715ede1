"""Everything that can be done to accounts, posts and sign-ins. Importing this registers it."""

from zhitong.kernel.identity.actions import absences, clients, doors, own, people, posts, residents

__all__ = ["absences", "clients", "doors", "own", "people", "posts", "residents"]
