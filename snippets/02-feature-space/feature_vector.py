# /// script
# dependencies = ["torch", "numpy"]
# ///
"""两枚 40×20 的小图标：展平以后，各是一个 800 维的特征向量。"""

import torch


def icon(skirt: bool) -> torch.Tensor:
    """画一个小人：头、身、腿；skirt 为真时，身与腿之间多一条裙子。"""
    y, x = torch.meshgrid(torch.arange(40.0), torch.arange(20.0), indexing="ij")
    x = (x - 9.5).abs()
    head = x**2 + (y - 5) ** 2 < 16
    body = (x < 5) & (y > 10) & (y < 25)
    legs = (x > 1) & (x < 5) & (y >= 25) & (y < 39)
    hem = (x < (y - 8) / 2) & (y > 16) & (y < 29)
    return (head | body | legs | (hem if skirt else head)).float()


# region flatten
man, woman = icon(skirt=False), icon(skirt=True)
print(f"一枚图标：{man.shape}")
x1, x2 = man.flatten(), woman.flatten()
print(f"一个向量：{x1.shape}")
different = int((x1 != x2).sum())
print(f"不同的像素：{different}")
# endregion flatten

# region linear_rule
torch.manual_seed(0)
pure = torch.stack([x1, x2]).repeat(500, 1)
labels = torch.tensor([0, 1]).repeat(500)
noisy = pure + 0.9 * torch.randn_like(pure)

w = x2 - x1                        # 朝“裙子”的方向
b = -w @ (x1 + x2) / 2             # 分界在正中间
guess = (noisy @ w + b > 0).long()
accuracy = (guess == labels).float().mean().item()
print(f"1000 张带噪声的图，猜对 {accuracy:.1%}")
# endregion linear_rule

dimensions = x1.numel()
assert man.shape == (40, 20) and x1.shape == (800,)
assert accuracy == 1.0
