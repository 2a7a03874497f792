"""Files to take away, and the trace alone in a page of another site."""
