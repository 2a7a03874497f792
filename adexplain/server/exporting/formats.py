"""Every format there is: those of ``export``, and the page itself as a file.

The page's templates belong to the server, which ``export`` must not know; here both may be named.
The server is imported when a page is asked for: a command line that prints a table has no use
for it.
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
        pastes=False,
        moves=True,
    ),
}
