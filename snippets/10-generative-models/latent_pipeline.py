# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The parts of Stable Diffusion in toy sizes, untrained: what goes where, and in which shape."""

import torch
from torch import nn

torch.manual_seed(0)
torch.set_num_threads(1)


class Text(nn.Module):
    """CLIP's text encoder, in small: one vector per token."""

    def __init__(self, words=100, dim=16):
        super().__init__()
        self.words = nn.Embedding(words, dim)
        self.layer = nn.TransformerEncoderLayer(dim, 2, 32, batch_first=True, dropout=0.0)

    def forward(self, ids):
        return self.layer(self.words(ids))


class UNet(nn.Module):
    """Down, cross-attention to the text, up, with one skip."""

    def __init__(self, dim=32, text=16):
        super().__init__()
        self.down = nn.Conv2d(4, dim, 4, 2, 1)
        self.cross = nn.MultiheadAttention(dim, 4, kdim=text, vdim=text, batch_first=True)
        self.up = nn.ConvTranspose2d(dim, dim, 4, 2, 1)
        self.out = nn.Conv2d(dim + 4, 4, 3, padding=1)
        self.time = nn.Linear(1, dim)

    def forward(self, z, t, words):
        h = self.down(z) + self.time(torch.full((1, 1), t))[..., None, None]
        n, c, *size = h.shape
        tokens = h.flatten(2).mT
        tokens = tokens + self.cross(tokens, words, words)[0]
        h = self.up(torch.relu(tokens.mT.view(n, c, *size)))
        return self.out(torch.cat([h, z], 1))


encoder = nn.Sequential(*(nn.Conv2d(i, o, 4, 2, 1) for i, o in ((3, 8), (8, 16), (16, 4))))
decoder = nn.Sequential(*(nn.ConvTranspose2d(i, o, 4, 2, 1) for i, o in ((4, 16), (16, 8), (8, 3))))
text, unet = Text(), UNet()

# region pipeline
@torch.no_grad()
def text_to_image(ids, calls=20):
    words = text(ids)            # 只算一次
    z = torch.randn(1, 4, 8, 8)  # 噪声
    for k in range(calls):
        v = unet(z, k / calls, words)
        z = z + v / calls
    return words, z, decoder(z)  # 最后解码

ids = torch.tensor([[5, 17, 3, 42, 8, 6, 2]])
words, z, image = text_to_image(ids)
print("words ", *words.shape)
print("latent", *z.shape)
print("image ", *image.shape)
# endregion pipeline

# %% claims
assert (z.shape, image.shape) == ((1, 4, 8, 8), (1, 3, 64, 64))
assert encoder(image).shape == z.shape          # needed for training and image-to-image only
