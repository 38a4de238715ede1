"""The page of what is over."""
