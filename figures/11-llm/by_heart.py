"""温度越高，背出来的诗句越少；top-p 把它拉住。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import learnt

data = learnt("poem")
fig, ax = house.figure(11.0, 4.7)
for key, color, marker, name in (
    ("plain", house.ORANGE, "o", "只用温度"),
    ("nucleus", house.BLUE, "s", "温度，再加 top-p 0.8"),
):
    ax.plot(data["temperatures"], [100 * v for v, _ in data[key]], color=color, marker=marker, label=name)
ax.set(xlabel="温度 $T$", ylabel="原样背出的句子 (%)", ylim=(-4, 105))
ax.legend(loc="lower left")
plt.show()
