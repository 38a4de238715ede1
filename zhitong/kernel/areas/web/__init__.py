"""The page of places."""
