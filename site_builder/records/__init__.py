"""What the export says: one frozen record a kind."""
