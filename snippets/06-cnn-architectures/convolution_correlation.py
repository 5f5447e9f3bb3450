# /// script
# dependencies = ["torch", "numpy"]
# ///
"""卷积翻转核，互相关不翻转；深度学习用后者。"""

import numpy as np
import torch
import torch.nn.functional as F

torch.manual_seed(0)


# region signal
pulse = np.array([0, 0, 1, 0, 0, 0])
echo = np.array([3, 2, 1])
print("卷积  ", np.convolve(pulse, echo))
print("互相关", np.correlate(pulse, echo, "full"))
# endregion signal


# region image
def conv(image, kernel):
    return F.conv2d(image[None, None],
                    kernel[None, None])[0, 0]

def true_conv(image, kernel):
    return conv(image, kernel.flip(0, 1))

image = torch.randn(6, 6)
kernel = torch.randn(3, 3)
even = kernel + kernel.flip(0, 1)
cases = {"一般": kernel, "对称": even}
for name, k in cases.items():
    a, b = conv(image, k), true_conv(image, k)
    print(name, torch.allclose(a, b))
# endregion image


def close(a, b):
    return torch.allclose(a, b, atol=1e-6)


# 照定义逐项算：卷积 S(i,j) = Σ I(i-m, j-n) K(m,n)，互相关 S(i,j) = Σ I(i+m, j+n) K(m,n)
for i in range(4):
    for j in range(4):
        plus = sum(image[i + m, j + n] * kernel[m, n] for m in range(3) for n in range(3))
        minus = sum(image[i + 2 - m, j + 2 - n] * kernel[m, n] for m in range(3) for n in range(3))
        assert close(conv(image, kernel)[i, j], plus) and close(true_conv(image, kernel)[i, j], minus)
assert torch.allclose(a, b) and not close(conv(image, kernel), true_conv(image, kernel))
assert np.convolve(pulse, echo).tolist() == [0, 0, 3, 2, 1, 0, 0, 0]
assert np.correlate(pulse, echo, "full").tolist() == [0, 0, 1, 2, 3, 0, 0, 0]
