# /// script
# dependencies = ["torch", "torchvision"]
# ///
"""DeiT: one more token, which answers to the teacher."""

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from vit import ViT


# region model
class DeiT(ViT):
    def __init__(self, dim=768, classes=1000, **rest):
        super().__init__(dim=dim, classes=classes, **rest)
        n = self.place.shape[1] + 1              # 198
        self.place = nn.Parameter(torch.zeros(1, n, dim))
        self.dist = nn.Parameter(torch.zeros(1, 1, dim))
        self.head2 = nn.Linear(dim, classes)

    def forward(self, image):
        x = self.patch(image).flatten(2).mT
        two = torch.cat([self.cls, self.dist], dim=1)
        two = two.expand(len(x), -1, -1)
        x = torch.cat([two, x], dim=1) + self.place
        x = self.norm(self.blocks(x))
        return self.head(x[:, 0]), self.head2(x[:, 1])
# endregion model


# region loss
def hard_loss(student, teacher, label):
    by_label, by_teacher = student
    best = teacher.argmax(1)      # 老师的答案
    a = cross_entropy(by_label, label)
    b = cross_entropy(by_teacher, best)
    return (a + b) / 2
# endregion loss


if __name__ == "__main__":
    torch.manual_seed(0)
    # region use
    net = DeiT(64, 10, size=32, patch=8, depth=1, heads=2,
               channels=1)
    student = net(torch.randn(6, 1, 32, 32))
    teacher, label = torch.randn(6, 10), torch.arange(6)
    print(student[0].shape, student[1].shape)
    print(f"{hard_loss(student, teacher, label):.3f}")
    # endregion use
    with torch.device("meta"):
        full = DeiT(depth=12)
    tokens = full.place.shape[1]
    parameters = sum(p.numel() for p in full.parameters())
    print(tokens, f"{parameters:,}")
    assert tokens == 198 and parameters == 86_567_656 + 2 * 768 + 769_000
    a, b = (cross_entropy(student[0], label), cross_entropy(student[1], teacher.argmax(1)))
    assert torch.allclose(hard_loss(student, teacher, label), (a + b) / 2)

    # Without positions the order of the patches does not matter: a shift by whole patches changes nothing.
    still, x = ViT(32, 8, 64, 2, 4, 10), torch.randn(2, 3, 32, 32)
    still.place.data.zero_()
    assert torch.allclose(still(x), still(x.roll((8, 16), (2, 3))), atol=1e-5)
