# /// script
# dependencies = ["torch", "numpy"]
# ///
"""GoogLeNet 的辅助分类器：训练时三个损失加权，推理时只用主分类器。"""

import torch
from torch import nn
from torch.nn.functional import cross_entropy

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # 这么小的网络，一个核更快


def stage(cin, cout, depth=5):
    """几层卷积，最后边长减半。"""
    parts = []
    for i in range(depth):
        parts += [nn.Conv2d(cin if i == 0 else cout, cout, 3, padding=1), nn.ReLU()]
    return nn.Sequential(*parts, nn.MaxPool2d(2))


def head(channels):
    return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10))


# region net
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stages = nn.ModuleList([stage(1, 8), stage(8, 8), stage(8, 8)])
        self.heads = nn.ModuleList([head(8), head(8), head(8)])

    def forward(self, x):
        scores = []
        for stage, head in zip(self.stages, self.heads):
            x = stage(x)
            scores.append(head(x))
        return scores if self.training else scores[-1]
# endregion net


torch.manual_seed(0)
net = Net()
images, labels = torch.rand(16, 1, 32, 32), torch.arange(16) % 10


# region loss
def gradient(weight):
    net.zero_grad()
    *aux, main = [cross_entropy(s, labels)
                  for s in net(images)]
    loss = main + weight * sum(aux)
    loss.backward()
    first = net.stages[0][0].weight
    return first.grad.norm().item()

times = gradient(0.3) / gradient(0)
print(f"第一层的梯度：{times:,.0f} 倍")
net.eval()
print(f"推理：{tuple(net(images).shape)}")
# endregion loss

assert times > 10 and net(images).shape == (16, 10)
