"""Whether what a script prints may depend on chance."""

import pytest

from deckwright.build.chance import may_depend_on_chance


@pytest.mark.parametrize(
    "code",
    [
        "print({'a', 'b'})",
        "print({word for word in words})",
        "print(list(set(words)))",
        "print(frozenset(words))",
        "print(hash('a'))",
        "print(list(map(set, words)))",
        "print(sorted(set(words), key=len))",
        "print(list(set(words) - {'a'}) == ['b'])",
        "print(('%s' % {'a', 'b'}) == text)",
        "seen = set()\nprint(len(seen))",
        "import random\nprint(random.random())",
        "from random import choice\nprint(choice('ab'))",
        "import numpy as np\nprint(np.random.rand())",
        "from numpy.random import default_rng\nprint(default_rng().random())",
        "import numpy.random\nnumpy.random.seed()",
    ],
)
def test_sets_and_generators(code: str) -> None:
    assert may_depend_on_chance(code)


@pytest.mark.parametrize(
    "code",
    [
        "print(f'{x} of {len(xs)}', {'a': 1})",
        "import random\nrandom.seed(3)\nprint(random.random())",
        "import numpy as np\nprint(np.random.default_rng(0).random())",
        "import torch\nprint(torch.rand(2))  # its generator always begins with the same seed",
        "!pip install x",
        "axes.set(title='a')  # a method of matplotlib",
        "print(sorted(set(words)), len({word[0] for word in words}))",
        "print(sorted(set(words) - {'a'} | frozenset(words)))",
        "assert set(words) <= {'a', 'b'} and word in {'a', 'b'}",
    ],
)
def test_everything_else(code: str) -> None:
    assert not may_depend_on_chance(code)
