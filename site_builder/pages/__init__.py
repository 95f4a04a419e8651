"""What is on every page and where it stands."""
