"""Everything bad that has ever been sent to a form, by name, and what must come of it."""
