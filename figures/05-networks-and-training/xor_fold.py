"""隐藏层把平面折了一下：异或的四个点在折过的平面里一条直线就能分开。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

X = torch.tensor([[0., 0], [0, 1], [1, 0], [1, 1]])
y = [0, 1, 1, 0]
W1, b1 = torch.tensor([[1., 1.], [1., 1.]]), torch.tensor([0., -1.])
h = torch.relu(X @ W1.T + b1)

fig, (left, right) = house.figure(11.2, 4.9, cols=2)
for ax, points in ((left, X), (right, h)):
    for (a, b), target in zip(points.tolist(), y):
        ax.plot(a, b, marker="s" if target else "o", markersize=18, linestyle="",
                color=house.ORANGE if target else house.BLUE)
    ax.grid(False)
    ax.set(aspect="equal")
offset = {"textcoords": "offset points", "fontsize": house.SMALL}
for (a, b), place in zip(X.tolist(), ((14, 8), (14, 8), (14, 8), (14, 8))):
    left.annotate(f"({a:.0f}, {b:.0f})", (a, b), xytext=place, **offset)
t = torch.linspace(-0.5, 1.8, 2)
for level, style in ((0, "-"), (1, (0, (5, 2)))):
    left.plot(t, level - t, color=house.GREY, linestyle=style, linewidth=1.6)
left.annotate("$x_1+x_2=1$", (-0.38, 1.42), fontsize=house.SMALL, color=house.MUTED)
left.annotate("$x_1+x_2=0$", (0.5, -0.42), fontsize=house.SMALL, color=house.MUTED)
left.set(title="输入空间：分不开", xlabel="$x_1$", ylabel="$x_2$")
left.set(xlim=(-0.5, 1.7), ylim=(-0.5, 1.7), xticks=[0, 1], yticks=[0, 1])
right.plot([-0.3, 2.5], [(-0.3 - 0.5) / 2, (2.5 - 0.5) / 2], color=house.INK)
right.annotate(r"$h_1-2h_2=\frac{1}{2}$", (1.55, 0.62), ha="right", fontsize=house.TEXT)
for (a, b), text in zip(h.tolist(), ("(0, 0)", "(0, 1) 与 (1, 0)\n重合", "", "(1, 1)")):
    right.annotate(text, (a, b), xytext=(0, 14) if b or not a else (6, -48), ha="center", **offset)
right.set(title="隐藏空间：一条直线分开", xlabel="$h_1=$ relu$(x_1+x_2)$", ylabel="$h_2=$ relu$(x_1+x_2-1)$",
          xlim=(-0.4, 2.5), ylim=(-0.6, 1.5), xticks=[0, 1, 2], yticks=[0, 1])
assert [float(a - 2 * b > 0.5) for a, b in h.tolist()] == y
plt.show()
