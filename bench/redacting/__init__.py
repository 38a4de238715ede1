"""What ``bench/redaction.py`` is made of: an invented corpus, and the reckoning over it.

Nothing here imports the detector's rules: the corpus was written from how people write, with
check digits of its own, so that the detector is not measured against itself.
"""
