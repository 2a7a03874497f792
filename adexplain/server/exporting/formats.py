"""All export formats: those of :mod:`adexplain.export`, and the page as an HTML file.

The HTML file is made from the server's templates, which ``export`` may not import. They are loaded
only when a file is made: the command line needs them for this format only.
"""

from __future__ import annotations

from adexplain.explanation.explain import Explanation
from adexplain.export import formats
from adexplain.export.formats import Format, Style


def _html(explanation: Explanation, style: Style) -> str:
    from adexplain.server.exporting.html_file import html_file

    return html_file(explanation, style.step, not style.unicode)


FORMATS: dict[str, Format] = {
    **formats.FORMATS,
    "html": Format(
        "HTML file",
        "this page in one file that steps without a network",
        "html",
        "text/html",
        _html,
        for_clipboard=False,
        shows_step=True,
    ),
}
