"""A gateway that lives here: pure rules, a loopback HTTP server and its own ledger."""
