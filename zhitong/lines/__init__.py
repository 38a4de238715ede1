"""The three lines: what rides between the bureau and its people, each on its own bus."""
