"""Names of libraries in the prose."""

import pytest

from deckwright.adopt.analysis.prose import find_mentions
from deckwright.parse import parse_deck


def test_names_of_libraries_in_the_prose() -> None:
    text = (
        "# nn.Linear的使用\n\n* torch.matmal, see torch.mul.\n* `np.arange` in train.py, torch.org\n"
        "* https://pytorch.org/torch.nn, model.fit, kit.look\n\n```python\ntorch.no\n```\n"
    )
    deck = parse_deck("slides/deck.md", text)
    mentions = find_mentions(deck, {"kit": "import kit"})
    assert [(m.name, m.line, m.location.line) for m in mentions] == [
        ("nn.Linear", "from torch import nn", 1),
        ("torch.matmal", "import torch", 3),
        ("torch.mul", "import torch", 3),
        ("np.arange", "import numpy as np", 4),
        ("kit.look", "import kit", 5),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`plt.xlabel/ylabel()`",
        "`torch.save()/load()`",
        "`np.rand*`, `np.log{2,10}`, plt.set_\\*",
        "torch.uint8/int16",
        "`np.lin...`, `np.lin…`, np.<name>",
        "`transforms.Random[...]`",
        "`np.min|max`",
    ],
)
def test_what_stands_for_several_names_is_not_looked_up(text: str) -> None:
    assert list(find_mentions(parse_deck("slides/deck.md", f"# A\n\n{text}\n"), {})) == []
