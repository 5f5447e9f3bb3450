# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The academic network of this lecture: who wrote what, and where it appeared."""

import torch

AP = torch.tensor([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1], [0, 0, 0, 1]])
PV = torch.tensor([[1, 0], [1, 0], [0, 1], [0, 1]])
APA = AP @ AP.T
APVPA = AP @ PV @ PV.T @ AP.T
