"""A re-user's copy that follows a site: fetched, checked, switched in whole; what is no longer valid is deleted."""
