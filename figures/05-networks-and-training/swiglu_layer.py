"""SwiGLU 的一层：一路过 SiLU 当门，一路当值，逐元素相乘，再投影回来。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(4.4, 4.3)
x = house.box(ax, (2.2, 0.42), "$x$", width=1.2, height=0.72, note="16")
gate = house.box(ax, (1.2, 1.55), "$xW$", width=1.2, height=0.72, color=house.ORANGE, note="32")
value = house.box(ax, (3.2, 1.55), "$xV$", width=1.2, height=0.72, color=house.ORANGE, note="32")
silu = house.box(ax, (1.2, 2.45), "SiLU", width=1.2, height=0.56, color=house.PURPLE)
times = house.node(ax, (2.2, 3.0), "×", radius=0.27, color=house.TEAL, size=22)
out = house.box(ax, (2.2, 3.9), "$hW_2$", width=1.2, height=0.72, color=house.ORANGE, note="16")
house.arrow(ax, x.top, gate.bottom)
house.arrow(ax, x.top, value.bottom)
house.arrow(ax, gate.top, silu.bottom)
house.arrow(ax, silu.top, times.left)
house.arrow(ax, value.top, times.right)
house.arrow(ax, times.top, out.bottom)
house.label(ax, (0.25, 2.45), "门", color=house.PURPLE, bold=True)
house.label(ax, (3.4, 2.45), "值", color=house.ORANGE, bold=True)
house.label(ax, (2.4, 3.4), "$h$", color=house.TEAL, ha="left")
plt.show()
