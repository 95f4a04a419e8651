"""From an export to a release: the list of steps, the audit before the switch, taking a record off at once."""
