#!/usr/bin/env python3
"""The command for developers: makes .venv, installs what a command needs, and runs it.

It uses the standard library only, so that a machine with nothing but Python can start here.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036 - people do try older ones
    sys.exit("dev.py: adexplain needs Python 3.11 or later; this is " + sys.version)

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("ADEXPLAIN_VENV") or ROOT / ".venv").absolute()
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "adexplain-installed.txt"

EXTRAS = {"serve": "server", "test": "test", "check": "check", "bench": "bench"}

HELP = """\
commands:
  serve   start the page on this machine
  test    run all tests, several side by side
            --quick: what catches most, in at most 90 s on two idle cores
            --thorough: with ten times as many samples
  check   format, lint and types of the Python, types of the JavaScript (--fix repairs what it can)
  bench   measure the speed

Further arguments are passed on. Examples:
  python3 dev.py serve --port 8080
  python3 dev.py test tests/primitives/test_rules.py -k sin
  python3 dev.py check --fix
  python3 dev.py bench

Everything is installed into .venv beside this file (or into the folder that the
environment variable ADEXPLAIN_VENV names), and again only when pyproject.toml or the
version has changed."""

METADATA = ("pyproject.toml", "adexplain/version.py")
"""The files that the package's metadata is made from."""
OFFLINE = "the package registry cannot be reached; is this machine online?"
# Output of venv, pip or npm at failures outside of this project → the message to show.
REASONS = {
    "ensurepip is not available": "this Python comes without venv "
    "(on Debian and Ubuntu: apt-get install python3-venv).",
    "No space left on device": "the disk is full.",
    "Permission denied": "this user may not write there.",
    "CERTIFICATE_VERIFY_FAILED": "the package registry's certificate is not trusted here "
    "(behind a proxy, name its certificate in PIP_CERT).",
    "NewConnectionError": OFFLINE,
    "NameResolutionError": OFFLINE,
    "ConnectTimeoutError": OFFLINE,
    "ProxyError": "the proxy refuses to pass on to the package registry.",
    "ENOTFOUND": OFFLINE,
    "ECONNREFUSED": OFFLINE,
}


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python3 dev.py",
        usage="%(prog)s [-h] {serve,test,check,bench} ...",
        description="See, test, check and measure adexplain.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=list(EXTRAS), help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments or ["--help"])
    os.chdir(ROOT)
    install(EXTRAS[chosen.command])
    if chosen.command == "serve":
        return run_in_place("adexplain", "serve", *chosen.rest)
    if chosen.command == "test":
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the tests start many a Python
        return run_in_place("pytest", *xdist_options(chosen.rest), *chosen.rest)
    if chosen.command == "bench":
        return run_in_place("benchmarks", *chosen.rest)
    return check(chosen.rest)


NO_XDIST = {"-n", "--numprocesses", "--pdb", "--trace", "--collect-only", "--co", "-h", "--help"}


def xdist_options(arguments: list[str]) -> list[str]:
    """Options for pytest-xdist.

    None where the user sets the number of processes, names single tests or debugs.
    """
    names = [argument.partition("=")[0] for argument in arguments]
    if any(name in NO_XDIST or re.match(r"-n\w", name) for name in names):
        return []
    if any("::" in argument or argument.endswith(".py") for argument in arguments):
        return []
    return ["--numprocesses=logical", "--maxprocesses=8", "--dist=worksteal"]


def stop(message: str) -> NoReturn:
    """End with a plain sentence instead of a traceback."""
    sys.exit(f"dev.py: {message}")


def run_in_place(module: str, *arguments: str) -> int:
    """Run a module in place of this process, so that Ctrl-C and signals reach it."""
    command = [str(PYTHON), "-m", module, *arguments]
    if os.name == "nt":  # there, execv returns to the shell at once
        return subprocess.call(command)
    os.execv(command[0], command)


def install(extra: str) -> None:
    """Install the project with this extra, unless that is done."""
    state = fingerprint()
    if extra in installed(state):
        return
    make_environment()
    say(f"Installing adexplain and what it needs into {VENV} (a minute the first time) …")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    attempt([*pip, "--editable", f".[{extra}]"], "The packages could not be installed")
    STAMP.write_text("\n".join([state, *sorted({extra, *installed(state)})]) + "\n", "utf-8")


def fingerprint() -> str:
    """A hash of everything that makes an installation stale when it changes."""
    made_from = [(ROOT / name).read_text("utf-8") for name in METADATA]
    facts = [str(ROOT), str(sys.version_info[:2]), *made_from]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def installed(state: str) -> set[str]:
    """Return the extras that were installed when the project was in this state."""
    if not STAMP.exists():
        return set()
    then, *extras = STAMP.read_text("utf-8").split()
    return set(extras) if then == state else set()


def make_environment() -> None:
    """Make the virtual environment, or make it anew when its Python is gone."""
    if PYTHON.exists():
        pip = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False)
        if pip.returncode == 0:
            return
    if VENV.exists() and any(VENV.iterdir()) and not (VENV / "pyvenv.cfg").exists():
        stop(f"{VENV} holds something else than a virtual environment, so it was left alone.")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    attempt(command, f"The virtual environment {VENV} could not be made")


def attempt(command: list[str], failure: str) -> None:
    """Run a command quietly; where it fails, say what failed and why."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        stop(f"{failure}: {reason(done.stdout + done.stderr)}")


def reason(output: str) -> str:
    """Find in a failed command's output the sentence that explains the failure."""
    for sign, sentence in REASONS.items():
        if sign in output:
            return sentence
    if missing := re.search(r"No matching distribution found for (.+)", output):
        version = sys.version.split()[0]
        return f"the package registry has no {missing[1].strip()} for Python {version}."
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    raised = [line for line in lines if re.match(r"[\w.]*(Error|Exception): ", line)]
    errors = [line for line in lines if line.lower().startswith(("error:", "npm error"))]
    return (raised or errors or lines or ["it did not say why."])[-1]


def say(message: str) -> None:
    """Print a progress message on the standard error stream."""
    print(message, file=sys.stderr, flush=True)


def check(arguments: list[str]) -> int:
    """Run every check, also after one has failed, and name those that did."""
    parser = argparse.ArgumentParser(prog="python3 dev.py check")
    parser.add_argument("--fix", action="store_true", help="mend format and lint where possible")
    fix = parser.parse_args(arguments).fix
    checks = {
        "format": ["ruff", "format", *([] if fix else ["--check"]), "."],
        "lint": ["ruff", "check", *(["--fix"] if fix else []), "."],
        "types": ["mypy", "--strict"],  # of what pyproject.toml lists
    }
    commands = {name: [str(PYTHON), "-m", *command] for name, command in checks.items()}
    if tsc := type_checker_of_javascript():
        commands["JavaScript types"] = tsc
    failed = []
    for name, command in commands.items():
        say(f"— {name}")
        if subprocess.call(command) != 0:
            failed.append(name)
    say(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def type_checker_of_javascript() -> list[str] | None:
    """Return the command that runs tsc, after installing it; None where npm is missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        say("— JavaScript types: skipped, because node and npm are not installed here.")
        return None
    package = ROOT / "node_modules" / "typescript"
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]["typescript"]
    about = package / "package.json"
    if not about.exists() or json.loads(about.read_text("utf-8"))["version"] != wanted:
        say(f"Installing TypeScript {wanted} into {package.parent} …")
        quietly = ["--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
        attempt([npm, "install", *quietly], "TypeScript could not be installed")
    return [node, str(package / "bin" / "tsc"), "--project", "jsconfig.json"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
