r"""Normalize the notations for tangents, adjoints and partials, and LaTeX, to one notation.

``v6'``, ``v̇6``, ``\dot v_6``, ``dot v6``, ``v6_dot`` and ``dv6`` are the same tangent, ``\bar v_4``
and ``v4bar`` the same adjoint. The result is a formula of the product's language with a plain name
for each of them, and a source map to the typed text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from adexplain.language.grammar import FUNCTIONS
from adexplain.practice.marking.reading.source_map import MappedText, Replacement
from adexplain.typeset.formulas import GREEK, name_text

DOT, BAR, PARTIAL = "dot", "bar", "partial"
_MAX_NESTING = 40
"""Nesting depth up to which LaTeX is translated; the parser refuses what is deeper."""

_MAX_LETTERS = 4
"""Most one-letter names that may be written side by side for their product."""
_CONTEXT = 60
"""How many characters around a name are searched for a function without brackets."""

_DOT_MARK, _BAR_MARK, _PARTIAL_MARK = "\u02d9", "\u00af", "\u2202"
_NAME = r"(?:[^\W\d_][^\W_]*(?:_[^\W_]+)?)"


@dataclass(frozen=True, slots=True)
class Atom:
    """A quantity in a derivation.

    Attributes:
        kind: "" for a value, "dot" for a tangent, "bar" for an adjoint, "partial" for da/db.
        name: the row or input.
        wrt: of a partial, the variable it is with respect to; of a tangent, the input it is with
            respect to, if that was written.
    """

    kind: str
    name: str
    wrt: str = ""

    @property
    def key(self) -> str:
        """A plain name for it in the product's language."""
        if self.kind == PARTIAL:
            return f"d{self.name}_per_d{self.wrt}"
        return f"{self.name}_{self.kind}" if self.kind else self.name

    @property
    def text(self) -> str:
        """The quantity as text for a sentence: v̇6, v̄4, ∂v6/∂v5."""
        if self.kind == PARTIAL:
            return f"∂{self.name}/∂{self.wrt}"
        return name_text(self.name, self.kind)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in the product's language, and the quantity behind each of its plain names."""

    source: MappedText
    atoms: Mapping[str, Atom]

    @property
    def text(self) -> str:
        """The text of the formula."""
        return self.source.text


class Names:
    """The names that a work may use: those of the function, and those that its rows define."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = set(known)
        self._plain = {_plain(name): name for name in self.known}

    def add(self, name: str) -> None:
        """Add a name that a row of the work defines."""
        self.known.add(name)
        self._plain.setdefault(_plain(name), name)

    def find(self, written: str) -> str:
        """The known name for a written one: v_4 and v4 are the same."""
        if written in self.known:
            return written
        return self._plain.get(_plain(written), _plain(written))

    def has(self, written: str) -> bool:
        """Whether a written name is known."""
        return written in self.known or _plain(written) in self._plain


def _plain(name: str) -> str:
    return re.sub(r"_(?=\d|m\d)", "", name)


_SIMPLE: tuple[tuple[str, str], ...] = (
    (r"\\(?:left|right|[bB]igg?[lr]?|displaystyle|boldsymbol|bm|scriptstyle)(?![A-Za-z])\s*", ""),
    (r"\$|`", ""),
    (r"\{=\}|\\mathrel\{=\}", "="),
    (r"\\mathrel\{\{?\+\}?\{?=\}?\}|\{\+\}\{=\}|\\mathrel\{\+\}=|\+\s+=(?!=)", "+="),
    (r"\\(?:cdot|times|ast)(?![A-Za-z])", "*"),
    (r"\\div(?![A-Za-z])", "/"),
    (r"\\(?:approx|simeq|cong|doteq)(?![A-Za-z])|[≃≅≐]|(?<=\s)~(?=\s*[-+−]?[\d.])", "≈"),
    (r"\\[,;:! ]|\\q?quad(?![A-Za-z])|\\thinspace(?![A-Za-z])|~|\u00a0|&(?:nbsp;)?", " "),
    (r"\b(?:math|np|numpy|jnp|torch)\.(?=[a-z])", ""),
    (r"(?<=\w)\.(?:grad|bar|adjoint|adj)(?!\w)", "_bar"),
    (r"(?<=\w)\.(?:dot|tangent)(?!\w)", "_dot"),
    (r"\\partial(?![A-Za-z])|\bpartial\s+(?=[^\W\d_])", _PARTIAL_MARK),
    (r"\\nabla(?![A-Za-z])", "∇"),
    (r"\\pi(?![A-Za-z])", "pi "),
    (r"\\[dtc]frac(?![A-Za-z])", r"\\frac "),
    (r"\{\}", ""),
    (r"[′’‘´]", "'"),
    (r"[₋](?=[₀-₉])", "m"),
    (r":=|←", "="),
    (r"^\s*(?:=>|⟹|⇒|∴|→|\\(?:Rightarrow|implies|therefore|to)(?![A-Za-z]))\s*", ""),
)
_REPLACED = [(re.compile(pattern), new.replace("\\\\", "\\")) for pattern, new in _SIMPLE]
_FONT = re.compile(
    r"\\(?:mathrm|mathit|text|mathbf|boldsymbol|operatorname\*?|mbox)\s*\{([^{}]*)\}"
)
_TAPENADE = re.compile(r"(?<![\w\\])([^\W\d_]_?\d+)([bd])(?!\w)")
_GRAD = re.compile(rf"(?<![\w\\])grad_({_NAME})(?!\w)")
_OPERATOR = re.compile(
    rf"^\s*(?:d|{_PARTIAL_MARK})\s*/\s*(?:d|{_PARTIAL_MARK})\s?({_NAME})\s*\(?\s*({_NAME})\s*\)?"
    r"(?=\s*(?:\([^)]*\))?\s*[=≈])"
)
_FACTOR = re.compile(r"(?<![\w.])(\d+(?:\.\d*)?)(?!e[+-]?\d)(?=[^\W\d_])")
_LOWER = re.compile(r"[₀-₉]")
_INDEX = re.compile(r"_\{\s*(-?)(\w+)\s*\}|_(-)(\d)")
_ACCENT = re.compile(r"\\(dot|bar|overline)\s*(?:\{\s*\\?(\w+)\s*\}|\\?([^\W_]))(_\w+)?")
_COMBINED = re.compile("([^\\W\\d_])([\u0307\u0304\u0305])(\\w*)")
_WORD_BEFORE = re.compile(rf"(?<![\w\\])(dot|bar|adj)(?:\s+|_|\s*\(\s*)({_NAME})(\s*\))?(?!\w)")
_WORD_AFTER = re.compile(r"(?<![\w\\])([^\W\d_]\w*?)_?(dot|bar|adj)(?!\w)")
_PRIME = re.compile(rf"(?<!\w)({_NAME})'(?!')")
_FRACTION_PARTIAL = re.compile(
    rf"\\frac\s*\{{\s*(?:d|{_PARTIAL_MARK})\s*({_NAME})\s*\}}\s*\{{\s*(?:d|{_PARTIAL_MARK})\s*({_NAME})\s*\}}"
)
_PARTIAL = re.compile(
    rf"(?<![\w\\])(?:d|{_PARTIAL_MARK})\s?({_NAME})\s*/\s*(?:d|{_PARTIAL_MARK})\s?({_NAME})(?!\w)"
)
_DIFFERENTIAL = re.compile(rf"(?<![\w\\])[dD{_PARTIAL_MARK}]({_NAME})(?!\w)")
_MARKED = re.compile(
    rf"(?<!\w)({_NAME})([{_DOT_MARK}{_BAR_MARK}])|⟨({_NAME}),({_NAME})⟩|(?<!\w)({_NAME})"
)
_STRUCTURES = (
    (re.compile(r"\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), ("((", 1, ")/(", 2, "))")),
    (re.compile(r"\\frac\s*(\d)\s*(\d)"), ("(", 1, "/", 2, ")")),
    (re.compile(r"\\sqrt\s*\[\s*3\s*\]\s*\{([^{}]*)\}"), ("cbrt(", 1, ")")),
    (re.compile(r"\\sqrt\s*\{([^{}]*)\}"), ("sqrt(", 1, ")")),
    (re.compile(r"\^\s*\{([^{}]*)\}"), ("^(", 1, ")")),
)
_ARGUMENTS = re.compile(rf"\((?:\s*{_NAME}\s*,?)+\)")
_APPLIED = re.compile(rf"(?<!\w)([fFgh])\((?:\s*{_NAME}\s*,?)+\)")
_GROUP = re.compile(r"\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)")


def plain_text(source: MappedText, names: Names) -> MappedText:
    """A cell or line without LaTeX, with one mark for tangents, adjoints and partials each."""
    source = _decomposed(source)
    for pattern, new in _REPLACED:
        source = source.sub(pattern, lambda _, new=new: [new])  # type: ignore[misc]
    source = source.sub(_FONT, lambda _: [1])
    source = source.sub(_LOWER, lambda m: [str(ord(m[0]) - 0x2080)])
    source = source.sub(_INDEX, _index)
    source = source.sub(_FACTOR, lambda _: [1, " "])  # 2x' is 2 x'
    source = source.sub(_ACCENT, _accent)
    source = source.sub(_COMBINED, lambda m: [1, 3, _DOT_MARK if m[2] == "\u0307" else _BAR_MARK])
    source = source.sub(_FRACTION_PARTIAL, lambda _: ["⟨", 1, ",", 2, "⟩"])
    source = source.sub(_OPERATOR, lambda _: ["⟨", 2, ",", 1, "⟩"])  # d/dx f
    source = source.sub(_GRAD, lambda m: [1, _BAR_MARK] if names.has(m[1]) else [0])
    source = source.sub(_PARTIAL, lambda m: _partial(m, names))
    source = source.sub(_WORD_BEFORE, lambda m: _word_before(m, names))
    source = source.sub(_WORD_AFTER, lambda m: _word_after(m, names))
    source = source.sub(_TAPENADE, lambda m: _tapenade_suffix(m, names))  # v6b and v6d
    source = source.sub(_PRIME, lambda _: [1, _DOT_MARK])
    source = source.sub(_DIFFERENTIAL, lambda m: _differential(m, names))
    source = _structured(source)
    return source.sub(_COMMAND, lambda m: [f" {_command(m[1], names)} "])


def formula(source: MappedText, names: Names) -> Formula:
    """A text from :func:`plain_text` as a formula of the product's language."""
    atoms: dict[str, Atom] = {}

    def named(match: re.Match[str]) -> list[Replacement]:
        if match[3]:
            atom = Atom(PARTIAL, names.find(match[3]), names.find(match[4]))
        elif match[1]:
            atom = Atom(DOT if match[2] == _DOT_MARK else BAR, names.find(match[1]))
        elif match[5] in FUNCTIONS or (match[5] in ("pi", "e") and not names.has(match[5])):
            return [5]
        elif _is_product(match[5], names):  # 2xy
            atoms.update({letter: Atom("", names.find(letter)) for letter in match[5]})
            before = match.string[max(0, match.start() - _CONTEXT) : match.start()]
            below = before.rstrip().endswith("/")
            text = "*".join(match[5])
            return [f"({text})" if below else text]
        else:
            atom = Atom("", names.find(match[5]))
        atoms[atom.key] = atom
        # A function without brackets applies to the product after it, up to a marked name.
        before = match.string[max(0, match.start() - _CONTEXT) : match.start()].rstrip()
        follows = atom.kind and before[-1:] and (before[-1].isalnum() or before[-1] in ")˙¯⟩")
        word = re.search(r"[^\W\d_]+$", before)
        star = "*" if follows and not (word and word[0] in FUNCTIONS) else ""
        rest = match.string[match.end() : match.end() + _CONTEXT].lstrip()
        bracket = rest.startswith("(") and not _ARGUMENTS.match(rest) and names.has(atom.name)
        return [star, atom.key, "*" if bracket else " " if atom.kind else ""]

    source = source.sub(_APPLIED, lambda m: [1])  # f(x) is f
    return Formula(source.sub(_MARKED, named).strip(), atoms)


def _is_product(word: str, names: Names) -> bool:
    """Whether an unknown word is a product of known one-letter names, such as xy."""
    short = 2 <= len(word) <= _MAX_LETTERS and word.isalpha()
    return short and not names.has(word) and all(letter in names.known for letter in word)


def quantity(source: MappedText, names: Names) -> Atom | None:
    """The quantity that a text consists of; None if it is anything else."""
    text = source.text.strip()
    found = _MARKED.fullmatch(text)
    if found is None:
        inside = re.fullmatch(
            rf"({_NAME})({_DOT_MARK}?)\s*\((?:\s*{_NAME}\s*,?)+\)", text
        )  # f'(x, y)
        if inside is None or inside[1] in FUNCTIONS:
            return None
        return Atom(DOT if inside[2] else "", names.find(inside[1]))
    if found[3]:
        return Atom(PARTIAL, names.find(found[3]), names.find(found[4]))
    if found[1]:
        return Atom(DOT if found[2] == _DOT_MARK else BAR, names.find(found[1]))
    return None if found[5] in FUNCTIONS else Atom("", names.find(found[5]))


def _decomposed(source: MappedText) -> MappedText:
    """Split letters with a dot or bar above into letter and accent; leave all else as typed."""
    accented = re.compile(r"[^\x00-\x7f]")

    def apart(match: re.Match[str]) -> list[Replacement]:
        parts = normalize("NFD", match[0])
        return [parts] if len(parts) == 2 and parts[1] in "\u0307\u0304\u0305" else [0]

    return source.sub(accented, apart)


def _index(match: re.Match[str]) -> list[Replacement]:
    """``_{12}`` and ``_{-1}`` as part of a name."""
    if match[2] is not None:
        return ["_", "m" if match[1] else "", 2]
    return ["_m", 4]


def _accent(match: re.Match[str]) -> list[Replacement]:
    mark = _DOT_MARK if match[1] == "dot" else _BAR_MARK
    letters = 2 if match[2] is not None else 3
    return [letters, 4, mark] if match[4] is not None else [letters, mark]


def _word_before(match: re.Match[str], names: Names) -> list[Replacement]:
    if names.has(match[0].strip()) or (match[3] is None) != ("(" not in match[0]):
        return [0]
    return [2, _DOT_MARK if match[1] == "dot" else _BAR_MARK]


def _word_after(match: re.Match[str], names: Names) -> list[Replacement]:
    word, stem = match[0], match[1].rstrip("_")
    usual = names.has(stem) or re.fullmatch(r"[^\W\d_]_?m?\d+|[a-zA-Z]|\w+_(dot|bar)", word)
    usual = usual or re.fullmatch(r"[^\W\d_]_?m?\d+|[a-zA-Z]", stem)
    if word in names.known or not usual or word in FUNCTIONS:
        return [0]
    return [1, _DOT_MARK if match[2] == "dot" else _BAR_MARK]


def _tapenade_suffix(match: re.Match[str], names: Names) -> list[Replacement]:
    parts = names.has(f"{match[1]}a")  # then v2a and v2b are two names of rows
    if names.has(match[0]) or not names.has(match[1]) or parts:
        return [0]
    return [1, _BAR_MARK if match[2] == "b" else _DOT_MARK]


def _partial(match: re.Match[str], names: Names) -> list[Replacement]:
    # dx/dy is a quotient only if dx and dy are names.
    whole = re.split(r"\s*/\s*", match[0])
    if all(names.has(part) for part in whole):
        return [0]
    return ["⟨", 1, ",", 2, "⟩"]


def _differential(match: re.Match[str], names: Names) -> list[Replacement]:
    written, stem = match[0], match[1]
    if names.has(written) or written in FUNCTIONS or not names.has(stem):
        return [0]
    return [1, _DOT_MARK]


def _structured(source: MappedText) -> MappedText:
    """Translate fractions, roots and powers of LaTeX, from the inside out."""
    for _ in range(_MAX_NESTING):
        before = source.text
        for pattern, pieces in _STRUCTURES:
            source = source.sub(pattern, lambda _, pieces=pieces: list(pieces))  # type: ignore[misc]
        if source.text == before:
            source = source.sub(_GROUP, lambda _: ["(", 1, ")"])
        if source.text == before:
            break
    return source


def _command(word: str, names: Names) -> str:
    """A command without its backslash: sin for \\sin; α for \\alpha if that is a known name."""
    letter = GREEK.get(word, "")
    return letter if letter and names.has(letter) else word
