"""The page of facts that could not be delivered."""
