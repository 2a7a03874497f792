"""Input from users → ``Program``."""
