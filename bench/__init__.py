"""Benchmarks: one file per question, each prints one JSON line."""
