"""Pictures from outside, made harmless."""
