"""Which part of the GAN's points lies at each of the eight clusters."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np

from parts import learnt

shares = learnt("gan")["shares"]
fig, ax = house.figure(5.0, 3.4)
at = np.arange(1, 9)
ax.bar(at - 0.2, 100 * np.array(shares["10:1"]), 0.4, color=house.tint(house.RED, 0.4), edgecolor=house.RED,
       hatch="//", label="$G$ 走十步")
ax.bar(at + 0.2, 100 * np.array(shares["1:1"]), 0.4, color=house.TEAL, label="各走一步")
ax.axhline(12.5, color=house.MUTED, linestyle=":")
ax.set(xlabel="第几个团", ylabel="样本的份额 (%)", xticks=at, yticks=(0, 50, 100), ylim=(0, 150))
ax.text(8.6, 15, "真的：各 12.5%", color=house.MUTED, fontsize=house.SMALL, ha="right", va="bottom")
ax.legend(loc="upper right")
plt.show()
