"""``Program`` → Python: source code to read, and compiled callables to run."""

from adexplain.codegen.compiling import compile
from adexplain.codegen.readable import CodeLine, source, source_lines

__all__ = ["CodeLine", "compile", "source", "source_lines"]
