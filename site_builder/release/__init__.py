"""Releases on disk: staged, switched, pruned, remembered."""
