"""Webhooks: partner systems are told that something happened, by ids and codes, signed."""
