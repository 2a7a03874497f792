"""Downloads, and the trace as a frame for pages of other sites."""
