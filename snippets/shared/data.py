# /// script
# dependencies = ["torch", "torchvision", "scikit-learn"]
# ///
"""Handwritten digits, 28x28: torchvision's MNIST if it is here, else scikit-learn's."""

import os
from pathlib import Path

import torch
from sklearn.datasets import load_digits
from torch.utils.data import DataLoader, Dataset, random_split
from torchvision.datasets import MNIST
from torchvision.transforms import v2

# MNIST is looked for in this folder (as MNIST/raw/...) and never downloaded.
ROOT = Path(os.environ.get("MNIST_ROOT", Path(__file__).resolve().parents[2] / "data"))


# region dataset
class Digits(Dataset):
    def __init__(self, images, labels):
        self.pairs = list(zip(images, labels))

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, i):
        return self.pairs[i]
# endregion dataset


# region load
def load_images():
    """(N, 1, 28, 28) between 0 and 1, labels, and whose."""
    try:
        mnist = MNIST(ROOT, download=False)
        images, labels = mnist.data[:6000], mnist.targets[:6000]
        return images[:, None] / 255, labels, "MNIST (torchvision)"
    except RuntimeError:        # no files here
        digits = load_digits()
        images = torch.tensor(digits.images)[:, None] / 16
        images = v2.functional.resize(images, [28, 28])
        return images, torch.tensor(digits.target), "digits (scikit-learn)"
# endregion load


# region split
def load_split():
    """Training, validation and test set, and whose digits they are."""
    images, labels, source = load_images()
    parts = random_split(
        range(len(labels)), [0.7, 0.1, 0.2],
        generator=torch.Generator().manual_seed(0))
    assert sorted(i for part in parts for i in part) == list(range(len(labels)))
    seen = images[list(parts[0])]
    images = (images - seen.mean()) / seen.std()
    images = images.to(torch.get_default_dtype())
    return *(Digits(images[list(p)], labels[list(p)].tolist()) for p in parts), source
# endregion split


# region use
if __name__ == "__main__":
    train_set, val_set, test_set, source = load_split()
    print(source)
    print(len(train_set), len(val_set), len(test_set))

    image, label = train_set[0]
    print(image.shape, label)
# endregion use

    # region loader
    loader = DataLoader(train_set, batch_size=32,
                        shuffle=True)
    sizes = [len(y) for X, y in loader]
    print(len(loader), "batches")
    print("first", sizes[0], "last", sizes[-1])
    # endregion loader

    pixels = torch.stack([image for image, _ in train_set])
    assert abs(pixels.mean()) < 1e-4 and abs(pixels.std() - 1) < 1e-4
    labels = sorted(label for part in (train_set, val_set, test_set) for _, label in part)
    assert labels == load_images()[1].sort().values.tolist()
    shuffled = torch.cat([y for _, y in loader]).sort().values.tolist()
    assert shuffled == sorted(label for _, label in train_set)
