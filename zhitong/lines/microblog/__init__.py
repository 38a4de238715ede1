"""微博直通车: warnings, know-how and appeals go out; every comment and message comes back."""
