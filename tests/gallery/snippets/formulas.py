import sympy
from IPython.display import Latex, Markdown, Math, display
from sympy import Eq, Matrix, Sum, cos, symbols

x, y, k, n = symbols("x y k n")

# %% integral
sympy.integrate(x**2 * cos(x), x)

# %% matrix
Matrix([[1, x], [y, x**2]]) ** -1

# %% equation
Eq(Sum(1 / k**2, (k, 1, sympy.oo)), sympy.zeta(2))

# %% ordered
for power in (2, 3):
    print(f"derivative of x^{power}:")
    display(sympy.diff(x**power, x))
print("done")

# %% math
Math(r"\hat{y} = \sigma\left(\sum_i w_i x_i + b\right)")

# %% latex
Latex(r"The loss is $-\log p$, its gradient $\displaystyle\frac{\partial L}{\partial z} = p - y$.")

# %% markdown
Markdown(r"""
### Findings

1. **bold** and *slanted*, `code`
2. a [link](https://example.org) and $x^2$

| model | loss |
|-------|-----:|
| `mlp` |  1.5 |
""")

# %% list
[x**2, sympy.sqrt(y)]

# %% cases
sympy.Piecewise((x**2, x < 0), (sympy.sqrt(x), True))

# %% align
Latex(r"""\begin{align}
z &= w x + b \\
y &= \max(0, z)
\end{align}""")

# %% among
Markdown(
    r"The set $\{1, 2\}$ has $2^2$ subsets, since $$\sum_{k=0}^n \binom{n}{k} = 2^n.$$ So **that** is it."
)
