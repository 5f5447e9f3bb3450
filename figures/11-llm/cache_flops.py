"""写 n 个字的总运算量：有缓存与没有缓存。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
from kv_cache import flops, lengths

fig, ax = house.figure(5.2, 3.3)
ax.plot(lengths, [f / 1e9 for f in flops["slow"]], color=house.RED, marker="o", label="没有缓存")
ax.plot(lengths, [f / 1e9 for f in flops["fast"]], color=house.TEAL, marker="s", label="有缓存")
ax.set(xlabel="写几个字", ylabel="运算（十亿次）", yscale="log")
ax.legend(loc="upper left")
ax.set_ylim(top=ax.get_ylim()[1] * 4)
plt.show()
