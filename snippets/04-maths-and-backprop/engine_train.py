# /// script
# dependencies = ["scikit-learn", "matplotlib"]
# ///
"""The scalar engine trains a small network on two moons."""

import random
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import make_moons

from engine import Value

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

# %% data
random.seed(0)
points, labels = make_moons(40, noise=0.08, random_state=0)
data = [(*point, 2.0 * label - 1) for point, label in zip(points.tolist(), labels.tolist())]

# %% network
H = 8
hidden = [[Value(random.gauss(0, 1)) for _ in range(3)] for _ in range(H)]
out = [Value(random.gauss(0, 0.5)) for _ in range(H)]
parameters = [*(p for row in hidden for p in row), *out]
pairs = list(zip(out, hidden))

# %% train
def model(p, q):
    return sum(v * (a * p + b * q + c).tanh()
               for v, (a, b, c) in pairs)

losses = []
for step in range(200):
    errors = [model(*p) - y for *p, y in data]
    squares = sum(e * e for e in errors)
    loss = squares * (1 / len(data))
    for p in parameters:
        p.grad = 0.0
    loss.backward()
    for p in parameters:
        p.data -= 0.2 * p.grad
    losses.append(loss.data)
# %% result
right = sum((model(a, b).data > 0) == (y > 0) for a, b, y in data)
print(f"{len(parameters)} 个参数：损失 {losses[0]:.2f} -> {losses[-1]:.3f}")
print(f"40 个点，对 {right} 个")
# %% claims
count, first, last = len(parameters), losses[0], losses[-1]
nodes, stack = set(), [loss]
while stack:
    value = stack.pop()
    if value not in nodes:
        nodes.add(value)
        stack += value.parents
size = len(nodes)
assert right == 40 and last < 0.1 * first

# %% boundary
#| label: engine_trained
fig, ax = house.figure(5, 4.0)
a, b = np.meshgrid(np.linspace(-1.7, 2.7, 120), np.linspace(-1.2, 1.7, 90))
weights = np.array([[p.data for p in row] for row in hidden])
height = np.tanh(np.stack([a, b, np.ones_like(a)], -1) @ weights.T) @ [p.data for p in out]
ax.contourf(a, b, height, levels=[-9, 0, 9],
            colors=[house.tint(house.BLUE, 0.75), house.tint(house.ORANGE, 0.85)])
ax.contour(a, b, height, levels=[0], colors=house.INK, linewidths=house.LINE)
for sign, color, marker in [(-1, house.BLUE, "o"), (1, house.ORANGE, "s")]:
    ax.plot(*np.array([(p, q) for p, q, y in data if y == sign]).T, marker, color=color, markersize=9,
            markeredgecolor=house.PAPER)
ax.set(xlabel="$x_1$", ylabel="$x_2$")
ax.grid(False)
plt.show()
