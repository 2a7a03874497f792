"""The derivative by independent methods, and a verdict on which of them are right."""
