"""An app for benchmarks only: it hears every new matter and writes that down, doubles and all."""
