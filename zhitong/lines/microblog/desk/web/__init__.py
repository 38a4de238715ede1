"""Pages of the desk, and what everybody reads."""
