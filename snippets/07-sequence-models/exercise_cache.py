# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Exercise 2: causal attention one token at a time, with the keys and values kept."""

import torch
from torch.nn.functional import scaled_dot_product_attention

torch.set_default_dtype(torch.float64)


# region task
class Cache:
    def __init__(self):
        self.keys, self.values = [], []

    def step(self, q, k, v):
        """来了一个新词：记下 k、v，返回 q 看到的内容。"""
        # BEGIN SOLUTION
        self.keys.append(k)
        self.values.append(v)
        keys, values = torch.stack(self.keys), torch.stack(self.values)
        weights = (keys @ q / len(q) ** 0.5).softmax(0)
        return weights @ values
        # END SOLUTION
# endregion task


# region test
torch.manual_seed(0)
q, k, v = torch.randn(3, 6, 8)
whole = scaled_dot_product_attention(q, k, v, is_causal=True)
cache = Cache()
steps = [cache.step(*token) for token in zip(q, k, v)]
assert torch.allclose(torch.stack(steps), whole)
print("通过")
# endregion test
