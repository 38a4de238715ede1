"""The pages of docs/ that are made from the code: docs/map.md and docs/privacy.md.

``python -m tools.reference write`` makes them anew, ``… check`` says which are stale.
"""
