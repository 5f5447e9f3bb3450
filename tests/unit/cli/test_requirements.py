"""The requirements that doctor lists."""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from deckwright.cli.requirements import requirements
from deckwright.errors import ToolMissing
from deckwright.model import Requirement

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


def without_tools(folder: Path) -> dict[str, Requirement]:
    return {each.name: each for each in requirements(folder, tools=lambda: ())}


def test_outside_of_a_project_no_package_is_required(tmp_path: Path) -> None:
    assert [*without_tools(tmp_path)] == ["Python", "devices", "recorder", "limits", "LibreOffice"]


def test_imports_of_scripts_are_required(tmp_path: Path) -> None:
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
    requirements_here = without_tools(tmp_path)
    assert requirements_here.keys() == {
        "LibreOffice",
        "Python",
        "limits",
        "click",
        "nosuch",
        "scikit-learn",
        "skimage",
        "devices",
        "recorder",
    }
    assert [name for name, each in requirements_here.items() if not each.ok] == ["nosuch", "skimage"]
    assert requirements_here["nosuch"].state == "not installed; slides/a.md imports it"
    assert requirements_here["skimage"].hint == f"{sys.executable} -m pip install scikit-image"


@pytest.mark.skipif(sys.platform != "linux", reason="what Linux can hold")
def test_for_what_the_limits_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECKWRIGHT_RECORDER", "hooks")
    limits = without_tools(tmp_path)["limits"]
    assert limits.state.endswith("but are late for what starts processes quickly")


def test_libreoffice_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = ToolMissing("no LibreOffice", "apt-get install it")
    monkeypatch.setattr("deckwright.cli.requirements.find_libreoffice", Mock(side_effect=missing))
    found = without_tools(tmp_path)["LibreOffice"]
    assert found.ok
    assert "only `build --editable` needs it: apt-get install it" in found.state
