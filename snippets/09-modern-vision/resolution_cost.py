# /// script
# dependencies = ["torchvision"]
# ///
"""Multiplications of ViT-B/16 and ResNet-50 as the picture grows."""

from torchvision.models import ResNet50_Weights, ViT_B_16_Weights

# region count
def vit(side, d=768, depth=12):
    n = (side // 16) ** 2 + 1      # 词数
    patches = (n - 1) * d * d
    linear = 12 * n * d * d        # 线性层
    pairs = 2 * n * n * d          # 打分、加权
    return patches + depth * (linear + pairs)

def resnet(side):                  # 随面积
    return 4.09e9 * (side / 224) ** 2

for side in (224, 448, 896, 1792):
    print(f"{side:5}{vit(side) / 1e9:8.1f}"
          f"{resnet(side) / 1e9:7.1f}")
# endregion count
published = ViT_B_16_Weights.IMAGENET1K_V1.meta["_ops"]
published_resnet = ResNet50_Weights.IMAGENET1K_V1.meta["_ops"]
giga, giga_large = vit(224) / 1e9, vit(1792) / 1e9
vit_factor, resnet_factor = vit(1792) / vit(224), resnet(1792) / resnet(224)
assert abs(giga / published - 1) < 0.01 and abs(published_resnet - 4.09) < 0.01
