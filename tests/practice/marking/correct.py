"""Correct derivations in differing styles: layouts, notations, names, orders, groupings, digits."""

# ruff: noqa: E501 -- the works are as wide as they were typed

from __future__ import annotations

BOOK = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"
SURVEY = "ln(x1) + x1*x2 - sin(x2)"
B, S = {"x1": 1.5, "x2": 0.5}, {"x1": 2.0, "x2": 5.0}

CORRECT = {
    # --- layouts
    "spreadsheet, numbers": (BOOK, B, (
        "row\tvalue\ttangent\tadjoint\nx1\t1.5\t1\t3.0118\nx2\t0.5\t0\t-13.724\nv1\t3\t2\t1.5059\n"
        "v2\t0.1411\t-1.98\t1.3513\nv3\t1.6487\t0\t-2.8437\nv4\t1.3513\t2\t2.8437\n"
        "v5\t1.4924\t0.02\t1.3513\nv6\t2.0166\t3.0118\t1\n")),
    "spreadsheet, decimal commas": (BOOK, B, (
        "Zeile\tvalue\ttangent\nx1\t1,5\t1\nx2\t0,5\t0\nv1\t3\t2\nv2\t0,141\t-1,98\nv3\t1,649\t0\n"
        "v4\t1,351\t2\nv5\t1,492\t0,020\nv6\t2,017\t3,012\n")),
    "spreadsheet without headings": (BOOK, B, (
        "v1\tx1/x2\t3\nv2\tsin(v1)\t0.14112\nv3\texp(x2)\t1.64872\nv4\tv1-v3\t1.35128\n"
        "v5\tv2+v4\t1.4924\nv6\tv5*v4\t2.01665\n")),
    "spreadsheet, rules and numbers": (BOOK, B, (
        "v\toperation\tvalue\ttangent rule\ttangent\nx1\tinput\t1.5\tseed\t1\nx2\tinput\t0.5\tseed\t0\n"
        "v1\tx1/x2\t3.0000\tx1'/x2 - v1*x2'/x2\t2.0000\nv2\tsin v1\t0.1411\tcos(v1)*v1'\t-1.9800\n"
        "v3\te^x2\t1.6487\tv3*x2'\t0\nv4\tv1 - v3\t1.3513\tv1' - v3'\t2.0000\n"
        "v5\tv2 + v4\t1.4924\tv2' + v4'\t0.0200\nv6\tv5*v4\t2.0166\tv5'*v4 + v5*v4'\t3.0118\n")),
    "Markdown": (SURVEY, S, (
        "| | value | v̇ |\n|---|---:|---:|\n| v1 | 0.693 | 0.5 |\n| v2 | 10 | 5 |\n| v3 | 10.693 | 5.5 |\n"
        "| v4 | -0.959 | 0 |\n| v5 | 11.652 | 5.5 |\n")),
    "Markdown, adjoints from the bottom": (SURVEY, S, (
        "| name | adjoint |\n|---|---|\n| v5 | 1 |\n| v4 | 1 |\n| v3 | -1 |\n| v2 | 1 |\n| v1 | 1 |\n"
        "| x2 | 1.716 |\n| x1 | 5.5 |\n")),
    "LaTeX tabular": (BOOK, B, (
        "\\begin{tabular}{l|l|r}\n\\hline\n$v_1$ & $x_1/x_2$ & $3.0000$ \\\\\n"
        "$v_2$ & $\\sin v_1$ & $0.1411$ \\\\\n$v_3$ & $e^{x_2}$ & $1.6487$ \\\\\n"
        "$v_4$ & $v_1 - v_3$ & $1.3513$ \\\\\n$v_5$ & $v_2 + v_4$ & $1.4924$ \\\\\n"
        "$v_6$ & $v_5 \\cdot v_4$ & $2.0166$ \\\\\n\\hline\n$\\dot v_1$ & $\\frac{\\dot x_1}{x_2}$ & 2 \\\\\n"
        "$\\dot v_2$ & $\\cos(v_1)\\,\\dot v_1$ & $-1.98$ \\\\\n\\end{tabular}\n")),
    "LaTeX align": (BOOK, B, (
        "\\begin{align*}\n\\bar{v}_6 &= 1 \\\\\n\\bar{v}_5 &= \\bar{v}_6 v_4 = 1.3513 \\\\\n"
        "\\bar{v}_4 &= \\bar{v}_6 v_5 + \\bar{v}_5 \\approx 2.8437 \\\\\n\\bar{v}_3 &= -\\bar{v}_4 \\\\\n"
        "\\bar{v}_2 &= \\bar{v}_5 \\\\\n\\bar{v}_1 &= \\bar{v}_2 \\cos v_1 + \\bar{v}_4 \\\\\n"
        "\\bar{x}_1 &= \\frac{\\bar{v}_1}{x_2} = 3.0118\n\\end{align*}")),
    "CSV": (BOOK, B, "name,value,tangent\nv1,3,2\nv2,0.14112,-1.98\nv3,1.64872,0\nv4,1.35128,2\n"
            "v5,1.4924,0.0200\nv6,2.01665,3.01184\n"),
    "CSV with semicolons": (BOOK, B, "name;value;adjoint\nv6;2,0166;1\nv5;1,4924;1,3513\nv4;1,3513;2,8437\n"),
    "homework table with two directions": (SURVEY, S, (
        "Trace\tElementary function\tCurrent value\tElementary function derivative\t∇x1\t∇x2\n"
        "x1\tx1\t2\t1\t1\t0\nx2\tx2\t5\t1\t0\t1\nv1\tln(x1)\t0.6931\t1/x1\t0.5\t0\n"
        "v2\tx1*x2\t10\t-\t5\t2\nv3\tv1+v2\t10.6931\t-\t5.5\t2\nv4\tsin(x2)\t-0.9589\tcos(x2)\t0\t0.2837\n"
        "v5\tv3-v4\t11.6521\t-\t5.5\t1.7163\n")),
    # --- notations
    "primes": (BOOK, B, "v1' = x1'/x2 - x1*x2'/x2^2\nv2' = v1'*cos(v1)\nv6' = v4*v5' + v4'*v5"),
    "dots": (BOOK, B, "v̇4 = v̇1 − v̇3\nv̇5 = v̇2 + v̇4\nv̇6 = v̇5·v4 + v5·v̇4"),
    "backslash dot": (BOOK, B, r"\dot v_6 = \dot v_5 v_4 + v_5 \dot{v}_4"),
    "dot as a word": (BOOK, B, "dot v3 = v3 * dot x2\ndot(v4) = dot(v1) - dot(v3)"),
    "underscore dot": (BOOK, B, "v2_dot = cos(v1)*v1_dot\nv3_dot = exp(x2)*x2_dot"),
    "differentials": (BOOK, B, "dv2 = cos(v1)*dv1\ndv5 = dv2 + dv4\ndv6 = dv5*v4 + v5*dv4"),
    "quotients of differentials": (BOOK, B, (
        "dv1/dx1 = 1/x2\ndv2/dx1 = cos(v1)*dv1/dx1\ndv3/dx1 = 0\ndv4/dx1 = dv1/dx1 - dv3/dx1\n"
        "dv5/dx1 = dv2/dx1 + dv4/dx1\ndv6/dx1 = dv5/dx1*v4 + v5*dv4/dx1")),
    "partials with respect to rows": (BOOK, B, (
        "∂f/∂v6 = 1\n∂f/∂v5 = ∂f/∂v6*v4\n∂f/∂v4 = ∂f/∂v6*v5 + ∂f/∂v5\n∂f/∂v3 = -∂f/∂v4")),
    "bars in letters": (BOOK, B, "v5bar = v6bar*v4\nv2bar = v5bar\nx1bar = v1bar/x2"),
    "bars in Unicode": (BOOK, B, "v̄6 = 1\nv̄5 = v̄6·v4 = 1.3513\nv̄4 = v̄6·v5\nv̄4 += v̄5·1 = 2.8437"),
    "local partials": (BOOK, B, "∂v6/∂v5 = v4 = 1.3513\n∂v6/∂v4 = v5\n∂v2/∂v1 = cos(v1)\n∂v4/∂v3 = -1"),
    "chain of local partials": (BOOK, B, "v5_bar = v6_bar*dv6/dv5\nv2_bar = v5_bar*∂v5/∂v2"),
    # --- names
    "the survey's own names": (SURVEY, S, (
        "v-1 = x1 = 2\nv0 = x2 = 5\nv1 = ln v-1 = 0.693\nv2 = v-1*v0 = 10\nv3 = sin v0 = -0.959\n"
        "v4 = v1 + v2 = 10.693\nv5 = v4 - v3 = 11.652\ny = v5\nv-1' = 1\nv0' = 0\nv1' = v-1'/v-1 = 0.5\n"
        "v2' = v-1'*v0 + v0'*v-1 = 5\nv3' = v0'*cos v0 = 0\nv4' = v1' + v2' = 5.5\nv5' = v4' - v3' = 5.5")),
    "letters": (BOOK, B, (
        "q = x1/x2; s = sin(q); t = exp(x2); d = q - t; m = s + d; out = m*d\n"
        "q' = x1'/x2 - q*x2'/x2; s' = cos(q)*q'; t' = t*x2'; d' = q' - t'; m' = s' + d'; out' = m'*d + m*d'")),
    "words": (SURVEY, S, (
        "logarithm = ln(x1)\nproduct = x1*x2\nsine = sin(x2)\nresult = logarithm + product - sine\n"
        "result_bar = 1\nproduct_bar = result_bar\nsine_bar = -result_bar\nlogarithm_bar = result_bar\n"
        "x1_bar = logarithm_bar/x1 + product_bar*x2 = 5.5\nx2_bar = product_bar*x1 + sine_bar*cos(x2)")),
    "other numbers for the rows": (SURVEY, S, (
        "v1 = x1*x2\nv2 = ln(x1)\nv3 = sin(x2)\nv4 = v2 - v3\nv5 = v1 + v4\n"
        "v1' = x1'*x2 + x1*x2'\nv2' = x1'/x1\nv3' = cos(x2)*x2'\nv4' = v2' - v3'\nv5' = v1' + v4'")),
    # --- orders and groupings
    "from the bottom": (BOOK, B, "v6' = v5'*v4 + v5*v4'\nv5' = v2' + v4'\nv4' = v1' - v3'\nv3' = v3*x2'\n"
                        "v2' = cos(v1)*v1'\nv1' = (x1' - v1*x2')/x2"),
    "adjoints row by row from the top": (BOOK, B, (
        "x1_bar = v1_bar/x2\nx2_bar = v3_bar*v3 - v1_bar*v1/x2\nv1_bar = v4_bar + v2_bar*cos(v1)\n"
        "v2_bar = v5_bar\nv3_bar = -v4_bar\nv4_bar = v5_bar + v6_bar*v5\nv5_bar = v6_bar*v4\nv6_bar = 1")),
    "two steps in one row": (BOOK, B, (
        "a = x1/x2 - exp(x2)\nb = sin(x1/x2) + a\nf = a*b\n"
        "f_bar = 1\na_bar = f_bar*b\nb_bar = f_bar*a\na_bar += b_bar\n"
        "x1_bar = b_bar*cos(x1/x2)/x2 + a_bar/x2\n"
        "x2_bar = -b_bar*cos(x1/x2)*x1/x2^2 + a_bar*(-x1/x2^2 - exp(x2))")),
    "smaller steps": (SURVEY, S, (
        "a = ln(x1)\nb = x1*x2\nc = sin(x2)\nd = -c\ng = b + d\nh = a + g\n"
        "a' = x1'/x1\nb' = x1'*x2 + x1*x2'\nc' = cos(x2)*x2'\nd' = -c'\ng' = b' + d'\nh' = a' + g'")),
    "self reference for accumulation": (BOOK, B, (
        "v6_bar = 1\nv5_bar = v6_bar*v4\nv4_bar = v6_bar*v5\nv4_bar = v4_bar + v5_bar\nv3_bar = -v4_bar")),
    "everything starts at 0": (SURVEY, S, (
        "x1_bar = 0\nx2_bar = 0\nv5_bar = 1\nv4_bar = v5_bar\nv3_bar = -v5_bar\nv1_bar = v4_bar\n"
        "v2_bar = v4_bar\nx1_bar += v1_bar/x1\nx1_bar += v2_bar*x2\nx2_bar += v2_bar*x1\n"
        "x2_bar += v3_bar*cos(x2)")),
    # --- numbers
    "rounded to three digits, and carried on": (BOOK, B, (
        "v1 = 3.00\nv2 = 0.141\nv3 = 1.65\nv4 = 1.35\nv5 = 1.49\nv6 = 2.01\nv1' = 2.00\nv2' = -1.98\n"
        "v3' = 0\nv4' = 2.00\nv5' = 0.02\nv6' = 3.01")),
    "cut, not rounded": (BOOK, B, "v2 = 0.141\nv3 = 1.648\nv4 = 1.351\nv5 = 1.492\nv6 = 2.016\nv6' = 3.011"),
    "numbers put in": (BOOK, B, (
        "v6' = v5'*v4 + v5*v4' = 0.0200*1.3513 + 1.4924*2 = 3.0118\nv2' = cos(3)*2 = -1.98")),
    "the seed put in": (BOOK, B, "v1' = 1/x2\nv3' = 0\nv4' = v1'\nv5_bar = v4\nv4_bar = v5 + v4"),
    "fractions": ("x*y/(x + y)", {"x": 1.0, "y": 2.0}, (
        "v1 = x*y = 2\nv2 = x + y = 3\nv3 = v1/v2 = 2/3\nv3_bar = 1\nv1_bar = 1/3\nv2_bar = -2/9\n"
        "x_bar = v1_bar*y + v2_bar = 4/9\ny_bar = 1/9")),
    "roots and pi": ("sin(x)*x", {"x": 1.0471975511965976}, (
        "v1 = sin(x) = sqrt(3)/2\nv2 = v1*x\nv1' = cos(x)*x' = 1/2\nv2' = v1'*x + v1*x' = pi/6 + sqrt(3)/2")),
    "powers of ten": ("x^2*y", {"x": 1e-3, "y": 2.0}, (
        "v1 = 1e-6\nv2 = 2·10^-6\nx_bar = 4·10^{-3}\ny_bar = 1*10^-6")),
    # --- answers alone
    "a gradient of numbers": (BOOK, B, "(3.0118, -13.724)"),
    "a gradient of formulas": (SURVEY, S, "∇f = (1/x1 + x2, x1 - cos(x2))"),
    "a derivative alone": ("x^2*sin(x)", {"x": 0.4}, "2*x*sin(x) + x^2*cos(x)"),
    "f prime": ("x^2*sin(x)", {"x": 0.4}, "f'(x) = x(2 sin(x) + x cos(x)) = 0.4589"),
    "two partial derivatives": (SURVEY, S, "df/dx1 = x2 + 1/x1 = 5.5\n∂f/∂x2 = x1 - cos(x2) ≈ 1.716"),
    # --- words between
    "with headings and remarks": (BOOK, B, (
        "Forward mode:\n1) v1' = x1'/x2 - v1*x2'/x2   # quotient rule\n2) v2' = cos(v1)*v1'\n\n"
        "Then the rest:\n- v4' = v1' - v3'\n- v5' = v2' + v4'")),
}  # fmt: skip
"""Style → function, point, derivation."""
