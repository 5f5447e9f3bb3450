"""(w1 x1 + w2 x2 + b)^2 as a graph: values go forwards, then gradients come back."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import BACKWARD, FORWARD, edge

w1, w2, b, x1, x2 = 1, 3, 5, 2, 4
a1, a2 = w1 * x1, w2 * x2
z = a1 + a2 + b
L = z**2
dz = 2 * z
assert (z, L, dz * x1, dz * x2) == (19, 361, 76, 152)

fig, ax = house.canvas(11.8, 5.2)
frame_of = ax.axis()
# step at which a value (positive) or a gradient (negative) appears
STORY = ["给定输入", "乘：$a_1=w_1x_1$，$a_2=w_2x_2$", "加：$z=a_1+a_2+b$", "平方：$L=z^2$",
         "从 1 开始：$dL/dL=1$", "平方：乘 $2z$", "加法：原样分给每一个", "乘法：乘上另一个输入"]


def draw(frame):
    """The state after a step of the story; every step stays for two frames."""
    k = min(frame // 2, len(STORY) - 1)
    ax.clear()
    ax.axis("off")
    ax.axis(frame_of)

    def value(step, text):
        return str(text) if k >= step else ""

    leaves = {}
    for name, y in [("$w_1$", 4.8), ("$x_1$", 3.78), ("$w_2$", 2.85), ("$x_2$", 1.78), ("$b$", 0.4)]:
        color = house.BLUE if "x" in name else house.ORANGE
        leaves[name] = house.node(ax, (0.6, y), name, radius=0.37, color=color, size=house.TITLE)
    times1 = house.node(ax, (3.5, 4.3), "×", radius=0.42, color=house.GREY, size=26)
    times2 = house.node(ax, (3.5, 2.35), "×", radius=0.42, color=house.GREY, size=26)
    plus = house.node(ax, (6.2, 2.9), "+", radius=0.42, color=house.GREY, size=26)
    square = house.node(ax, (8.6, 2.9), "$( )^2$", radius=0.48, color=house.GREY, size=house.TITLE)
    loss = house.node(ax, (11.1, 2.9), "$L$", radius=0.42, color=house.RED, size=24)
    edge(ax, leaves["$w_1$"].right, (3.12, 4.43), str(w1), value(7, dz * x1), at=0.4)
    edge(ax, leaves["$x_1$"].right, (3.12, 4.16), str(x1), at=0.4, lift=-0.42)
    edge(ax, leaves["$w_2$"].right, (3.12, 2.48), str(w2), value(7, dz * x2), at=0.4)
    edge(ax, leaves["$x_2$"].right, (3.12, 2.2), str(x2), at=0.4, lift=-0.42)
    edge(ax, leaves["$b$"].right, (5.95, 2.55), str(b), value(6, dz), at=0.3, lift=0.14)
    edge(ax, times1.right, (5.85, 3.1), value(1, a1), value(6, dz), at=0.4, lift=0.18)
    edge(ax, times2.right, (5.8, 2.85), value(1, a2), value(6, dz), at=0.28, lift=0.12)
    edge(ax, plus.right, square.left, value(2, z), value(5, dz))
    edge(ax, square.right, loss.left, value(3, L), value(4, 1))
    house.label(ax, (8.6, 4.75), STORY[k], color=FORWARD if k < 4 else BACKWARD, size=24)
    house.label(ax, (8.9, 0.75), "蓝：前向的值　红：反向的梯度", color=house.MUTED, size=house.TEXT)


plt.rcParams["savefig.dpi"] = 110  # many frames: no finer than the slide
animation = FuncAnimation(fig, draw, frames=2 * len(STORY) + 3, interval=650)
draw(2 * len(STORY))
plt.show()
