"""The Open311 GeoReport v2 door: public categories, released matters, and new words with a key."""
