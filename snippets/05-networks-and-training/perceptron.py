# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""感知机学与、或、异或：前两个学会，异或永远错至少一个。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

X = torch.tensor([[0., 0], [0, 1], [1, 0], [1, 1]])
GATES = {"AND": [0., 0, 0, 1], "OR": [0., 1, 1, 1], "XOR": [0., 1, 1, 0]}


# %% learn
def learn(y, rounds=20):
    w, b = torch.zeros(2), torch.zeros(())
    for _ in range(rounds):
        for x, t in zip(X, y):
            guess = (x @ w + b > 0).float()
            w += (t - guess) * x
            b += t - guess
    return w, b

# %% results
learnt, right = {}, {}
for name, y in GATES.items():
    w, b = learn(torch.tensor(y))
    guess = (X @ w + b > 0).float()
    learnt[name] = w, b
    right[name] = int((guess == torch.tensor(y)).sum())
    print(f"{name:4}{right[name]} / 4")

# %% any_line
values = torch.linspace(-2, 2, 41)
W = torch.cartesian_prod(values, values, values)
guess = (X @ W[:, :2].T + W[:, 2] > 0).float()
scores = (guess == torch.tensor(GATES["XOR"])[:, None]).sum(0)
lines, best = len(W), int(scores.max())
print(f"{lines} lines, best {best} / 4")

# %% drawing
#| label: perceptron_lines
#| fig-alt: 感知机学到的分界线：与和或各被一条线分开，异或总有一个点分错
fig, axes = house.figure(11.4, 4.3, cols=3)
grid = torch.cartesian_prod(torch.linspace(-0.5, 1.5, 200), torch.linspace(-0.5, 1.5, 200))
# For XOR the rule never settles; draw the best line there is.
shown = {**learnt, "XOR": (torch.tensor([1., 1.]), torch.tensor(-0.5))}
for ax, (name, (w, b)) in zip(axes, shown.items()):
    y = torch.tensor(GATES[name])
    side = (grid @ w + b > 0).float().view(200, 200).T
    ax.contourf(*[torch.linspace(-0.5, 1.5, 200)] * 2, side, levels=[-0.5, 0.5, 1.5],
                colors=[house.tint(house.BLUE, 0.86), house.tint(house.ORANGE, 0.8)])
    guess = (X @ w + b > 0).float()
    for x, target, g in zip(X, y, guess):
        ax.plot(*x, marker="s" if target else "o", markersize=15, linestyle="",
                color=house.ORANGE if target else house.BLUE)
        if g != target:
            ax.plot(*x, marker="o", markersize=32, fillstyle="none", markeredgewidth=3, color=house.RED)
    count = int((guess == y).sum())
    ax.set(title=f"{name}：{count} / 4", xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1],
           xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), aspect="equal")
    ax.grid(False)
plt.show()

# %% claims
assert right["AND"] == right["OR"] == 4
assert right["XOR"] <= 3 and best == 3
