"""Long walks through the running site, in Debian's Chromium."""
