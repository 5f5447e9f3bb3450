"""What scripts need, as pip and uv read it."""

import tomllib

import pytest

from deckwright.publish.requirements import requirements_text, with_dependencies

SCRIPTS = {
    "no block": ("x = 1\n", '# /// script\n# dependencies = ["numpy", "torch"]\n# ///\nx = 1\n'),
    "below the first line of a program": (
        "#!/usr/bin/env python\nx = 1\n",
        '#!/usr/bin/env python\n# /// script\n# dependencies = ["numpy", "torch"]\n# ///\nx = 1\n',
    ),
    "a block with other things": (
        "# /// script\n# [tool.deckwright]\n# seed = 1\n# ///\n",
        '# /// script\n# dependencies = ["numpy", "torch"]\n# [tool.deckwright]\n# seed = 1\n# ///\n',
    ),
    "what the author wrote": (
        '# /// script\n# dependencies = ["torch>=2"]\n# ///\n',
        '# /// script\n# dependencies = ["torch>=2"]\n# ///\n',
    ),
}


@pytest.mark.parametrize(("script", "whole"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_script_names_what_it_needs(script: str, whole: str) -> None:
    assert with_dependencies(script, ["torch", "numpy"]) == whole
    block = whole.partition("# /// script\n")[2].partition("# ///\n")[0]
    assert "dependencies" in tomllib.loads(block.replace("# ", ""))


def test_a_script_that_needs_nothing() -> None:
    assert with_dependencies("x = 1\n", []) == "x = 1\n"


def test_versions_that_others_can_install() -> None:
    assert requirements_text({"torch": "2.9.1+cpu", "numpy": "2.1"}) == "numpy==2.1\ntorch==2.9.1\n"
