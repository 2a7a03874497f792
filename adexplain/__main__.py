"""``python -m adexplain`` is the command ``adexplain``."""

from adexplain.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
