"""The explorer: a function, its trace, every step, the verdict, the code."""
