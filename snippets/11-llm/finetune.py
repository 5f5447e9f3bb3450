# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Pretrain by masking on unlabelled sentences, fine-tune on twelve labelled ones; or start from nothing."""

# %% imports
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from gpt import GPT, Adam
from masking import mask_tokens

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# region words
topics = {
    "吃的": "米饭 面条 苹果 豆腐 饺子 西瓜",
    "动物": "小猫 小狗 兔子 老虎 大象 猴子",
    "天气": "下雨 刮风 下雪 打雷 晴天 阴天",
    "车船": "火车 汽车 轮船 飞机 单车 地铁",
}
# endregion words
topics = {name: line.split() for name, line in topics.items()}
common = ["我", "你", "他", "喜欢", "看见", "说起", "和", "还有", "今天", "昨天"]
names = list(topics)
words = [*common, *(word for group in topics.values() for word in group)]
number = {word: k for k, word in enumerate(words)}
MASK = len(words)


# region sentences
def sentences(n, generator, first=6):
    """“他 今天 说起 米饭 还有 西瓜 和 豆腐”：三个词同一类。"""
    def pick(options):
        at = torch.randint(len(options), (), generator=generator)
        return options[at]
    texts, labels = [], []
    for k in range(n):
        group = topics[names[k % 4]][:first]
        a, b, c = pick(group), pick(group), pick(group)
        texts.append([pick(common[:3]), pick(common[8:]),
            pick(common[3:6]), a, pick(common[6:8]), b,
            pick(common[6:8]), c])
        labels.append(k % 4)
    return texts, torch.tensor(labels)
# endregion sentences


def encode(texts):
    return torch.tensor([[number[word] for word in text] for text in texts])


class Classifier(nn.Module):
    def __init__(self, body):
        super().__init__()
        torch.manual_seed(0)
        self.body, self.head = body, nn.Linear(32, len(names))

    def forward(self, x):
        return self.head(self.body.features(x).mean(1))


def new_body():
    torch.manual_seed(0)
    return GPT(len(words) + 1, dim=32, heads=4, depth=1, context=8, causal=False)


def fit(model, loss_of, steps, lr):
    adam = Adam(model.parameters(), lr=lr)
    for step in range(steps):
        loss = loss_of()
        adam.zero_grad()
        loss.backward()
        adam.step()
    return loss.item()


# %% pretrain
data = torch.Generator().manual_seed(1)
texts, _ = sentences(2000, data)         # without their labels
ids = encode(texts)
body = new_body()


def masked_loss():
    rows = torch.randint(len(ids), (64,), generator=data)
    x, y = mask_tokens(ids[rows], len(words), MASK, data)
    return F.cross_entropy(body(x).mT, y)


before = body.token.weight.detach().clone()
fit(body, masked_loss, 150, 1e-2)
after = body.token.weight.detach().clone()

# %% labelled
few_texts, labels = sentences(12, data, first=2)     # only two words of each topic have labels
few = encode(few_texts)
test_texts, answers = sentences(400, data)
test = encode(test_texts)


# region finetune
def finetune(body):
    model = Classifier(body)      # 新的头
    def loss_of():
        logits = model(few)       # 十二句
        return F.cross_entropy(logits, labels)
    fit(model, loss_of, steps=60, lr=3e-3)
    guess = model(test).argmax(-1)
    return (guess == answers).double().mean()
# endregion finetune


# region compare
scratch = finetune(new_body()).item()
pretrained = finetune(body).item()
print(f"from scratch {scratch:.0%}")
print(f"pretrained   {pretrained:.0%}")
# endregion compare


# %% save
def flat(weights):
    """Two principal axes of the topics' word vectors."""
    w = weights[len(common):-1]
    w = w - w.mean(0)
    _, _, v = torch.linalg.svd(w, full_matrices=False)
    v = v[:2] * v[:2].gather(1, v[:2].abs().argmax(1, keepdim=True)).sign()
    return [[round(x, 4) for x in row] for row in (w @ v.T).tolist()]


path = Path(__file__).resolve().parent / "learnt" / "finetune.json"
learnt = {
    "words": words[len(common):],
    "before": flat(before),
    "after": flat(after),
    "scratch": scratch,
    "pretrained": pretrained,
}
path.write_text(json.dumps(learnt, ensure_ascii=False))
sentence = next(" ".join(t) for t in test_texts if len({*t}) == len(t))
labelled, unlabelled = len(few), len(ids)
assert pretrained > scratch + 0.1 and pretrained > 0.85
