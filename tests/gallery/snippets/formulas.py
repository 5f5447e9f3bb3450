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
