# /// script
# dependencies = ["torch", "numpy"]
# ///
"""深度学习里的“卷积”其实是互相关：核不翻转。"""

import torch
import torch.nn.functional as F

torch.manual_seed(0)


# region slide
def correlate(image, kernel):
    """S(i,j) = Σ_m Σ_n I(i+m, j+n) · K(m,n)"""
    h, w = kernel.shape
    H, W = image.shape[0] - h + 1, image.shape[1] - w + 1
    return torch.stack([torch.stack([
        (image[i:i+h, j:j+w] * kernel).sum()
        for j in range(W)]) for i in range(H)])
# endregion slide


# region compare
image = torch.randn(6, 6)
kernel = torch.tensor([[1., 2.], [3., 4.]])
ours = correlate(image, kernel)
torchs = F.conv2d(image[None, None], kernel[None, None])[0, 0]
true_convolution = correlate(image, kernel.flip(0, 1))

for name, S in [("互相关", ours), ("卷积", true_convolution)]:
    same = torch.allclose(torchs, S, atol=1e-5)
    print(f"conv2d 与{name}一致：{same}")
# endregion compare

assert torch.allclose(torchs, ours, atol=1e-5)
assert not torch.allclose(torchs, true_convolution, atol=1e-5)
# 与信号处理里的卷积定义核对：S(i,j) = Σ I(i-m, j-n) K(m,n)
full = F.conv2d(image[None, None], kernel.flip(0, 1)[None, None], padding=1)[0, 0]
assert torch.allclose(full[0, 0], image[0, 0] * kernel[0, 0])
