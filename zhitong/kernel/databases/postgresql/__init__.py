"""PostgreSQL with the acting scope told to every session, for row-level security."""
