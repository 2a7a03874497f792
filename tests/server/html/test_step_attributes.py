import json
import shutil
import subprocess

import pytest

from adexplain.explanation.stepping import step_state
from adexplain.server.html.step_attributes import step_attributes

CASES = [(s, n, u) for s in (None, 0, 1, 2, 3, 4, 5, 6) for n in (1, 3, 5) for u in (None, n + 1)]


def test_a_number_is_pending_then_now_then_done():
    told = [step_state(step, 17) for step in (None, 15, 16, 17, 18)]
    assert told == ["", "pending", "pending next", "now", ""]


def test_a_running_sum_gives_way_to_the_next():
    assert [step_state(step, 3, 9) for step in (None, 3, 8, 9)] == ["past", "now", "", "past"]


def test_what_belongs_to_no_step_has_no_number():
    assert step_attributes(4, None, "r") == 'class="r"'
    assert step_attributes(4, None) == ""
    assert step_attributes(4, 9, "r", until=11) == 'data-step="9" data-until="11" class="r pending"'
    assert (
        step_attributes(4, 4, '"><script>') == 'data-step="4" class="&#34;&gt;&lt;script&gt; now"'
    )


@pytest.mark.skipif(not shutil.which("node"), reason="there is no node here")
def test_the_browser_marks_as_the_server_does():
    program = """
        import { mark } from "./web/static/js/explorer/state.js";
        const cases = JSON.parse(process.argv[1]);
        console.log(JSON.stringify(cases.map(([s, n, u]) => mark(s, n, u ?? undefined))));
    """
    command = ["node", "--input-type=module", "-e", program, json.dumps(CASES)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout) == [step_state(*case) for case in CASES]
