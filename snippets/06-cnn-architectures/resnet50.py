# /// script
# dependencies = ["torch", "torchvision"]
# ///
"""ResNet-50：3、4、6、3 个瓶颈块，与 torchvision 逐个参数对得上。"""

import torch
from torch import nn

from counting import count, layers


# region block
class Bottleneck(nn.Module):
    def __init__(self, cin, mid, stride=1):
        super().__init__()
        out = 4 * mid
        self.F = nn.Sequential(
            *unit(cin, mid, 1), nn.ReLU(),            # 压缩
            *unit(mid, mid, 3, stride), nn.ReLU(),    # 看
            *unit(mid, out, 1))                       # 还原
        self.skip = nn.Sequential()
        if stride != 1 or cin != out:
            self.skip.extend(unit(cin, out, 1, stride))

    def forward(self, x):
        return torch.relu(self.F(x) + self.skip(x))
# endregion block


def unit(cin, cout, k, stride=1):
    """卷积加批归一化；卷积不要偏置，归一化里有。"""
    return (nn.Conv2d(cin, cout, k, stride, padding=k // 2, bias=False), nn.BatchNorm2d(cout))


# region net
def resnet50():
    parts = [*unit(3, 64, 7, stride=2), nn.ReLU(),
             nn.MaxPool2d(3, 2, 1)]
    cin = 64
    for stage, blocks in enumerate((3, 4, 6, 3)):
        mid = 64 * 2 ** stage
        for i in range(blocks):
            stride = 2 if stage > 0 and i == 0 else 1
            parts.append(Bottleneck(cin, mid, stride))
            cin = 4 * mid
    return nn.Sequential(*parts, nn.AdaptiveAvgPool2d(1),
                         nn.Flatten(), nn.Linear(2048, 1000))
# endregion net


if __name__ == "__main__":
    from torchvision import models

    # region count
    with torch.device("meta"):
        net = resnet50()
        y = net(torch.zeros(1, 3, 224, 224))
        library = models.resnet50()
    print(tuple(y.shape), layers(net, nn.Conv2d), "个卷积", end="  ")
    print(f"{count(net):,}", count(net) == count(library))
    # endregion count

    total, convolutions = count(net), layers(net, nn.Conv2d)
    path = 1 + 3 * (3 + 4 + 6 + 3)
    projections = convolutions - path
    assert y.shape == (1, 1000) and total == count(library) == 25_557_032
    assert (convolutions, projections) == (53, 4)
    ours, theirs = (sorted(tuple(p.shape) for p in m.parameters()) for m in (net, library))
    assert ours == theirs

    # 同样的权重，给出同样的结果：把 torchvision 的权重按次序装进来（缩小的输入就够了）。
    torch.manual_seed(0)
    ours, theirs = resnet50().eval(), models.resnet50().eval()
    kinds = nn.Conv2d | nn.BatchNorm2d | nn.Linear
    pairs = ([m for m in net.modules() if isinstance(m, kinds)] for net in (ours, theirs))
    for a, b in zip(*pairs):
        assert type(a) is type(b) and a.weight.shape == b.weight.shape
        a.load_state_dict(b.state_dict())
    with torch.no_grad():
        x = torch.randn(1, 3, 64, 64)
        assert torch.allclose(ours(x), theirs(x), rtol=1e-4, atol=1e-5)
