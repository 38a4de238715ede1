"""Facts out, reactions in: the outbox on which modules meet without importing one another."""
