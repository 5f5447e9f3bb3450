"""Accuracy of a small CNN and a small ViT against the number of pictures."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import learnt

data = learnt("hunger")
fig, ax = house.figure(5.8, 4.8)
for (name, curve), color, style, marker in zip(data["curves"].items(), (house.BLUE, house.PURPLE),
    ("-", "--"), "os"):
    ax.plot(data["sizes"], [100 * v for v in curve], color=color, linestyle=style, marker=marker, label=name)
ax.axhline(25, color=house.GREY, linewidth=house.THIN)
ax.text(data["sizes"][-1], 26, "瞎猜", ha="right", color=house.GREY, fontsize=house.SMALL)
ax.set(xscale="log", xlabel="训练图的张数", ylabel="测试准确率 (%)", ylim=(15, 105))
ax.set_xticks(data["sizes"], data["sizes"], rotation=0)
ax.minorticks_off()
ax.legend(loc="lower right", bbox_to_anchor=(1, 0.17), fontsize=house.TEXT)
plt.show()
