"""One forward run and one backward scatter of a ``Program``, each over a number type."""
