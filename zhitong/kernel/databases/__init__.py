"""Database backends that know who is acting."""
