"""Two words are changed: without a mask all outputs change, with the causal mask the first four do not."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.0, 2.95)
for bottom, causal, title in ((1.86, False, "不加掩码"), (0.2, True, "因果掩码")):
    house.label(ax, (0.55, bottom + 0.44), title.replace("掩码", "\n掩码"), size=house.SMALL)
    for t in range(6):
        x = 1.5 + 0.63 * t
        new = t >= 4
        for s in range(6):
            if not causal or s <= t:
                hue = house.ORANGE if s >= 4 else house.HAIRLINE
                ax.plot(
                    (1.5 + 0.63 * s, x),
                    (bottom + 0.16, bottom + 0.72),
                    color=hue,
                    linewidth=house.EDGE if s >= 4 else house.THIN,
                    zorder=2 if s >= 4 else 1,
                )
        color = house.ORANGE if new else house.BLUE
        house.box(ax, (x, bottom), width=0.42, height=0.36, color=color, filled=new)
        changed = new or not causal
        house.box(
            ax,
            (x, bottom + 0.88),
            "0" if changed else "1",
            width=0.42,
            height=0.36,
            color=house.ORANGE if changed else house.TEAL,
            filled=changed,
            mono=True,
            size=house.SMALL,
        )
plt.show()
