"""One search for operations, lessons, words, examples and keys."""
