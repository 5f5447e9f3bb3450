"""What doctor asks a machine for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from deckwright.cli import requirements
from deckwright.marp import toolchain

DECK = """# A

```python exec
import click, nosuch.part
```

```python exec
#| raises: SyntaxError
print(1))
```

```python exec
try:
    import optional
except ImportError:
    optional = None
```

[3](../snippets/b.py#x)
"""


@pytest.fixture(autouse=True)
def no_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toolchain, "requirements", lambda: ())


def test_outside_of_a_project_no_package_is_asked_for(tmp_path: Path) -> None:
    assert [finding.name for finding in requirements.requirements(tmp_path)] == ["Python", "devices"]


def test_what_the_scripts_here_import_is_asked_for(tmp_path: Path) -> None:
    files = {
        "slides/a.md": DECK,
        "snippets/b.py": "import __main__, helper, house, json, sklearn, skimage\nx = 3\n",
    }
    for path, text in {
        **files,
        "snippets/helper.py": "",
        "figures/house.py": "",
        "snippets/unused.py": "import missing\n",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    found = {finding.name: finding for finding in requirements.requirements(tmp_path)}
    assert found.keys() == {"Python", "click", "nosuch", "scikit-learn", "skimage", "devices"}
    assert [name for name, finding in found.items() if not finding.ok] == ["nosuch", "skimage"]
    assert found["nosuch"].found == "not installed; slides/a.md imports it"
    assert found["skimage"].hint == f"{sys.executable} -m pip install scikit-image"
