"""Translations: what the code says, what the catalogues say, and where they differ."""
