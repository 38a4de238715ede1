"""The page of requests about data, for who decides them."""
