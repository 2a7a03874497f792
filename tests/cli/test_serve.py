"""``adexplain serve``: its address, and its errors when it cannot start."""

import re
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest


@pytest.mark.slow
def test_serving_on_a_free_port():
    words = [sys.executable, "-m", "adexplain", "serve", "--port", "0"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        said = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address, said
        with urlopen(address[0], timeout=60) as answer:
            assert b"adexplain" in answer.read()
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
        process.stdout.close()


def test_serving_on_a_busy_port(command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, err = command("serve", "--port", str(port))
    assert code == 2
    assert f"Port {port} is in use already." in err


def test_serving_at_no_address(command):
    code, _, err = command("serve", "--host", "no.such.host.invalid", "--port", "0")
    assert code == 2
    assert "There is no address" in err
