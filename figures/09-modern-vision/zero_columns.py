"""Zero padding: the shift's error is where the border is."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

from shift import columns

gap = columns.tolist()
fig, ax = house.figure(5.0, 2.4)
ax.bar(range(16), gap, color=[house.RED if v > 1e-6 else house.TEAL for v in gap])
ax.set(xlabel="列（补零，右移 3 格）", xticks=(0, 2, 3, 8, 15))
ax.set_ylabel("差", rotation=0, ha="right", va="center")
plt.show()
