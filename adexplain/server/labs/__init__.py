"""Labs: pages on which one question is tried out by hand (CONTRIBUTING.md, "Add a lab")."""
