"""方阵乘法：边长翻一倍，数据变 4 倍，计算变 8 倍。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

n = [2**k for k in range(5, 13)]
work = [2 * k**3 for k in n]
data = [3 * k**2 for k in n]

fig, ax = house.figure(6.6, 5)
ax.loglog(n, work, "o-", color=house.ORANGE)
ax.loglog(n, data, "s-", color=house.BLUE)
ax.text(n[-4], work[-4] * 3.5, "运算次数 $2n^3$", color=house.ORANGE, ha="right")
ax.text(n[-1], data[-1] / 90, "数的个数 $3n^2$", color=house.BLUE, ha="right")
ax.vlines(n[-1], data[-1], work[-1], color=house.MUTED, linestyle=":", linewidth=house.EDGE)
ax.text(
    n[-1] * 0.9,
    data[-1] ** 0.68 * work[-1] ** 0.32,
    f"平均每个数\n{work[-1] / data[-1]:.0f} 次运算",
    color=house.MUTED,
    ha="right",
    va="center",
    fontsize=house.SMALL,
    linespacing=1.4,
)
ax.set_xscale("log", base=2)
ax.set(xlabel="边长 $n$", xticks=n[::2], xticklabels=n[::2])
plt.show()
