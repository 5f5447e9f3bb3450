from collections import Counter, namedtuple
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

Point = namedtuple("Point", "x y")


@dataclass
class Run:
    model: str
    loss: float


pair = (1, 2)
single = ("one",)
nested = {"layers": [64, 10], "drop": None, 3: (True, "x")}
point = Point(1, 2.5)
run = Run("mlp", 0.25)
matrix = np.eye(2, dtype=int)
words = Counter("abca")
share = 0.97312
million = 1234567
text = "a *b* <c> $d$ `e`"

# %% objects
print(pair, single, nested, point, run, sep="\n")

# %% arrays
np.linspace(0, 1, 12).reshape(3, 4).round(3)

# %% several
from IPython.display import display

display(pair, "text", Fraction(1, 3))
words


# %% unknown
class Model:
    pass


Model()

# %% html
from IPython.display import HTML

display(HTML("<b>bold</b>"), HTML("<table><tr><th>a</th></tr><tr><td>1</td></tr></table>"))

# %% functions
len, Model, range(3), lambda: 0
