"""How near the samples come to the data with so many calls of the network."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

from parts import learnt

data = learnt("toy")
fig, ax = house.figure(11.4, 4.7)
for key, name, color, style, marker in (("DDPM", "DDPM（每步加噪声）", house.BLUE, "--", "s"),
                                        ("DDIM", "同一个网络，不加噪声（DDIM）", house.PURPLE, "-.", "^"),
                                        ("flow", "flow matching（欧拉法）", house.ORANGE, "-", "o")):
    ax.plot(data["counts"], data["quality"][key], color=color, linestyle=style, marker=marker, label=name)
ax.axhline(data["floor"], color=house.GREY, linestyle=":")
ax.text(1, data["floor"] * 1.06, "两批真数据之间", color=house.MUTED, fontsize=house.SMALL, va="bottom")
ax.set(xscale="log", yscale="log", xlabel="采样时叫几次网络", ylabel="离数据分布的距离")
ax.set_xticks(data["counts"], [str(n) for n in data["counts"]])
ax.set_yticks([0.03, 0.1, 0.3, 1, 3], ["0.03", "0.1", "0.3", "1", "3"])
ax.minorticks_off()
ax.legend(fontsize=house.TEXT)
plt.show()
