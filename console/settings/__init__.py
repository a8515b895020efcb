"""Declared settings, one JSON file; the language of the texts."""
