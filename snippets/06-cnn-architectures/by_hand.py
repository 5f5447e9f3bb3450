# /// script
# dependencies = ["torch", "numpy"]
# ///
"""互相关只是四重循环：两重选位置，两重做点积。"""

import torch
import torch.nn.functional as F


# region loops
def correlate(image, K):
    h, w = K.shape
    H = image.shape[0] - h + 1
    W = image.shape[1] - w + 1
    S = torch.zeros(H, W)
    for i in range(H):
        for j in range(W):
            for m in range(h):
                for n in range(w):
                    x = image[i + m, j + n]
                    S[i, j] += x * K[m, n]
    return S
# endregion loops


# region check
torch.manual_seed(0)
image, kernel = torch.randn(5, 5), torch.randn(3, 3)
S = correlate(image, kernel)
library = F.conv2d(image[None, None], kernel[None, None])
print(tuple(S.shape))
print(torch.allclose(S, library[0, 0], atol=1e-6))
# endregion check


# region matrix
def correlate(image, K):
    h, w = K.shape
    H = image.shape[0] - h + 1
    W = image.shape[1] - w + 1
    # 每个位置的小块，摊成一列
    cols = F.unfold(image[None], K.shape)
    S = K.flatten() @ cols      # 一次乘完
    return S.view(H, W)
# endregion matrix


# region check_matrix
S = correlate(image, kernel)
print(tuple(S.shape))
print(torch.allclose(S, library[0, 0], atol=1e-6))
# endregion check_matrix

products = S.numel() * kernel.numel()
assert S.shape == (3, 3) and torch.allclose(S, library[0, 0], atol=1e-6)
