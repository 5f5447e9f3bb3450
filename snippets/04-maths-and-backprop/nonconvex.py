# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""Four starts on a surface with several valleys end in different places; one of them is no valley."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from matplotlib.animation import FuncAnimation
from torch.autograd.functional import hessian

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)

# %% surface
def J(w):
    a, b = w[..., 0], w[..., 1]
    return (a**2 - 1) ** 2 / 2 + (b**2 - 1) ** 2 / 2 + 0.3 * a * b + 0.15 * a

def descend(start, rate=0.05, steps=400):
    w, path = torch.tensor(start, requires_grad=True), []
    for _ in range(steps):
        path.append(w.detach().clone())
        (g,) = torch.autograd.grad(J(w), w)
        with torch.no_grad():
            w -= rate * g
    return torch.stack(path)

starts = {"A": [0.35, 1.7], "B": [0.05, 1.7], "C": [-0.6, -1.7], "D": [1.7, -0.3]}
paths = {name: descend(start) for name, start in starts.items()}

# %% ends
ends = {}
for name, path in paths.items():
    end = path[-1].requires_grad_()
    (g,) = torch.autograd.grad(J(end), end)
    a, b = end.tolist()
    ends[name] = J(end).item()
    print(f"{name} ({a:5.2f}, {b:5.2f})"
          f"  J={ends[name]:5.2f}", bool(g.norm() < 1e-9))
    assert g.norm() < 1e-9
# %% claims
places = {tuple(round(v, 2) for v in path[-1].tolist()) for path in paths.values()}
distinct = len(places)
lowest, highest = min(ends.values()), max(ends.values())
assert distinct >= 3

# %% saddle
w = torch.tensor([0.2, 1.0])  # A、B 两谷之间
for _ in range(10):           # 牛顿法找零梯度
    v = w.clone().requires_grad_()
    (g,) = torch.autograd.grad(J(v), v)
    H = hessian(J, w)
    w = w - torch.linalg.solve(H, g)
curvature = torch.linalg.eigvalsh(H)
print(f"({w[0]:.2f}, {w[1]:.2f})")
print("梯度是零", bool(g.norm() < 1e-9))
print("曲率", curvature.numpy().round(1))
# %% stationary
saddle = w
assert g.norm() < 1e-12 and curvature[0] < 0 < curvature[1]
for path in paths.values():              # the ends are minima: both curvatures are positive
    assert (torch.linalg.eigvalsh(hessian(J, path[-1].detach())) > 0).all()

# %% shape
#| label: saddle_point
fig = plt.figure(figsize=(5, 3.7))
ax = fig.add_axes((0.02, 0.06, 0.96, 0.94), projection="3d")
values, axes = torch.linalg.eigh(hessian(J, saddle))
p, q = torch.meshgrid(*[torch.linspace(-0.62, 0.62, 25)] * 2, indexing="xy")
plane = saddle + p[..., None] * axes[:, 0] + q[..., None] * axes[:, 1]
ax.plot_surface(p, q, J(plane), cmap="house", alpha=0.75, linewidth=0.3, rstride=1, cstride=1)
line, zero = torch.linspace(-0.62, 0.62, 50), torch.zeros(50)
for u, v, color in [(line, zero, house.RED), (zero, line, house.TEAL)]:
    ax.plot(u, v, J(saddle + u[:, None] * axes[:, 0] + v[:, None] * axes[:, 1]) + 0.02, color=color,
            linewidth=4, zorder=9)
ax.plot([0], [0], [J(saddle) + 0.03], "X", color=house.INK, markersize=12, zorder=10)
ax.set(xticks=[], yticks=[], zticks=[])
ax.view_init(elev=24, azim=-62)
ax.set_box_aspect((4, 4, 2.6), zoom=1.12)
ax.text2D(0.0, -0.06, "红：往下弯", color=house.RED, transform=ax.transAxes, fontsize=house.TEXT)
ax.text2D(0.68, -0.06, "绿：往上弯", color=house.TEAL, transform=ax.transAxes, fontsize=house.TEXT)
plt.show()

# %% animation
#| label: nonconvex
fig, ax = house.figure(9.6, 5.2)
grid = torch.stack(torch.meshgrid(*[torch.linspace(-1.9, 1.9, 96)] * 2, indexing="xy"), -1)
heights = J(grid)
ax.contourf(*grid.unbind(-1), heights, levels=[-1, -0.4, -0.1, 0.1, 0.3, 0.5, 0.8, 1.2, 1.8, 3, 5, 9],
            cmap="house", alpha=0.55)
ax.contour(*grid.unbind(-1), heights, levels=[-0.4, -0.1, 0.1, 0.3, 0.5, 0.8, 1.2, 1.8, 3, 5],
           colors=house.GREY, linewidths=house.THIN)
trails = {}
for (name, path), color, style in zip(
    paths.items(), (house.ORANGE, house.TEAL, house.PURPLE, house.RED), ("-", "--", "-", "--")
):
    x, y = path[0].tolist()
    ax.text(x + 0.06, y + 0.04, name, color=color, fontsize=house.TITLE, weight="bold")
    (trails[name],) = ax.plot([], [], color=color, linestyle=style, marker="o", markersize=5)
ax.plot(*saddle, marker="X", markersize=13, color=house.INK)
ax.set(xlabel="$w_1$", ylabel="$w_2$", xlim=(-1.9, 1.9), ylim=(-1.9, 1.9), aspect="equal")
ax.grid(False)
counter = ax.text(2.15, 1.5, "", fontsize=house.TITLE, color=house.INK)
legend = ax.text(2.15, -1.8, "", fontsize=house.TEXT, color=house.INK, linespacing=1.6)


def draw(frame):
    """After ``3 * frame`` steps."""
    steps = 3 * min(frame, 18)
    for name, trail in trails.items():
        trail.set_data(*paths[name][: steps + 1].detach().T)
    counter.set_text(f"第 {steps} 步")
    now = [f"{name}：$J$ = {J(path[steps]).item():5.2f}".replace("-", "−") for name, path in paths.items()]
    legend.set_text("\n".join(now))


draw(0)
fig.canvas.draw()
fig.set_layout_engine("none")  # once is enough for all frames
plt.rcParams["savefig.dpi"] = 100  # many frames: no finer than the slide
animation = FuncAnimation(fig, draw, frames=21, interval=220)
draw(18)
plt.show()
