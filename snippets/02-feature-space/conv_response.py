# /// script
# dependencies = ["torch", "numpy"]
# ///
"""面试题：卷积输出的数值越大，说明什么？"""

import torch
import torch.nn.functional as F

torch.manual_seed(0)


def conv(image, kernel):
    """单通道互相关。"""
    return F.conv2d(image[None, None], kernel[None, None])[0, 0]


# region response
kernel = torch.tensor([[0., 1., 0.],
                       [1., 1., 1.],
                       [0., 1., 0.]])    # 一个“十”字
image = 0.1 * torch.rand(9, 9)
image[1:4, 5:8] += kernel               # 藏一个“十”字
image[5:8, 1:4] += 3.0                  # 再放一块亮斑

raw = conv(image, kernel)
size = conv(image**2, torch.ones(3, 3)).sqrt()
cosine = raw / size / kernel.norm()     # 除去亮度
# endregion response


# region answer
def where(score):
    """最大值的位置。"""
    return tuple(divmod(score.argmax().item(), score.shape[1]))


print("直接比大小：最大在", where(raw))
print("除去亮度后：最大在", where(cosine))
print(f"此处的余弦相似度：{cosine.max():.3f}")
# endregion answer

best = cosine.max().item()
assert where(raw) == (5, 1), "亮斑骗过了原始响应"
assert where(cosine) == (1, 5), "归一化后找到了“十”字"
assert cosine.max() <= 1
