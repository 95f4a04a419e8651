"""Finding things on a static site: exact lookup and full text."""
