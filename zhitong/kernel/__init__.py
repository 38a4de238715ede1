"""What every line stands on: scope, guarded rows, actions, the bus, the audit log."""
