"""A new city's folder: what it starts with."""
