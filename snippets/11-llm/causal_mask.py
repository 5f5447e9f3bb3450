# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The causal mask: zero weights above the diagonal; without it, training copies the answer."""

import torch
from torch.nn import functional as F

from gpt import GPT, Adam
from poems import alphabet, decode, encode, train

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# region mask
torch.manual_seed(0)
model = GPT(len(alphabet), dim=32, heads=4,
            depth=2, context=25)
a = torch.tensor([encode("床前明月光")])
b = torch.tensor([encode("床前明镜里")])
same = torch.isclose(model(a), model(b))
same = same.all(-1)[0].tolist()
print(same)

w = model.blocks[0].attention.weights[0, 0]
print(f"above {w.triu(1).sum():.1f}")
print(f"rows  {w.sum(-1).mean():.1f}")
# endregion mask
assert same == [True, True, True, False, False] and w.triu(1).sum() == 0


# region cheat
def learn(causal):
    torch.manual_seed(0)
    model = GPT(len(alphabet), 32, 4, 1, 25,
                causal=causal)
    adam = Adam(model.parameters(), lr=1e-2)
    for step in range(60):
        loss = F.cross_entropy(model(x).mT, y)
        adam.zero_grad()
        loss.backward()
        adam.step()
    ids = [0]                 # 一字一字地写
    for _ in range(11):
        z = model(torch.tensor([ids]))[0, -1]
        ids.append(z.argmax().item())
    return loss.item(), decode(ids[1:])
# endregion cheat


poems = torch.tensor([[0, *encode(poem)] for poem in train[:16]])
x, y = poems[:, :-1], poems[:, 1:]
# region compare
for causal in (True, False):
    loss, text = learn(causal)
    print(f"{causal!s:5} {loss:.2f} {text}")
# endregion compare
