# /// script
# dependencies = ["torch", "numpy"]
# ///
"""1998 年论文里的 LeNet-5 为什么是 60000 个参数？逐层核对。"""

from lenet5 import lenet5

# region paper
# C3 每张图看几张 S2（论文表 1）
seen = [3] * 6 + [4] * 9 + [6]
c3 = sum(25 * n + 1 for n in seen)
layers = {"C1": 6 * (25 + 1),
          "S2": 6 * 2,    # 系数、偏置
          "C3": c3, "S4": 16 * 2,
          "C5": 120 * (16 * 25 + 1),
          "F6": 84 * (120 + 1)}
for name, n in layers.items():
    print(f"{name} {n:>6}")
print(f"共 {sum(layers.values())}")
# endregion paper

paper = sum(layers.values())
modern = sum(p.numel() for p in lenet5.parameters())
c3_full = sum(p.numel() for p in lenet5[3].parameters())
c3_paper = layers["C3"]
assert paper == 60_000 and modern == 61_706
assert modern == paper - layers["S2"] - layers["S4"] - c3_paper + c3_full + 10 * (84 + 1)
