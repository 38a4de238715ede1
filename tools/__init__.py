"""What developers run: gates, locks, translations. Nothing here is installed with the product."""
