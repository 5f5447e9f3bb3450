# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Two encoders that end in the same space."""

import math

import torch
from torch import nn

from pairs import alphabet, draw, encode, seen


# region model
class CLIP(nn.Module):
    def __init__(self, dim=32):
        super().__init__()
        self.image = nn.Sequential(
            nn.Conv2d(3, 12, 5, 2, 2), nn.ReLU(),
            nn.Conv2d(12, 24, 3, 2, 1), nn.ReLU(),
            nn.Conv2d(24, 48, 3, 2, 1), nn.ReLU(),
            nn.AdaptiveMaxPool2d(1), nn.Flatten(),
            nn.Linear(48, dim))
        self.text = nn.Embedding(len(alphabet) + 1, dim)
        self.log_scale = nn.Parameter(
            torch.tensor(math.log(1 / 0.07)))

    def forward(self, images, ids):
        words = self.text(ids)              # (N, 5, dim)
        return self.image(images), words.mean(1)
# endregion model


if __name__ == "__main__":
    torch.manual_seed(0)
    # region use
    net = CLIP()
    images = draw(seen, torch.Generator().manual_seed(0))
    image, text = net(images, encode(seen))
    print(image.shape, text.shape)
    # endregion use
    parameters = sum(p.numel() for p in net.parameters())
    scale_start = net.log_scale.exp().item()
    assert image.shape == text.shape == (12, 32) and abs(scale_start - 1 / 0.07) < 1e-3
