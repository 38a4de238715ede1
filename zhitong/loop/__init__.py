"""The closed loop: a matter is received, owned, answered, closed and rated, or goes round again."""
