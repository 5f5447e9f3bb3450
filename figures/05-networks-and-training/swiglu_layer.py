"""SwiGLU 的一层：一路过 SiLU 当门，一路当值，逐元素相乘，再投影回来。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.4, 5.0)
x = house.box(ax, (2.7, 0.5), "$x$", width=1.5, height=0.8, note="16")
gate = house.box(ax, (1.3, 1.75), "$xW$", width=1.5, height=0.8, color=house.ORANGE, note="32")
value = house.box(ax, (4.1, 1.75), "$xV$", width=1.5, height=0.8, color=house.ORANGE, note="32")
silu = house.box(ax, (1.3, 2.8), "SiLU", width=1.5, height=0.66, color=house.PURPLE)
times = house.node(ax, (2.7, 3.45), "×", radius=0.3, color=house.TEAL, size=22)
out = house.box(ax, (2.7, 4.5), "$hW_2$", width=1.5, height=0.8, color=house.ORANGE, note="16")
house.arrow(ax, x.top, gate.bottom)
house.arrow(ax, x.top, value.bottom)
house.arrow(ax, gate.top, silu.bottom)
house.arrow(ax, silu.top, times.left)
house.arrow(ax, value.top, times.right)
house.arrow(ax, times.top, out.bottom)
house.label(ax, (0.12, 2.28), "门", color=house.PURPLE, bold=True, ha="left")
house.label(ax, (4.98, 2.6), "值", color=house.ORANGE, bold=True)
house.label(ax, (2.95, 3.85), "$h$", color=house.TEAL, ha="left")
plt.show()
