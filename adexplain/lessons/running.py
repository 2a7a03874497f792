"""The Python of a lesson, run in a process of its own, as a reader would run it from top to end."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from adexplain.lessons.faults import LessonError
from adexplain.lessons.fences import Listing
from adexplain.lessons.lesson import Lesson

SECONDS = 60
_END = "\x1e"
_LINE = re.compile(r'File "[^"]*lesson\.py", line (\d+)')


def run(lesson: Lesson) -> LessonError | None:
    """Run the blocks of a lesson and compare what they print; None where all is as printed."""
    blocks = [p for p in lesson.parts if isinstance(p, Listing) and p.language == "python"]
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


def _script(blocks: list[Listing]) -> str:
    """The blocks on the lines they have in the lesson, so that an error names the right one."""
    lines: list[str] = []
    for block in blocks:
        text = block.text.rstrip("\n").split("\n")
        lines += [""] * (block.line - len(lines))  # the fence itself is the line before the first
        lines += text
        lines.append(f"print({_END!r}, end='')")
    return "\n".join(lines) + "\n"
