# /// script
# dependencies = ["torch", "matplotlib"]
#
# [tool.deckwright.smoke]
# FRAMES = 2
# ///
"""Batch, mini-batch and stochastic descent on one surface: one loop, three sizes of batch."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# %% data
torch.manual_seed(3)
N = 64
x = torch.rand(N) * 2.5 - 0.5
y = 1.5 * x + 0.5 + 0.5 * torch.randn(N)

def J(theta, x=x, y=y):
    w, b = theta[..., :1], theta[..., 1:]
    return ((w * x + b - y) ** 2).mean(-1)

# %% loop
def train(B, epochs=8, rate=0.08):
    theta = torch.tensor([-1.5, 2.5], requires_grad=True)
    path = [theta.detach().clone()]
    for epoch in range(epochs):
        for batch in torch.randperm(N).split(B):    # 打乱，切批
            loss = J(theta, x[batch], y[batch])
            (g,) = torch.autograd.grad(loss, theta)
            theta.data -= rate * g
            path.append(theta.detach().clone())
    return torch.stack(path)
# %% run
paths = {name: train(B) for name, B in [("批量", N), ("小批量", 8), ("随机", 1)]}
for name, path in paths.items():
    print(f"{name}：更新 {len(path) - 1} 次，J = {J(path[-1]):.3f}")
# %% claims
epochs, batch = 8, 8
updates = {name: (len(path) - 1) // epochs for name, path in paths.items()}
full, mini, single = updates.values()
assert (full, mini, single) == (1, N // batch, N)
curves = {name: J(path) for name, path in paths.items()}
assert (curves["批量"].diff() < 0).all()                       # the batch's loss falls at every step
ups = {name: (curve.diff() > 0).double().mean().item() for name, curve in curves.items()}
assert ups["批量"] == 0 < ups["小批量"] < ups["随机"]
jitter = {name: path.diff(dim=0)[-len(path) // 2 :].var(0).sum().item() for name, path in paths.items()}
assert jitter["随机"] > jitter["小批量"] > jitter["批量"]
design = torch.stack([x, torch.ones(N)], 1)
best = torch.linalg.lstsq(design, y[:, None]).solution[:, 0]
lowest = J(best).item()
up_single, up_mini = ups["随机"], ups["小批量"]
colors = {"批量": house.BLUE, "小批量": house.TEAL, "随机": house.ORANGE}

# %% paths
#| label: three_descents
fig, axes = house.figure(12, 5, cols=3, sharex=True, sharey=True)
columns, rows = torch.linspace(-1.9, 3, 80), torch.linspace(-0.7, 2.9, 70)
grid = torch.stack(torch.meshgrid(columns, rows, indexing="xy"), -1)
heights = J(grid)
trails, notes = {}, {}
for ax, (name, path) in zip(axes, paths.items()):
    ax.contour(*grid.unbind(-1), heights, levels=[0.3, 0.5, 0.8, 1.2, 1.8, 2.6, 3.6, 5, 7, 10],
               colors=house.GREY, linewidths=house.THIN)
    ax.plot(*best, marker="*", markersize=18, color=house.RED, zorder=5)
    ax.plot(*path[0], marker="o", markersize=11, color=house.INK)
    (trails[name],) = ax.plot([], [], color=colors[name], marker="o", markersize=4, linewidth=1.5)
    notes[name] = ax.set_title(name)
    ax.set(xlabel="$w$", xlim=(-1.9, 3), ylim=(-0.7, 2.9))
    ax.grid(False)
axes[0].set_ylabel("$b$")
FRAMES = 24


def draw(frame):
    """After ``frame / FRAMES`` of the samples of all epochs."""
    frame = min(frame, FRAMES)
    for name, path in paths.items():
        steps = frame * (len(path) - 1) // FRAMES
        trails[name].set_data(*path[: steps + 1].T)
        notes[name].set_text(f"{name}：{steps} 次更新")


draw(0)
fig.canvas.draw()
fig.set_layout_engine("none")  # once is enough for all frames
plt.rcParams["savefig.dpi"] = 96  # many frames: no finer than the slide
animation = FuncAnimation(fig, draw, frames=FRAMES + 3, interval=240)
draw(FRAMES)
plt.show()

# %% curves
#| label: three_curves
fig, ax = house.figure(5.6, 4.6)
for (name, curve), style in zip(curves.items(), ("-", "-", "-")):
    seen = torch.linspace(0, epochs, len(curve))
    ax.plot(seen, curve, color=colors[name], label=name, linewidth=1.4 if name == "随机" else house.LINE,
            marker="o" if name == "批量" else "", zorder={"批量": 4, "小批量": 3, "随机": 2}[name])
ax.axhline(lowest, color=house.GREY, linestyle=":", linewidth=1.5)
ax.text(epochs, lowest * 0.97, "最低处", color=house.MUTED, fontsize=house.SMALL, ha="right", va="top")
ax.set(xlabel="看过的轮数 (epoch)", ylabel="全体样本的损失 $J$", yscale="log", ylim=(lowest * 0.8, None))
ax.set_yticks([0.3, 0.5, 1, 2, 4], ["0.3", "0.5", "1", "2", "4"])
ax.minorticks_off()
ax.legend(loc="upper right", bbox_to_anchor=(1, 0.78))
plt.show()
