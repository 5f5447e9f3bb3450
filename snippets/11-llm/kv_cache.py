# /// script
# dependencies = ["torch", "numpy"]
#
# [tool.deckwright.smoke]
# new = 16
# ///
"""Writing with a KV cache: the same logits, far less work, and how much less."""

# %% imports
import time

import torch
from torch.utils.flop_counter import FlopCounterMode

from gpt import GPT

torch.set_num_threads(1)
torch.manual_seed(0)
model = GPT(kinds=500, dim=128, heads=4, depth=3, context=160)
new = 120


# region slow
@torch.no_grad()
def slow(n):
    ids = torch.zeros(1, 1, dtype=torch.long)
    for t in range(n):                       # 每次从头算
        logits = model(ids)[:, -1:]
        ids = torch.cat([ids, logits.argmax(-1)], 1)
    return ids
# endregion slow


# region fast
@torch.no_grad()
def fast(n):
    ids = torch.zeros(1, 1, dtype=torch.long)
    caches = [{} for _ in model.blocks]
    for t in range(n):                       # 只算新的一个
        logits = model(ids[:, -1:], caches, start=t)
        ids = torch.cat([ids, logits.argmax(-1)], 1)
    return ids
# endregion fast


def timed(write):
    start = time.perf_counter()
    ids = write(new)
    return ids, time.perf_counter() - start


# region race
fast(3)                                      # 热身
(a, t_slow), (b, t_fast) = timed(slow), timed(fast)
print("same text:", torch.equal(a, b))
print(f"without cache {t_slow:.2f} s")
print(f"with cache    {t_fast:.2f} s")
print(f"{t_slow / t_fast:.1f} times as fast")
# endregion race


# region count
def work(write, n):
    with FlopCounterMode(display=False) as counter:
        write(n)
    return counter.get_total_flops()
# endregion count


lengths = [new // 8, new // 4, new // 2, new]
flops = {write.__name__: [work(write, n) for n in lengths] for write in (slow, fast)}
ratio = flops["slow"][-1] / flops["fast"][-1]


# %% store
# region memory
def cache_bytes(layers, kv_heads, head_dim, tokens, size=2):
    return 2 * layers * kv_heads * head_dim * tokens * size

K, G = 2**10, 2**30
llama2 = cache_bytes(32, kv_heads=32, head_dim=128, tokens=1)
llama3 = cache_bytes(32, kv_heads=8, head_dim=128, tokens=1)
print(f"Llama 2 7B {llama2 / K:.0f} KiB")
print(f"Llama 3 8B {llama3 / K:.0f} KiB")
print(f"4096 tokens: {llama2 * 4096 / G:.1f} GiB")
# endregion memory
per_token, grouped, whole = llama2 / K, llama3 / K, llama2 * 4096 / G
assert (per_token, grouped, whole) == (512, 128, 2)

# %% claims
#| smoke: false
assert torch.equal(a, b) and t_fast < t_slow
assert ratio > 30
