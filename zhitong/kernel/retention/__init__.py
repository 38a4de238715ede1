"""How long each table keeps its rows, and the sweep that removes what is over.

``registry`` holds one rule per model, ``rules`` those of the kernel's own models; modules above
the kernel declare theirs in a ``retention.py``. A test fails for a model without a rule.
"""
