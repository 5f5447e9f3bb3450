"""静态批处理等最慢的；连续批处理谁空谁接。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
from batching import continuous, requests, seats, static

fig, axes = house.figure(11.8, 5.0, rows=2, sharex=True)
titles = ("静态：一批一批，等最慢的", "连续：谁先写完，谁的座位接下一个")
for ax, schedule, title in zip(axes, (static, continuous), titles):
    rows, steps = schedule(requests)
    for seat, start, end, k in rows:
        color = house.COLORS[k % len(house.COLORS)]
        ax.barh(seat, end - start, left=start, height=0.78, color=house.tint(color, 0.55), edgecolor=color)
        house.label(ax, ((start + end) / 2, seat), f"{k + 1}", size=house.SMALL)
    ax.axvline(steps, color=house.RED, linewidth=house.LINE)
    house.label(ax, (steps + 0.3, 1.5), f"{steps} 步", color=house.RED, ha="left")
    ax.set_title(title, fontsize=house.TEXT)
    ax.set_yticks(range(seats), [f"座位 {k + 1}" for k in range(seats)])
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
axes[1].set_xlabel("步（每步每个请求写一个 token）")
axes[1].set_xlim(0, static(requests)[1] + 3)
plt.show()
