"""Copies of an instance that were proven to be whole, and putting them back."""
