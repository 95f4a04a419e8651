"""From the office's own tables to an export that waits for approval."""
