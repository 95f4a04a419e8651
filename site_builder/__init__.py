"""site_builder: an approved public export of credit data becomes a static disclosure site."""

__version__ = "0.2.0"
"""The one place it is written: the package's metadata and ``--version`` are read from here."""
