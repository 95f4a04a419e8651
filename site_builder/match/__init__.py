"""An office's list of names and codes held against what a site publishes, on the office's own machine."""
