# /// script
# dependencies = ["torch", "numpy"]
# ///
"""一个 3×3 的核能找到水平的边，对竖直的边视而不见。"""

import torch
import torch.nn.functional as F


# region edge
kernel = torch.tensor([[-1., -1., -1.],
                       [ 0.,  0.,  0.],
                       [ 1.,  1.,  1.]])
step = torch.zeros(6, 6)
step[3:] = 1                     # 上暗下亮
pairs = ("横边", step), ("竖边", step.T)
for name, image in pairs:
    S = F.conv2d(image[None, None],
                 kernel[None, None])[0, 0]
    print(name, *S.int().tolist(), sep="\n")
# endregion edge

horizontal = F.conv2d(step[None, None], kernel[None, None])[0, 0]
assert horizontal.tolist() == [[0] * 4, [3] * 4, [3] * 4, [0] * 4]
assert not S.any()
