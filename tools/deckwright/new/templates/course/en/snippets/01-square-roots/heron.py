"""Square roots by Heron's method. A script is plain Python: run it with `python heron.py`."""

import math

import matplotlib.pyplot as plt


# region method
def heron(a, steps):
    x = a
    for _ in range(steps):
        x = (x + a / x) / 2
    return x


# endregion method


# region table
for steps in range(1, 5):
    print(steps, heron(2, steps))
# endregion table

error = abs(heron(2, 4) ** 2 - 2)

# %% digits
#| label: digits
#| fig-width: 10
#| fig-height: 5
for steps in range(1, 5):
    digits = -math.log10(abs(heron(2, steps) - math.sqrt(2)))
    plt.bar(steps, digits, color="#1f6299")
    plt.text(steps, digits + 0.3, f"{digits:.0f}", fontsize=20, ha="center")
    plt.text(steps, -0.3, f"{steps}", fontsize=20, ha="center", va="top")
plt.axis("off")
