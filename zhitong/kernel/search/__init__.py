"""Exact search in Chinese text, inside the database that holds the rows.

``domain`` cuts text into tokens, ``models`` stores them, ``schema`` makes the index in a
migration, ``index`` writes, ``queries`` asks. Why it is built this way: docs/decisions/0014.
"""
