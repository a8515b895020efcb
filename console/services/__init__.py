"""Do something useful, synchronously; know no Qt, clock, thread or window."""
