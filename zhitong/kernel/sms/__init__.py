"""Text messages go out through one port: stored first, delivered by the worker."""
