"""Each statement against what it should be."""
