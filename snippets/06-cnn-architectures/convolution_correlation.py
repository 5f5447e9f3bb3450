# /// script
# dependencies = ["torch"]
# ///
"""卷积翻转核，互相关不翻转；深度学习用后者。"""

import numpy as np
import torch
import torch.nn.functional as F

torch.manual_seed(0)


# region signal
x = np.array([0, 0, 1, 0, 0, 0])     # 一个脉冲
k = np.array([3, 2, 1])              # 余响：3、2、1
print("卷积  ", np.convolve(x, k))
print("互相关", np.correlate(x, k, "full"))
# endregion signal


# region image
def same(a, b):
    return torch.allclose(a, b, atol=1e-6)

def conv(image, kernel):             # PyTorch 的“卷积”
    return F.conv2d(image[None, None], kernel[None, None])[0, 0]

def true_conv(image, kernel):        # 先翻转，上下左右
    return conv(image, kernel.flip(0, 1))

image, kernel = torch.randn(6, 6), torch.randn(3, 3)
symmetric = kernel + kernel.flip(0, 1)
print(same(conv(image, kernel), true_conv(image, kernel)))
print(same(conv(image, symmetric), true_conv(image, symmetric)))
# endregion image

# 照定义逐项算：卷积 S(i,j) = Σ I(i-m, j-n) K(m,n)，互相关 S(i,j) = Σ I(i+m, j+n) K(m,n)
for i in range(4):
    for j in range(4):
        plus = sum(image[i + m, j + n] * kernel[m, n] for m in range(3) for n in range(3))
        minus = sum(image[i + 2 - m, j + 2 - n] * kernel[m, n] for m in range(3) for n in range(3))
        assert same(conv(image, kernel)[i, j], plus) and same(true_conv(image, kernel)[i, j], minus)
assert not same(conv(image, kernel), true_conv(image, kernel))
assert np.convolve(x, k).tolist() == [0, 0, 3, 2, 1, 0, 0, 0]
assert np.correlate(x, k, "full").tolist() == [0, 0, 1, 2, 3, 0, 0, 0]
