"""What the webmaster is told without a build: the comparison with the live release, and the days to come."""
