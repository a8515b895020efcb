"""The append-only record: schema, append, read, seal, chain."""
