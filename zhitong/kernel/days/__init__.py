"""The county's working days: the yearly notice, and what is decided by hand."""
