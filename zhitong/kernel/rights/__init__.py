"""The rights of whom data is about: to see it, correct it, take it away and have it erased.

Modules say in the ``registry`` what they keep about somebody and what may become of it; a request
is a row with a due date, decided with a reason and carried out after a time to think again.
"""
