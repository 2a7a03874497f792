"""dev.py: clear errors, installation, options of the test run."""

import subprocess
import sys
from pathlib import Path

import pytest

import dev

OFFLINE = "dev.py: It failed: the package registry cannot be reached; is this machine online?"


def failing(output: str) -> list[str]:
    return [sys.executable, "-c", f"import sys; print({output!r}, file=sys.stderr); sys.exit(1)"]


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("WARNING: Retrying after NewConnectionError\nERROR: No matching distribution", OFFLINE),
        ("npm error code ENOTFOUND\nnpm error a log is in x.log", OFFLINE),
        ("ERROR: No matching distribution found for sympy>=9", "has no sympy>=9 for Python 3."),
        ("  FileNotFoundError: Forced include\n\nerror: metadata-failed", "FileNotFoundError: For"),
        ("ERROR: one\nERROR: two\nhint: ask", "ERROR: two"),
        ("", "did not say why"),
    ],
)
def test_a_failed_install_says_why(output: str, sentence: str) -> None:
    with pytest.raises(SystemExit) as end:
        dev.attempt(failing(output), "It failed")
    assert sentence in str(end.value)


def test_a_folder_that_is_no_environment_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ada")
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "bin" / "python")
    with pytest.raises(SystemExit, match="left alone"):
        dev.make_environment()
    assert (tmp_path / "letter.txt").exists()


def test_it_installs_again_only_when_something_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "make_environment", lambda: None)
    monkeypatch.setattr(dev, "attempt", lambda command, failure: commands.append(command))
    for extra in ("test", "test", "check", "test"):
        dev.install(extra)
    assert [command[-1] for command in commands] == [".[test]", ".[check]"]
    monkeypatch.setattr(dev, "fingerprint", lambda: "another")
    dev.install("test")
    assert len(commands) == 3


def test_help_shows_every_command_with_an_example() -> None:
    shown = subprocess.run(
        [sys.executable, dev.__file__, "--help"], capture_output=True, text=True, check=True
    ).stdout
    for command in dev.EXTRAS:
        assert f"python3 dev.py {command}" in shown


XDIST_OPTIONS = ["--numprocesses=logical", "--maxprocesses=8", "--dist=worksteal"]


@pytest.mark.parametrize(
    ("given", "added"),
    [
        ([], XDIST_OPTIONS),
        (["--quick"], XDIST_OPTIONS),
        (["--thorough", "-k", "log"], XDIST_OPTIONS),
        (["tests/lessons"], XDIST_OPTIONS),
        (["-n", "4"], []),
        (["-n4"], []),
        (["--numprocesses=4"], []),
        (["tests/test_dev.py"], []),
        (["tests/test_dev.py::test_help_shows_every_command_with_an_example", "--quick"], []),
        (["--pdb"], []),
        (["--collect-only"], []),
    ],
    ids=lambda words: " ".join(words) or "nothing",
)
def test_tests_run_side_by_side_unless_there_are_few_or_their_number_is_given(
    given: list[str], added: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[str] = []
    monkeypatch.setattr(dev, "install", lambda extra: None)
    monkeypatch.setattr(dev, "run_in_place", lambda *command: run.extend(command) or 0)
    monkeypatch.setattr(dev.os, "chdir", lambda folder: None)
    assert dev.main(["test", *given]) == 0
    assert run == ["pytest", *added, *given]


@pytest.mark.parametrize("option", ["--quick", "--thorough"])
def test_the_options_for_less_and_more_are_known_to_help_and_to_pytest(
    option: str, pytestconfig: pytest.Config
) -> None:
    assert option in dev.HELP
    assert pytestconfig.getoption(option) in (True, False)
