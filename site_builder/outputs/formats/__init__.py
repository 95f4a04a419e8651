"""The formats of the downloads, one module each."""
