"""Program → Python: source to read, and callables to run."""

from adexplain.codegen.compiling import compile
from adexplain.codegen.readable import Line, source, source_lines

__all__ = ["Line", "compile", "source", "source_lines"]
