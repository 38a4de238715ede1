"""What `zhitong work` does: relays facts, runs timers, and shows what is stuck."""
