"""A secant becomes the tangent as its step shrinks."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

def f(x):
    return 0.5 * x**2 + 0.4


x0 = 1.0
fig, ax = house.figure(9.6, 5)
x = np.linspace(-0.6, 3.2, 200)
ax.plot(x, f(x), color=house.BLUE, linewidth=3.2)
ax.plot(x, f(x0) + (x - x0), color=house.TEAL, linestyle="--", linewidth=2)
(secant,) = ax.plot([], [], color=house.ORANGE, linewidth=2.6)
(legs,) = ax.plot([], [], color=house.MUTED, linewidth=1.6)
(points,) = ax.plot([], [], "o", color=house.INK, markersize=10, zorder=5)
ax.text(-0.45, 4.3, "切线的斜率：1", color=house.TEAL, fontsize=house.TITLE)
note = ax.text(-0.45, 4.9, "", color=house.ORANGE, fontsize=house.TITLE)
step = ax.text(0, 0, "", color=house.MUTED, fontsize=house.TEXT, va="top", ha="center")
ax.set(xlim=(-0.6, 3.2), ylim=(-0.4, 5.4), xlabel="$w$", ylabel="$J(w)$")
STEPS = 24


def draw(frame):
    """A step that shrinks by a constant factor."""
    h = 2 * 0.86 ** min(frame, STEPS)
    slope = (f(x0 + h) - f(x0)) / h
    secant.set_data([-0.6, 3.2], [f(x0) + slope * (-0.6 - x0), f(x0) + slope * (3.2 - x0)])
    legs.set_data([x0, x0 + h, x0 + h], [f(x0), f(x0), f(x0 + h)])
    points.set_data([x0, x0 + h], [f(x0), f(x0 + h)])
    note.set_text(f"割线的斜率：{slope:.2f}（$h$ = {h:.2f}）")
    step.set_position((x0 + h / 2, f(x0) - 0.08))
    step.set_text("$h$" if h > 0.2 else "")


draw(0)
fig.canvas.draw()
fig.set_layout_engine("none")  # once is enough for all frames
plt.rcParams["savefig.dpi"] = 110  # many frames: no finer than the slide
animation = FuncAnimation(fig, draw, frames=STEPS + 8, interval=130)
draw(STEPS)
plt.show()
