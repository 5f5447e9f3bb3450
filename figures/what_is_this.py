"""第一关：一个人形图标，人一眼认出。"""

import matplotlib.pyplot as plt

import house
import pictogram

fig, ax = house.canvas(7, 4.6)
pictogram.draw(ax, (1.7, 2.3), 4.2, skirt=False, color=house.BLUE)
house.label(ax, (3.5, 2.3), "?", size=80, color=house.ORANGE, bold=True)
house.box(ax, (5.5, 3.4), "人", width=2.2, color=house.TEAL, filled=True)
house.box(ax, (5.5, 2.3), "路牌", width=2.2, color=house.GREY)
house.box(ax, (5.5, 1.2), "瓶子", width=2.2, color=house.GREY)
plt.show()
