# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""五个优化器从同一点出发，在同一条弯曲的山谷里赛跑。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from matplotlib.animation import FuncAnimation
from torch.optim import LBFGS, SGD, Adam, AdamW

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# %% surface
def J(a, b):
    """弯曲的山谷（Rosenbrock 型），谷底在 (1, 1)。"""
    return (1 - a) ** 2 + 10 * (b - a ** 2) ** 2

# %% race
racers = {
    "SGD":      lambda p: SGD(p, lr=0.01),
    "momentum": lambda p: SGD(p, lr=0.01, momentum=0.9),
    "Adam":     lambda p: Adam(p, lr=0.1),
    "AdamW":    lambda p: AdamW(p, lr=0.1, weight_decay=0.1),
    "LBFGS":    lambda p: LBFGS(p, max_iter=1, max_eval=25,
                                line_search_fn="strong_wolfe"),
}
def run(make, steps=80):
    w = torch.tensor([-1.2, 1.6], requires_grad=True)
    optimizer = make([w])
    def closure():
        optimizer.zero_grad()
        loss = J(*w)
        loss.backward()
        return loss
    path = [w.tolist()]
    for _ in range(steps):
        optimizer.step(closure)
        path.append(w.tolist())
    return torch.tensor(path)

# %% result
paths, losses = {}, {}
for name, make in racers.items():
    paths[name] = run(make)
    losses[name] = J(*paths[name].T)
    a, b = paths[name][-1].tolist()
    print(f"{name:9}({a:5.2f},{b:5.2f}) "
          f"J = {losses[name][-1]:.0e}")

# %% race_gif
#| label: optimizer_race
#| fig-alt: 五个优化器在弯曲山谷里的路径
fig, ax = house.figure(11.2, 4.8)
A, B = torch.meshgrid(torch.linspace(-1.8, 1.8, 181), torch.linspace(-0.6, 2.4, 151), indexing="xy")
height = (J(A, B) + 0.05).log()
ax.contour(A, B, height, levels=12, colors=house.GREY, linewidths=house.THIN, linestyles="-", alpha=0.5)
ax.plot(1, 1, marker="*", markersize=24, color=house.INK, linestyle="")
ax.annotate("谷底", (1, 1), xytext=(16, -8), textcoords="offset points", fontsize=house.TEXT)
markers = ("o", "s", "^", "D", "P")
styles = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (5, 2, 1, 2)), "-")
runners = []
for name, color, marker, style in zip(paths, house.COLORS, markers, styles):
    (trail,) = ax.plot([], [], color=color, linestyle=style, linewidth=2.2)
    (head,) = ax.plot([], [], color=color, marker=marker, markersize=12, linestyle="", label=name,
                      markeredgecolor=house.PAPER)
    runners.append((paths[name], trail, head))
title = ax.set_title("")
ax.set(xlabel=r"$\theta_1$", ylabel=r"$\theta_2$", xlim=(-1.8, 1.8), ylim=(-0.6, 2.4))
ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=house.TEXT)
ax.grid(False)

frames = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 27, 33, 40, 50, 65, 80, 80, 80]
def draw(frame):
    step = frames[frame]
    for path, trail, head in runners:
        trail.set_data(*path[: step + 1].T)
        head.set_data(*path[step : step + 1].T)
    title.set_text(f"第 {step} 步")

draw(len(frames) - 1)
fig.canvas.draw()
fig.set_layout_engine("none")  # the same in all frames
animation = FuncAnimation(fig, draw, frames=len(frames), interval=350)
plt.show()

# %% claims
final = {name: loss[-1].item() for name, loss in losses.items()}
lbfgs_steps = int((losses["LBFGS"] < 1e-8).nonzero()[0])
assert final["LBFGS"] < 1e-8 < min(v for k, v in final.items() if k != "LBFGS")
assert final["momentum"] < final["SGD"]
sgd_end, momentum_end, adam_end = final["SGD"], final["momentum"], final["Adam"]
steps = len(paths["SGD"]) - 1
