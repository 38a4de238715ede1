"""The sheet of a warning, and the warnings that everybody sees."""
