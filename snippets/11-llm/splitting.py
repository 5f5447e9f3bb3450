# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The task of the second half: "7=" is to be answered with two digits that make 7, such as 3+4."""

import torch
from torch.nn import functional as F

from gpt import GPT, Adam

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

symbols = [*"0123456789+", *(f"{n}=" for n in range(19))]
PLUS, PROMPT = 10, 11                    # prompts are 11 ("0=") to 29 ("18=")


def text(ids):
    return "".join(symbols[int(i)] for i in ids)


# region reward
def reward(ids):              # 题、三个字
    n, a, plus, b = ids.T
    form = (a < 10) & (plus == PLUS) & (b < 10)
    right = form & (a + b == n - PROMPT)
    return right.double()
# endregion reward


# region sample
@torch.no_grad()
def sample(model, prompts):              # prompts：(B,)
    ids = prompts[:, None]
    for _ in range(3):
        p = model(ids)[:, -1].softmax(-1)
        ids = torch.cat([ids, torch.multinomial(p, 1)], 1)
    return ids


def log_probs(model, ids):               # 每个 token 的 log π
    logp = model(ids[:, :-1]).log_softmax(-1)
    return logp.gather(2, ids[:, 1:, None])[..., 0]
# endregion sample


def new_model():
    torch.manual_seed(0)
    return GPT(len(symbols), dim=32, heads=2, depth=1, context=4)


def copied(model):
    copy = new_model()
    copy.load_state_dict(model.state_dict())
    return copy


def demonstrations(n, generator):
    """Answers by careless people: the form is always right, the sum about every second time."""
    a, b = torch.randint(10, (2, n), generator=generator)
    told = torch.where(torch.rand(n, generator=generator) < 0.5, a + b,
                       torch.randint(19, (n,), generator=generator))
    return torch.stack([told + PROMPT, a, torch.full_like(a, PLUS), b], 1)


def sft(model, demos, steps):
    adam = Adam(model.parameters(), lr=5e-3)
    # region sft
    labels = demos.clone()
    labels[:, 0] = -100                  # 题目不算
    for step in range(steps):
        logits = model(demos[:, :-1])
        loss = F.cross_entropy(
            logits.mT, labels[:, 1:])
        # endregion sft
        adam.zero_grad()
        loss.backward()
        adam.step()
    return model


def starting_policy(steps=120):
    return sft(new_model(), demonstrations(600, torch.Generator().manual_seed(1)), steps)


prompts = torch.arange(19) + PROMPT

if __name__ == "__main__":
    torch.manual_seed(0)
    # region before
    many = prompts.repeat(100)
    for name, model in (("raw", new_model()),
                        ("SFT", starting_policy())):
        ids = sample(model, many)
        print(f"{name} {reward(ids).mean():.0%}")
        print(" ", *(text(row) for row in ids[6:9]))
    # endregion before
    questions = len(prompts)
    right_sft = reward(ids).mean().item()
    form = ((ids[:, 2] == PLUS) & (ids[:, 1] < 10) & (ids[:, 3] < 10)).double().mean().item()
    assert 0.1 < right_sft < 0.45 and form > 0.95
