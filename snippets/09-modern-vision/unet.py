# /// script
# dependencies = ["torch", "numpy"]
# ///
"""U-Net: down, up, and across; small for training, full size for counting."""

import torch
from torch import nn
from torch.nn import functional as F


# region double
def double(cin, cout, pad=1):
    return nn.Sequential(
        nn.Conv2d(cin, cout, 3, padding=pad), nn.ReLU(),
        nn.Conv2d(cout, cout, 3, padding=pad), nn.ReLU())
# endregion double


class UNet(nn.Module):
    def __init__(self, cin=1, cout=1, skip=True, widths=(8, 16, 32, 64)):
        super().__init__()
        self.skip = skip
        # region parts
        pairs = list(zip(widths, widths[1:]))
        self.first = double(cin, widths[0])
        self.down = nn.ModuleList(
            double(a, b) for a, b in pairs)
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(b, a, 2, 2)
            for a, b in pairs)
        self.merge = nn.ModuleList(
            double(2 * a if skip else a, a)
            for a, b in pairs)
        self.head = nn.Conv2d(widths[0], cout, 1)
        # endregion parts
        for layer in self.modules():      # as in the paper: variance 2 / inputs
            if isinstance(layer, nn.Conv2d) and layer is not self.head:
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                nn.init.zeros_(layer.bias)

    # region forward
    def forward(self, x):
        kept = [self.first(x)]
        for down in self.down:            # 往下
            x = F.max_pool2d(kept[-1], 2)
            kept.append(down(x))
        y = kept.pop()                    # 最底下
        for up, merge in zip(self.up[::-1],
                             self.merge[::-1]):
            y = up(y)                     # 往上
            same = kept.pop()             # 同样大的旧特征
            if self.skip:
                y = torch.cat([same, y], dim=1)
            y = merge(y)
        return self.head(y)
    # endregion forward


if __name__ == "__main__":
    torch.manual_seed(0)
    # region shapes
    net = UNet()
    print(net(torch.zeros(1, 1, 64, 64)).shape)
    for up, merge in zip(net.up[::-1], net.merge[::-1]):
        joined, out = merge[0].in_channels, merge[0].out_channels
        print(up.in_channels, "->", up.out_channels,
              "| cat", joined, "->", out)
    # endregion shapes
    for up, merge in zip(net.up, net.merge):
        assert merge[0].in_channels == 2 * up.out_channels
    assert net(torch.zeros(2, 1, 32, 32)).shape == (2, 1, 32, 32)
    parameters = sum(p.numel() for p in net.parameters())
