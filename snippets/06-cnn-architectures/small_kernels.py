# /// script
# dependencies = ["torch", "numpy"]
# ///
"""两个 3×3 看得和一个 5×5 一样远，参数却少。"""

from torch import nn

from counting import count
from receptive_field import predicted

# region compare
def conv(k, C=64):
    return nn.Conv2d(C, C, k, padding=k // 2,
                     bias=False)

for layers in ([conv(5)], [conv(3)] * 2,
               [conv(7)], [conv(3)] * 3):
    weights = sum(map(count, layers))
    print(f"{len(layers)} 层："
          f"看 {predicted(layers)} 格，"
          f"{weights // 64 ** 2} C²")
# endregion compare

saved = 1 - 18 / 25
assert predicted([conv(3)] * 2) == predicted([conv(5)]) == 5
assert count(conv(5)) == 25 * 64**2 and 2 * count(conv(3)) == 18 * 64**2
