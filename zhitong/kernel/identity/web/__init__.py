"""Pages of the doors and of the people who serve."""
