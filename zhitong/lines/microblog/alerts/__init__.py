"""Warnings in the Common Alerting Protocol: written, checked, signed, published and read."""
