# /// script
# dependencies = ["torch", "torchvision"]
# ///
"""DPT: the tokens of four layers become four feature maps, which become one picture."""

import torch
from torch import nn
from torch.nn import functional as F

from vit import ViT


class Reassemble(nn.Module):
    # region parts
    def __init__(self, dim, out, scale):
        super().__init__()
        self.read = nn.Linear(2 * dim, dim)
        self.project = nn.Conv2d(dim, out, 1)
        if scale >= 1:               # 放大 1、2、4 倍
            self.resize = nn.ConvTranspose2d(
                out, out, int(scale), int(scale))
        else:                        # 缩小一半
            self.resize = nn.Conv2d(
                out, out, 3, 2, padding=1)
    # endregion parts

    # region forward
    def forward(self, tokens, h, w):  # (B, 197, D)
        cls, x = tokens[:, :1], tokens[:, 1:]
        both = torch.cat(
            [x, cls.expand_as(x)], dim=-1)
        x = F.gelu(self.read(both))   # (B, 196, D)
        x = x.mT.unflatten(2, (h, w)) # 摆回格子
        return self.resize(self.project(x))
    # endregion forward


# region fuse
class Fuse(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.a, self.b = (nn.Conv2d(c, c, 3, padding=1)
                          for _ in range(2))

    def forward(self, fine, coarse=None):
        x = fine
        if coarse is not None:
            x = x + F.interpolate(coarse, fine.shape[2:],
                                  mode="bilinear")
        return x + self.b(F.relu(self.a(F.relu(x))))
# endregion fuse


class DPT(nn.Module):
    """``layers``: the blocks whose tokens are used, shallow first; ``scales``: their sizes in patches."""

    def __init__(self, vit, layers, scales, c=32):
        super().__init__()
        dim = vit.head.in_features
        self.vit, self.layers, self.scales = vit, layers, scales
        self.reassemble = nn.ModuleList(Reassemble(dim, c, s) for s in scales)
        self.fuse = nn.ModuleList(Fuse(c) for _ in scales)
        self.head = nn.Sequential(nn.Conv2d(c, c, 3, padding=1), nn.ReLU(), nn.Conv2d(c, 1, 1))

    def maps(self, image):
        """One feature map of each chosen layer."""
        side = self.vit.patch.kernel_size[0]
        h, w = image.shape[2] // side, image.shape[3] // side
        x = self.vit.patch(image).flatten(2).mT
        x = torch.cat([self.vit.cls.expand(len(x), -1, -1), x], dim=1) + self.vit.place
        kept = []
        for number, block in enumerate(self.vit.blocks, start=1):
            x = block(x)
            if number in self.layers:
                kept.append(x)
        return [part(tokens, h, w) for part, tokens in zip(self.reassemble, kept)]

    # region dense
    def forward(self, image):
        y = None
        maps = self.maps(image)[::-1]          # 先粗后细
        for fuse, fine in zip(self.fuse, maps):
            y = fuse(fine, y)
        y = F.interpolate(y, image.shape[2:], mode="bilinear")
        return self.head(y)
    # endregion dense


if __name__ == "__main__":
    torch.manual_seed(0)
    # region shapes
    tokens = torch.randn(1, 197, 768)    # 某一层的输出
    for scale in (4, 2, 1, 0.5):
        part = Reassemble(768, 64, scale)
        print(scale, *part(tokens, 14, 14).shape)
    # endregion shapes
    # region whole
    vit = ViT(224, 16, dim=48, depth=4, heads=2)
    net = DPT(vit, (1, 2, 3, 4), (4, 2, 1, 0.5), c=8)
    with torch.no_grad():
        print(*net(torch.randn(1, 3, 224, 224)).shape)
    # endregion whole
    with torch.no_grad():
        sides = [m.shape[-1] for m in net.maps(torch.randn(1, 3, 224, 224))]
        assert net(torch.randn(1, 3, 224, 224)).shape == (1, 1, 224, 224)
    assert sides == [56, 28, 14, 7]
