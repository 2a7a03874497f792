"""Worker processes: work with a deadline and a memory limit, and a bounded queue for it."""
