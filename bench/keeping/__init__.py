"""Does anything stay of what was let go? Strings are planted, time passes, bytes are searched."""
