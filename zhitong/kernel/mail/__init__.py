"""Mail in and out: read without trust, laid in its place, sent through one outbox."""
