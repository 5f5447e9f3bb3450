# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Adam that gives the same weights on every computer."""

import torch


class Adam(torch.optim.Adam):
    """Rounds the weights after each step: else the last bits of a computer grow to other results."""

    @torch.no_grad()
    def step(self, closure=None):
        super().step(closure)
        for group in self.param_groups:
            for weights in group["params"]:
                weights.copy_((weights * 2**30).round() / 2**30)
