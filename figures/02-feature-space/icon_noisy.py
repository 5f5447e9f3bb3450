"""第三关：同样两枚图标，低分辨率，再撒上噪声。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house
import pictogram

noise = np.random.default_rng(3)
order = [False, True, True, False, True, False]
fig, axes = house.figure(11, 4.5, cols=len(order))
for ax, skirt, name in zip(axes, order, "ABCDEF"):
    picture = pictogram.mask(skirt) + noise.normal(0, 0.9, (40, 20))
    ax.imshow(picture, cmap="house", vmin=-1.5, vmax=2.5)
    ax.set(title=name, xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
plt.show()
