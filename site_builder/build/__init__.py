"""The list of steps from an export to a release, and the workers that do them."""
