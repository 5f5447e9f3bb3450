"""Stable Diffusion: text encoder, U-Net in the latent space, decoder; the encoder only for training."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

from parts import funnel, path

fig, ax = house.canvas(11.6, 4.9)
text = house.box(ax, (1.25, 4.1), "“一只猫”", width=1.7, height=0.75, color=house.GREY)
clip = house.box(ax, (3.9, 4.1), "CLIP 文字编码器", width=2.5, height=0.75, color=house.PURPLE)
noise = house.box(ax, (1.25, 2.35), "噪声", note="4×64×64", width=1.6, height=1.0, color=house.GREY)
unet = house.box(ax, (5.7, 2.35), "U-Net：猜噪声", note="cross-attention", width=2.9, height=1.3,
                 color=house.ORANGE)
latent = house.box(ax, (8.35, 2.35), "$z_0$", note="4×64×64", width=1.3, height=1.0, color=house.TEAL)
decode = funnel(ax, (9.95, 2.35), "解码", 0.8, 1.7, width=1.0, color=house.BLUE)
house.label(ax, (11.05, 2.35), "图像\n3×512\n×512", size=house.SMALL)
house.arrow(ax, decode.right, (10.75, 2.35))
house.arrow(ax, text.right, clip.left)
path(ax, [clip.right, (5.7, 4.1), unet.top], house.PURPLE, 2.2)
house.label(ax, (5.9, 3.5), "77 个词向量", size=house.SMALL, color=house.PURPLE, ha="left")
house.arrow(ax, noise.right, unet.left)
house.arrow(ax, unet.right, latent.left)
house.arrow(ax, latent.right, decode.left)
path(ax, [(6.7, 1.7), (6.7, 1.25), (4.7, 1.25), (4.7, 1.7)], house.ORANGE, 2.2)
house.label(ax, (5.7, 1.02), "几十步", size=house.SMALL, color=house.ORANGE)
encode = funnel(ax, (2.75, 0.55), "编码", 0.9, 0.5, width=1.1, color=house.GREY, dashed=True)
house.label(ax, (0.95, 0.55), "训练图像", size=house.SMALL, color=house.MUTED)
house.arrow(ax, (1.6, 0.55), encode.left, color=house.MUTED, dashed=True)
house.label(ax, (3.6, 0.55), "只在训练和图生图时用：文生图不经过它", size=house.SMALL,
            color=house.MUTED, ha="left")
plt.show()
