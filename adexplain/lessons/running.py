"""Run the Python code of a lesson in a separate process, from top to bottom."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from adexplain.lessons.faults import LessonError
from adexplain.lessons.fences import CodeBlock
from adexplain.lessons.lesson import Lesson

SECONDS = 60
_END = "\x1e"
_LINE = re.compile(r'File "[^"]*lesson\.py", line (\d+)')


def run_code(lesson: Lesson) -> LessonError | None:
    """Run the Python blocks of a lesson; the error, or None if they print what the lesson says."""
    blocks = [p for p in lesson.parts if isinstance(p, CodeBlock) and p.language == "python"]
    if not blocks:
        return None
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "lesson.py"
        script.write_text(_script(blocks), "utf-8")
        done = subprocess.run(
            [sys.executable, "-X", "utf8", script],
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
    if done.returncode:
        places = _LINE.findall(done.stderr)
        line = int(places[-1]) if places else blocks[0].line
        return lesson.fault(line, f"The code fails: {done.stderr.strip().splitlines()[-1]}")
    for block, printed in zip(blocks, done.stdout.split(_END), strict=False):
        if block.output is not None and printed.strip() != block.output.strip():
            return lesson.fault(block.line, f"The code prints {printed.strip()!r}.")
    return None


def _script(blocks: list[CodeBlock]) -> str:
    """The blocks on the same lines as in the lesson, so that errors have the right line."""
    lines: list[str] = []
    for block in blocks:
        text = block.text.rstrip("\n").split("\n")
        lines += [""] * (block.line - len(lines))  # the line before the code is the fence
        lines += text
        lines.append(f"print({_END!r}, end='')")
    return "\n".join(lines) + "\n"
