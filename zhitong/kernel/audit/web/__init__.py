"""The auditor's pages: who did and read what, and the head of the log to compare."""
