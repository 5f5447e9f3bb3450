"""合并的次数越多，词表越大，文章越短。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
from bpe import sizes

fig, ax = house.figure(5.2, 3.3)
ax.plot([256 + k for k in range(len(sizes))], sizes, color=house.ORANGE)
ax.set(xlabel="词表大小", ylabel="全文的 token 数", ylim=(0, None))
ax.annotate(
    "一个字节\n一个 token", (256, sizes[0]), (340, sizes[0] * 0.88), color=house.BLUE, fontsize=house.SMALL,
    arrowprops={"arrowstyle": "-|>", "color": house.BLUE},
)
plt.show()
