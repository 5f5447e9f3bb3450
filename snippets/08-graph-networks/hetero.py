# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Authors, papers, venues: paths of typed edges are products of typed adjacency matrices."""

import torch

import academic

# region products
AP = torch.tensor([[1, 1, 0, 0],  # 甲写 0、1
                   [1, 0, 1, 0],  # 乙
                   [0, 0, 1, 1],  # 丙
                   [0, 0, 0, 1]]) # 丁
PV = torch.tensor([[1, 0], [1, 0],  # 会议 X
                   [0, 1], [0, 1]]) # 会议 Y
APA = AP @ AP.T          # 合写几篇
APV = AP @ PV            # 各会议几篇
APVPA = APV @ APV.T      # 同一会议
for name, M in (("APA", APA), ("APV", APV),
                ("APVPA", APVPA)):
    print(f"{name:5}", M[1].tolist())  # 乙
# endregion products
assert academic.AP.equal(AP) and academic.PV.equal(PV) and academic.APVPA.equal(APVPA)
assert APA.diag().tolist() == AP.sum(1).tolist() and APA.equal(APA.T)
assert APV.tolist() == [[2, 0], [1, 1], [0, 2], [0, 1]] and APVPA[0, 3] == 0
