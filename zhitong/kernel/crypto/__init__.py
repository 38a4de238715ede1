"""Keys and what they protect: sealed boxes, blind indexes, tracking codes and sealed fields."""
