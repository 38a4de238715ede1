"""Zhitong: the three through buses between a police bureau and the people it serves."""

__version__ = "0.1.0"
