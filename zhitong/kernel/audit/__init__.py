"""The audit log: who did or read what, when and why, in a form that a stranger can verify.

Entries are written by ``entries.append`` in the transaction of the act, put in order by
``sequence.integrate``, checked by ``verify.verify``, proven by ``proofs.prove`` and
``proofs.consistency``, emptied by ``erasure.erase`` and handed out by ``export.export``.
The format is described in docs/audit.md.
"""
