"""Further styles in which students write what is right: names, notations, short cuts, layouts."""

# ruff: noqa: E501 -- the works are as wide as they were typed

from __future__ import annotations

from tests.practice.marking.correct import BOOK, SURVEY, B, S

Q = {"x": 2.0, "y": 3.0}

STYLES = {
    "Leibniz of every row": (SURVEY, S, (
        "dv1/dx1 = 1/x1\ndv2/dx1 = x2\ndv3/dx1 = dv1/dx1 + dv2/dx1\ndv4/dx1 = 0\n"
        "dv5/dx1 = dv3/dx1 - dv4/dx1 = 5.5"
    )),
    "Leibniz of z": ("u = x*y\nz = sin(u) + u", Q, (
        "du/dx = y = 3\ndz/du = cos(u) + 1\ndz/dx = dz/du*du/dx = (cos(6)+1)*3 = 5.88\n"
        "dz/dy = dz/du * du/dy = (cos(u)+1)*x"
    )),
    "df of a program of rows": ("v1 = x*y\nv2 = sin(v1)", Q, (
        "df/dx = y*cos(x*y)\ndf/dy = x*cos(x*y)"
    )),
    "f prime of rows": ("a = x^2\nb = sin(a)", {"x": 0.7}, (
        "f'(x) = 2x cos(x^2)"
    )),
    "dy/dx": ("x^2*exp(x)", {"x": 1.5}, (
        "dy/dx = 2*x*e^x + x^2*e^x = 23.53"
    )),
    "y prime": ("x^2*exp(x)", {"x": 1.5}, (
        "y' = 2x e^x + x^2 e^x"
    )),
    "adj_v3": (SURVEY, S, (
        "adj_v5 = 1\nadj_v3 = adj_v5\nadj_v4 = -adj_v5\nadj_v1 = adj_v3\nadj_v2 = adj_v3\n"
        "adj_x1 = adj_v1/x1 + adj_v2*x2 = 5.5\nadj_x2 = adj_v2*x1 + adj_v4*cos(x2) = 1.716"
    )),
    "bar_v3": (SURVEY, S, (
        "bar_v5 = 1\nbar_v3 = bar_v5\nbar_v4 = -bar_v5\nbar_x2 = x1*bar_v3 + cos(x2)*bar_v4"
    )),
    "v3_adj": (SURVEY, S, (
        "v5_adj = 1\nv3_adj = v5_adj\nx1_adj = v3_adj*x2 + v3_adj/x1"
    )),
    "grad_v3": (SURVEY, S, (
        "grad_v5 = 1\ngrad_v3 = grad_v5\ngrad_v4 = -grad_v5"
    )),
    "v3.grad": (SURVEY, S, (
        "v5.grad = 1\nv3.grad = v5.grad\nv4.grad = -v5.grad"
    )),
    "dv3 reverse with dL": ("a = w*x\nz = a + b\nL = (z - t)^2", {"w": 0.8, "x": 1.5, "b": -0.3, "t": 1.0}, (
        "dL/dz = 2*(z - t) = -0.2\ndL/da = dL/dz = -0.2\ndL/db = dL/dz\ndL/dw = dL/da*x = -0.3\n"
        "dL/dx = dL/da * w = -0.16"
    )),
    "dz as adjoint": ("a = w*x\nz = a + b\nL = (z - t)^2", {"w": 0.8, "x": 1.5, "b": -0.3, "t": 1.0}, (
        "∂L/∂z = 2(z-t)\n∂L/∂w = 2(z-t)x = -0.3\n∂L/∂b = 2(z - t)"
    )),
    "factors reordered": (BOOK, B, (
        "v6' = v4'*v5 + v4*v5'\nv2' = v1'*cos(v1)\nv3' = x2'*v3\n"
        "v1' = x2^-1*x1' - x1*x2^(-2)*x2'"
    )),
    "simplified": ("sin(x)/cos(x)", {"x": 0.4}, (
        "v1' = cos(x)*x'\nv2' = -sin(x)*x'\nv3' = x'/cos(x)^2\n"
    )),
    "simplified with identity": ("sin(x)^2 + cos(x)^2*x", {"x": 0.4}, (
        "f'(x) = sin(2x) - x sin(2x) + cos(x)^2"
    )),
    "answer simplified": ("(x+1)/(x-1)", {"x": 3.0}, (
        "f'(x) = -2/(x-1)^2 = -1/2"
    )),
    "three digits carried": (SURVEY, S, (
        "v1 = 0.693\nv2 = 10.0\nv3 = 10.7\nv4 = -0.959\nv5 = 11.7\nv5_bar = 1\nv3_bar = 1\n"
        "v4_bar = -1\nx2_bar = 2 - 0.284 = 1.72\nx1_bar = 5 + 0.5 = 5.50"
    )),
    "partial rows omitted": (BOOK, B, (
        "v̄6 = 1\nv̄4 = v5 + v4 = 2.844\nx̄1 = 3.012\nx̄2 = -13.72"
    )),
    "only the last": (BOOK, B, (
        "x1_bar = 3.01\nx2_bar = -13.7"
    )),
    "LaTeX dot": (BOOK, B, (
        "\\dot{v}_1 = \\frac{\\dot{x}_1}{x_2} - \\frac{x_1 \\dot{x}_2}{x_2^2}\n"
        "\\dot{v}_2 = \\cos(v_1)\\,\\dot{v}_1\n\\dot{v}_3 = e^{x_2}\\dot{x}_2"
    )),
    "LaTeX bar": (BOOK, B, (
        "$\\bar{v}_5 = \\bar{v}_6 v_4$\n$\\bar{v}_4 = \\bar{v}_6 v_5 + \\bar{v}_5$\n"
        "$\\overline{v}_3 = -\\overline{v}_4$"
    )),
    "LaTeX partial": (BOOK, B, (
        "\\frac{\\partial f}{\\partial v_5} = v_4\n\\frac{\\partial f}{\\partial v_4} = v_5 + v_4\n"
        "\\frac{\\partial f}{\\partial x_1} = 3.012"
    )),
    "LaTeX aligned chain": (BOOK, B, (
        "\\begin{aligned}\\frac{\\partial f}{\\partial v_4} &= \\frac{\\partial f}{\\partial v_6}\\frac{\\partial v_6}{\\partial v_4} + \\frac{\\partial f}{\\partial v_5}\\frac{\\partial v_5}{\\partial v_4} \\\\ &= v_5 + v_4 = 2.844\\end{aligned}"
    )),
    "continuation lines": (BOOK, B, (
        "v4_bar = v6_bar*v5 + v5_bar\n       = 1.4924 + 1.3513\n       = 2.8437"
    )),
    "Markdown bold and code": (SURVEY, S, (
        "| step | `v` | **value** | tangent |\n|--|--|--|--|\n| 1 | `v1` | **0.693** | 0.5 |\n"
        "| 2 | `v2` | **10** | 5 |\n| 3 | v3 | 10.69 | 5.5 |"
    )),
    "minus form": (SURVEY, S, (
        "v4_bar -= v5_bar\nv3_bar += v5_bar\nx2_bar += v3_bar*x1\nx2_bar += v4_bar*cos(x2)\n"
        "v1_bar += v3_bar\nx1_bar += v3_bar*x2\nx1_bar += v1_bar/x1"
    )),
    "arrows": (SURVEY, S, (
        "v5_bar ← 1\nv3_bar ← v5_bar\nv4_bar ← -v5_bar"
    )),
    "code style": (SURVEY, S, (
        "dx1 = 1; dx2 = 0\ndv1 = dx1 / x1\ndv2 = dx1*x2 + x1*dx2\ndv3 = dv1 + dv2\n"
        "dv4 = math.cos(x2)*dx2\ndv5 = dv3 - dv4"
    )),
    "np code": (SURVEY, S, (
        "dv1 = 1/x1 * dx1\ndv4 = np.cos(x2) * dx2\n"
    )),
    "python powers": ("x**3 + 2*x", {"x": 1.2}, (
        "f' = 3*x**2 + 2 = 6.32"
    )),
    "w names": (SURVEY, S, (
        "w1 = x1\nw2 = x2\nw3 = ln(w1)\nw4 = w1*w2\nw5 = sin(w2)\nw6 = w3 + w4\nw7 = w6 - w5\n"
        "ẇ1 = 1\nẇ2 = 0\nẇ3 = ẇ1/w1 = 0.5\nẇ4 = ẇ1*w2 + w1*ẇ2 = 5\nẇ5 = cos(w2)*ẇ2 = 0\nẇ6 = 5.5\n"
        "ẇ7 = ẇ6 - ẇ5 = 5.5"
    )),
    "w names reverse": (SURVEY, S, (
        "w1 = x1\nw2 = x2\nw3 = ln(w1)\nw4 = w1*w2\nw5 = sin(w2)\nw6 = w3 + w4\nw7 = w6 - w5\n"
        "w̄7 = 1\nw̄6 = w̄7\nw̄5 = -w̄7\nw̄4 = w̄6\nw̄3 = w̄6\nw̄2 = w̄4*w1 + w̄5*cos(w2) = 1.716\n"
        "w̄1 = w̄4*w2 + w̄3/w1 = 5.5"
    )),
    "two-sided chain": (BOOK, B, (
        "∂f/∂x1 = ∂f/∂v1 * ∂v1/∂x1 = v̄1/x2"
    )),
    "numbers with units of e": ("exp(2*x)", {"x": 0.5}, (
        "v1' = 2\nv2' = 2e"
    )),
    "fractions and pi": ("sin(pi*x)", {"x": 0.25}, (
        "v1' = π\nv2' = π cos(π/4) = π√2/2 ≈ 2.22"
    )),
    "percent dots": (SURVEY, S, (
        "∇f = [5.5, 1.716]"
    )),
    "gradient transposed": (SURVEY, S, (
        "grad f = (5.5, 1.716)^T"
    )),
    "df = ...dx": (SURVEY, S, (
        "df = (1/x1 + x2)*dx1 + (x1 - cos(x2))*dx2"
    )),
    "both directions by rows": (SURVEY, S, (
        "dv1/dx1 = 0.5, dv1/dx2 = 0\ndv2/dx1 = 5, dv2/dx2 = 2\ndv5/dx1 = 5.5, dv5/dx2 = 1.716"
    )),
    "numbers 3 digits times": (BOOK, B, (
        "v2' = cos(3)*2 = -0.990*2 = -1.98\nv6' = 0.02*1.35 + 1.49*2 = 3.01"
    )),
    "0.5 as .5": (SURVEY, S, (
        "v1' = .5\nv2' = 5.\nv3' = 5.50"
    )),
    "quotient by the rule": ("x*y/(x + y)", {"x": 1.0, "y": 2.0}, (
        "v3' = (v2*v1' - v1*v2')/v2^2 = (3*2 - 2*1)/9 = 4/9"
    )),
    "abs": ("abs(x)*x", {"x": -2.0}, (
        "f'(x) = 2|x| = 4"
    )),
    "sqrt as power": ("sqrt(x^2 + 1)", {"x": 2.0}, (
        "v1' = 2x\nv3' = (1/2)*v2^(-1/2)*v2'\nf' = x/sqrt(x^2+1) = 0.894"
    )),
    "log10 words": ("log(x)*x", {"x": 2.0}, (
        "f'(x) = ln(x) + 1 = 1.693"
    )),
    "sec": ("tan(x)", {"x": 0.4}, (
        "f'(x) = sec(x)^2 = 1 + tan(x)^2 = 1.18"
    )),
    "implicit mult": ("3*x*y", Q, (
        "df/dx = 3y = 9\ndf/dy = 3x = 6"
    )),
    "d/dx": ("x^2*y", Q, (
        "d/dx f = 2*x*y\n∂/∂y f = x^2"
    )),
    "vec": ("[x*y, x + y]", Q, (
        "v1' = x'*y + x*y'\nv2' = x' + y'"
    )),
    "tilde rounding": (BOOK, B, (
        "v2' ≈ -1.98\nv6' ~ 3.01\nv5' ≃ 0.02"
    )),
    "sum so far": (SURVEY, S, (
        "x1_bar = 0.5\nx1_bar = 0.5 + 5 = 5.5"
    )),
    "temp": (SURVEY, S, (
        "tmp = x1*x2\nout = ln(x1) + tmp - sin(x2)\ndout/dtmp = 1\ndout/dx1 = 1/x1 + x2"
    )),
    "values in steps": (BOOK, B, (
        "v1 = x1/x2 = 1.5/0.5 = 3\nv2 = sin(v1) = sin(3) = 0.141\nv3 = e^{x2} = e^0.5 = 1.649\n"
        "v4 = v1 - v3 = 3 - 1.649 = 1.351\nv5 = v2 + v4 = 0.141 + 1.351 = 1.492\n"
        "v6 = v5*v4 = 1.492*1.351 = 2.016"
    )),
    "LaTeX table of both": (BOOK, B, (
        "\\begin{tabular}{c|c|c|c} $v$ & value & $\\dot v$ & $\\bar v$ \\\\ \\hline $v_1$ & 3 & 2 & 1.506 \\\\ $v_2$ & 0.141 & -1.98 & 1.351 \\\\ $v_3$ & 1.649 & 0 & -2.844 \\\\ $v_4$ & 1.351 & 2 & 2.844 \\\\ $v_5$ & 1.492 & 0.020 & 1.351 \\\\ $v_6$ & 2.017 & 3.012 & 1 \\end{tabular}"
    )),
    "contribution column": (BOOK, B, (
        "name,contribution,sum so far\nv6,1,1\nv5,1.3513,1.3513\nv4,1.4924,1.4924\n"
        "v4,1.3513,2.8437"
    )),
    "reverse table with rules": (BOOK, B, (
        "| row | adjoint rule | adjoint |\n|---|---|---|\n| v6 | 1 | 1 |\n"
        "| v5 | v̄6·v4 | 1.351 |\n| v4 | v̄6·v5 + v̄5 | 2.844 |\n| v3 | −v̄4 | −2.844 |\n"
        "| v2 | v̄5 | 1.351 |\n| v1 | v̄4 + v̄2·cos v1 | 1.506 |\n"
        "| x2 | v̄3·v3 − v̄1·x1/x2² | −13.72 |\n| x1 | v̄1/x2 | 3.012 |"
    )),
    "square sign": (BOOK, B, (
        "x2_bar = v3_bar*e^x2 − v1_bar*x1/x2²"
    )),
    "bars over fractions": (BOOK, B, (
        "\\bar x_2 = \\bar v_3 v_3 - \\bar v_1 \\frac{v_1}{x_2} \\approx -13.724"
    )),
    "dot product with seeds": (SURVEY, S, (
        "x1' = 1\nx2' = 2\nv1' = 0.5\nv2' = 5 + 4 = 9\nv4' = 9.5\nv3' = 2*cos(5) = 0.567\n"
        "v5' = 8.93"
    )),
    "directional": (SURVEY, S, (
        "ẋ1 = 1, ẋ2 = 1\nv̇1 = 1/2\nv̇2 = 5 + 2 = 7\nv̇3 = cos 5 = 0.284\nv̇4 = 7.5\nv̇5 = 7.216"
    )),
    "seed two": (SURVEY, S, (
        "v5_bar = 2\nv4_bar = 2\nv3_bar = -2\nx1_bar = 11"
    )),
    "product of partials": (BOOK, B, (
        "∂f/∂x1 = (∂v6/∂v5*∂v5/∂v2*∂v2/∂v1 + ∂v6/∂v5*∂v5/∂v4*∂v4/∂v1 + ∂v6/∂v4*∂v4/∂v1)*∂v1/∂x1"
    )),
    "ln rules": ("ln(x^2*y)", Q, (
        "df/dx = 2/x = 1\ndf/dy = 1/y = 0.333"
    )),
    "trig id": ("sin(x)*cos(x)", {"x": 0.4}, (
        "f'(x) = cos(2x) = 0.697"
    )),
    "exp rules": ("exp(x)*exp(y)", Q, (
        "df/dx = e^(x+y) = 148.4"
    )),
    "sqrt rational": ("1/sqrt(x)", {"x": 4.0}, (
        "f'(x) = -1/(2*x*sqrt(x)) = -1/16"
    )),
    "x^x": ("x^x", {"x": 2.0}, (
        "f'(x) = x^x (ln x + 1) = 6.77"
    )),
    "sigmoid": ("1/(1 + exp(-x))", {"x": 0.5}, (
        "f'(x) = f(x)(1 - f(x)) = 0.235"
    )),
    "sigmoid s": ("s = sigmoid(x)\ny = s*x", {"x": 0.5}, (
        "s' = s(1-s) = 0.235\ny' = s'*x + s = 0.740"
    )),
    "greek": ("θ = w*x\nσ = tanh(θ)", {"w": 0.5, "x": 1.2}, (
        "θ' = w'*x + w*x'\nσ' = (1 - σ^2)*θ'\nσ̄ = 1\nθ̄ = σ̄*(1 - σ^2)\nw̄ = θ̄*x"
    )),
    "words with colon": (BOOK, B, (
        "Adjoint of v5: v5_bar = v6_bar*v4 = 1.3513\nSo: v4_bar = v6_bar*v5 + v5_bar = 2.8437"
    )),
    "therefore": (BOOK, B, (
        "∴ v5_bar = 1.3513\n⇒ v4_bar = 2.8437\n=> v3_bar = -2.8437"
    )),
    "equation numbers": (BOOK, B, (
        "(1) v5_bar = v6_bar*v4\n(2) v4_bar = v6_bar*v5 + v5_bar"
    )),
    "units at the end": (BOOK, B, (
        "v5_bar = v6_bar*v4 = 1.3513.\nv4_bar = 2.8437;"
    )),
    "sci": ("x^3*y", {"x": 20.0, "y": 3.0}, (
        "df/dx = 3.6e3\ndf/dy = 8.0×10^3"
    )),
    "percent comments": (BOOK, B, (
        "% reverse sweep\nv5_bar = v6_bar*v4\n// next\nv3_bar = -v4_bar"
    )),
    "python augmented": (BOOK, B, (
        "v6b = 1.0\nv5b = v6b*v4\nv4b = v6b*v5\nv4b += v5b\nv3b = -v4b"
    )),
    "d prefix adjoint": ("z = x*y\nL = sin(z)", Q, (
        "dL = 1\ndz = dL*cos(z)\ndx = dz*y\ndy = dz*x"
    )),
    "partial rule list": (SURVEY, S, (
        "∂v1/∂x1 = 1/x1 = 0.5\n∂v2/∂x1 = x2 = 5\n∂v2/∂x2 = x1 = 2\n∂v3/∂x2 = cos(x2) = 0.284\n"
        "∂v4/∂v1 = ∂v4/∂v2 = 1\n∂v5/∂v3 = -1"
    )),
    "chain equal": (SURVEY, S, (
        "v1_bar = v2_bar = v4_bar = v5_bar = 1"
    )),
    "several on a line": (SURVEY, S, (
        "v5_bar = 1; v4_bar = 1; v3_bar = -1; v2_bar = 1; v1_bar = 1"
    )),
    "tuple": ("x^2*y", Q, (
        "∇f = (2xy, x^2) = (12, 4)"
    )),
    "total differential": ("x^2*y", Q, (
        "df = 2*x*y*dx + x^2*dy"
    )),
    "abs value max": ("max(x, y)*x", Q, (
        "df/dx = y = 3\ndf/dy = x = 2"
    )),
    "where": ("where(x > 0, x^2, -x)", {"x": 2.0}, (
        "f'(x) = 2x = 4"
    )),
    "inverse trig": ("asin(x)", {"x": 0.5}, (
        "f'(x) = 1/sqrt(1-x^2) = 2/sqrt(3) = 1.155"
    )),
    "parts of a row": ("x*y + sin(x)", Q, (
        "v1 = x*y\nv2a = sin(x)\nv2b = v1 + v2a\nv2a' = cos(x)*x'\nv2b' = v1' + v2a'"
    )),
    "letters side by side": ("x^2*y", Q, (
        "df/dx = 2xy\n = 2·2·3\n = 12"
    )),
    "letters below a line": ("ln(x*y)", Q, (
        "df/dx = y/xy = 1/x\ndf/dy = 1/y"
    )),
}  # fmt: skip
"""Style → function, point, derivation."""
