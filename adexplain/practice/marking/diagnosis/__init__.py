"""Which usual mistake gives what was written."""
