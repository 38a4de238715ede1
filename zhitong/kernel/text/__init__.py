"""Words from outside: what is let in, and how they go out into other formats unharmed."""
