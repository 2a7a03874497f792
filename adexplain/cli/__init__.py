"""The command line: ``adexplain trace | compare | code | serve | …``."""
