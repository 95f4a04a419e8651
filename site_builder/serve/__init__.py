"""A preview on the own machine."""
