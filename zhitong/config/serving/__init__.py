"""Running an instance: preparing its folder and database, starting and watching its processes."""
