"""The finished bytes, read again before anything is switched."""
