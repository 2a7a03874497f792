"""Whatever a person gives, made a ``Program``."""
