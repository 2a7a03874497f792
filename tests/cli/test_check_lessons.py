"""``adexplain check-lessons``: its exit codes, and what it says."""

import shutil

import pytest

from adexplain.cli.check_lessons import link_checker
from adexplain.lessons import lesson, library
from adexplain.paths import folder


@pytest.fixture
def lessons(tmp_path, monkeypatch):
    """A copy of the lessons, in which one may be changed."""
    home = shutil.copytree(folder("lessons"), tmp_path / "lessons")
    for module in (lesson, library):
        monkeypatch.setattr(module, "folder", lambda name: home, raising=False)
    return home


def test_a_lesson_without_faults(command):
    assert command("check-lessons", "05-forward") == (0, "1 lesson, nothing to mend.\n", "")


def test_a_fault_is_named_with_its_file_and_line(command, lessons):
    path = lessons / "05-forward" / "lesson.md"
    path.write_text(path.read_text("utf-8") + "\n[nowhere](/no/such/page)\n", "utf-8")
    code, out, err = command("check-lessons", "05-forward")
    assert (code, err) == (1, "")
    line = path.read_text("utf-8").count("\n")
    assert out.startswith(f"05-forward/lesson.md:{line}: ")
    assert out.endswith("1 lesson, 1 to mend.\n")


def test_a_lesson_that_does_not_exist(command):
    code, out, err = command("check-lessons", "99-none")
    assert (code, out) == (2, "")
    assert "There is no lesson '99-none'." in err
    assert "05-forward" in err


def test_a_link_is_good_where_a_page_answers():
    exists = link_checker()
    assert exists("/reference/tanh?x=1#rule")
    assert not exists("/no/such/page")
