"""Judge each statement of a work against what it should be."""
