# /// script
# dependencies = ["torch", "matplotlib"]
#
# [tool.deckwright.smoke]
# steps = 2
# ///
"""A two-layer network with hand-written gradients learns three spirals."""

import math
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from matplotlib.animation import FuncAnimation
from matplotlib.colors import ListedColormap

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # the network is tiny: more threads only wait for one another

# %% data
torch.manual_seed(1)
n, h = 60, 64
r = torch.linspace(0.15, 1, n).repeat(3)
arm = torch.arange(3).repeat_interleave(n)
angle = 3.6 * r + arm * 2 * math.pi / 3 + 0.12 * torch.randn(3 * n)
X = torch.stack([r * angle.cos(), r * angle.sin()], 1)
Y = torch.eye(3)[arm]
W1, b1 = torch.randn(h, 2), torch.zeros(h)
W2, b2 = 0.1 * torch.randn(3, h), torch.zeros(3)

# %% step
def step(rate=0.5):
    Z1 = X @ W1.T + b1                # 前向
    A1 = Z1.relu()
    P = (A1 @ W2.T + b2).softmax(1)

    dZ2 = (P - Y) / len(X)            # 反向
    dZ1 = (dZ2 @ W2) * (Z1 > 0)

    W2.sub_(rate * dZ2.T @ A1)        # 更新
    b2.sub_(rate * dZ2.sum(0))
    W1.sub_(rate * dZ1.T @ X)
    b1.sub_(rate * dZ1.sum(0))
    return (P.argmax(1) == arm).double().mean().item()
# %% train
steps = 3000
grid = torch.stack(torch.meshgrid(*[torch.linspace(-1.25, 1.25, 90)] * 2, indexing="xy"), -1)
accuracy, frames = [], []
shown = sorted({round(steps * (i / 26) ** 2.2) for i in range(27)})
for t in range(steps + 1):
    if t in shown:
        regions = ((grid @ W1.T + b1).relu() @ W2.T + b2).argmax(-1)
    accuracy.append(step())
    if t in shown:
        frames.append((t, regions, accuracy[-1]))
first, last = accuracy[0], accuracy[-1]
print(f"正确率 {first:.1%} -> {last:.1%}")

# %% claims
#| smoke: false
assert last > 0.97 and first < 0.6

# %% animation
#| label: spiral
colors = [house.BLUE, house.ORANGE, house.TEAL]
fig, ax = house.figure(5, 4.6)
image = ax.imshow(frames[0][1], origin="lower", extent=(-1.25, 1.25, -1.25, 1.25), vmin=0, vmax=2,
                  cmap=ListedColormap([house.tint(c, t) for c, t in zip(colors, (0.55, 0.8, 0.7))]),
                  interpolation="nearest")
for k, (color, marker) in enumerate(zip(colors, "os^")):
    ax.plot(*X[arm == k].T, marker, color=color, markersize=6, markeredgecolor=house.PAPER)
ax.set(xlabel="$x_1$", ylabel="$x_2$")
ax.grid(False)


def draw(frame):
    """The regions of the three classes after some steps."""
    t, regions, right = frames[min(frame, len(frames) - 1)]
    image.set_data(regions)
    ax.set_title(f"第 {t} 步：对 {right:.0%}")


draw(0)
fig.canvas.draw()
fig.set_layout_engine("none")  # once is enough for all frames
plt.rcParams["savefig.dpi"] = 110  # many frames: no finer than the slide
animation = FuncAnimation(fig, draw, frames=len(frames) + 5, interval=220)
draw(len(frames))
plt.show()
