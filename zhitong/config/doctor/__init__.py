"""Looking at an instance and saying what is wrong with it and what to do."""
