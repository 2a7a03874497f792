"""Each step of a trace in words."""
