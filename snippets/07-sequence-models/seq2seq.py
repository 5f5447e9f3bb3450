# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Encoder and decoder: read a sequence, then write another one."""

import torch
from torch import nn

from attention import attention

START = 10                               # 十个数字之外的开始符


# region model
class Seq2Seq(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.embed = nn.Embedding(11, dim)   # 0-9 和开始符
        self.encoder = nn.GRU(dim, dim, batch_first=True)
        self.decoder = nn.GRU(dim, dim, batch_first=True)
        self.head = nn.Linear(dim, 10)

    def forward(self, source, shifted):
        _, h = self.encoder(self.embed(source))
        states, _ = self.decoder(self.embed(shifted), h)
        return self.head(states)             # 只经过 h
# endregion model


# region attend
class Attentive(Seq2Seq):
    def __init__(self, dim):
        super().__init__(dim)
        self.query = nn.Linear(dim, dim)
        self.head = nn.Linear(2 * dim, 10)

    def forward(self, source, shifted):
        read, h = self.encoder(self.embed(source))
        states, _ = self.decoder(self.embed(shifted), h)
        found, self.weights = attention(
            self.query(states), read, read)  # 回头看每一步
        return self.head(torch.cat([states, found], dim=-1))
# endregion attend


# region shift
def shift(target):
    start = torch.full_like(target[:, :1], START)
    return torch.cat([start, target[:, :-1]], dim=1)
# endregion shift


# region use
if __name__ == "__main__":
    torch.manual_seed(0)
    source = torch.tensor([[3, 1, 4, 1, 5, 9]])
    target = source.flip(1)                  # 倒着写一遍
    print(shift(target).tolist())
    print(Seq2Seq(24)(source, shift(target)).shape)
    _, h = Seq2Seq(24).encoder(Seq2Seq(24).embed(source))
    print(h.shape)
# endregion use
    assert h.numel() == 24
