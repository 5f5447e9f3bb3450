"""Pictures of real runs: what is cut at their edges."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.model import CutFigure, Figure
from integration.test_execute import make_job, run_all, run_one

pytestmark = pytest.mark.integration

BEGIN = "import matplotlib.pyplot as plt\nfrom matplotlib.animation import FuncAnimation\n"
BARE = 'plt.plot([1, 2])\nplt.axis("off")\n'
LEGEND = 'plt.plot([1, 2], label="training loss")\nplt.legend(bbox_to_anchor=(1.02, 1))\n'
GROWING = """
fig, ax = plt.subplots()
def draw(step):
    ax.set_ylabel("a label\\n" * (5 if step == 1 else 1))
movie = FuncAnimation(fig, draw, frames=3)
"""

CUT = {
    "a legend beside the axes": (LEGEND, ["right"]),
    "a legend that is not there at all": (LEGEND.replace("1.02", "3"), ["right"]),
    "a title": ('plt.title("nobody can read all of this title " * 3)\n', ["left", "right"]),
    "labels": ('plt.figure(figsize=(3, 2))\nplt.xlabel("steps")\nplt.ylabel("loss")\n', ["left", "bottom"]),
    "rotated labels of ticks": ('plt.xticks([0, 1], ["a category", "b"], rotation=90)\n', ["bottom"]),
    "a text of the figure": ('plt.figtext(0.98, 0.5, "hello")\n', ["right"]),
    "a subfigure": ("plt.figure().subfigures(1, 2)[1].subplots()\n" + LEGEND, ["right"]),
    "on a dark ground": ('plt.figure(facecolor="black")\n' + LEGEND, ["right"]),
}
WHOLE = {
    "a plot": "plt.plot([1, 2])\n",
    "room was made": 'plt.figure(layout="constrained")\n' + LEGEND,
    "room was made later": LEGEND + "plt.tight_layout()\n",
    "saved with all that there is": 'plt.rcParams["savefig.bbox"] = "tight"\n' + LEGEND,
    "an invisible legend": LEGEND + "plt.gca().get_legend().set_visible(False)\n",
    "a clipped circle": "plt.plot([1, 2])\nplt.gca().add_patch(plt.Circle((0, 1), 50))\nplt.xlim(0, 1)\n",
    "axes that fill the picture": "plt.figure().add_axes((0, 0, 1, 1))\nplt.plot([1, 2])\n",
    "an image that fills it": "plt.figure().add_axes((0, 0, 1, 1))\nplt.imshow([[1, 2]])\n" + BARE,
    "bare axes that are larger": "plt.figure().add_axes((-0.1, -0.1, 1.2, 1.2))\n" + BARE,
    "texts of data that is not shown": "for n in range(9):\n    plt.text(n, n, n)\nplt.axis((0, 3, 0, 3))\n",
    "white on white": 'plt.plot([1, 2])\nplt.figtext(0.98, 0.5, "hello", color="white")\n',
}


def test_a_cut_figure_is_found_and_a_whole_one_is_not(tmp_path: Path) -> None:
    codes = {**{name: code for name, (code, _) in CUT.items()}, **WHOLE}
    names = {name: f"figures/f{number}.py" for number, name in enumerate(codes)}
    jobs = (make_job(tmp_path, names[name], BEGIN + code, Figure("f", "svg")) for name, code in codes.items())
    results = run_all(tmp_path, *jobs)
    assert [result.failure for result in results.values()] == [None] * len(codes)
    found = {name: [list(cut.sides) for cut in results[names[name]].cut] for name in codes}
    assert found == {**{name: [sides] for name, (_, sides) in CUT.items()}, **{name: [] for name in WHOLE}}


def test_how_much_is_cut_in_pixels_of_each_picture(tmp_path: Path) -> None:
    wanted = [Figure("x", suffix) for suffix in ("svg", "png")]
    svg, png = run_one(tmp_path, BEGIN + LEGEND, *wanted).cut
    assert (svg.artifact, png.artifact) == ("x.svg", "x.png")
    assert 70 < svg.sides["right"] < 100
    assert png.sides["right"] == round(svg.sides["right"] * 200 / 96)


def test_one_frame_of_an_animation_is_cut(tmp_path: Path) -> None:
    (cut,) = run_one(tmp_path, BEGIN + GROWING, Figure("x", "gif")).cut
    assert (cut.artifact, list(cut.sides)) == ("x.gif", ["left"])


def test_a_displayed_figure_is_cut(tmp_path: Path) -> None:
    script = f"# %%\n{BEGIN}{LEGEND}plt.gcf()\n# %%\nprint(1)\n"
    (cut,) = run_one(tmp_path, script).cut
    assert cut == CutFigure(cut.sides, statement=4)


def test_looking_for_cuts_changes_nothing(tmp_path: Path) -> None:
    script = f"""{BEGIN}
import warnings
warnings.simplefilter("always")
plt.figure(layout="constrained", figsize=(3, 2))
plt.figtext(0.98, 0.5, "hello \\u1234")
plt.plot([1, 2])
# %%
#| label: one
plt.gcf()
# %%
#| label: two
plt.gcf()
# %%
engine = type(plt.gcf().get_layout_engine()).__name__
"""
    first = run_one(tmp_path, script, Figure("one", "svg", 0), Figure("two", "svg", 1))
    assert first.failure is None
    one, two = first.artifacts
    assert one.data == two.data
    assert first.values["engine"] == "ConstrainedLayoutEngine"


def test_statements_that_open_figures(tmp_path: Path) -> None:
    script = (
        f"{BEGIN}plt.plot([1])\nplt.show()\nplt.title('t')\n# %%\ndraw = plt.subplots\ndraw()\nplt.figure()\n"
    )
    assert run_one(tmp_path, script).drew == (2, 6, 7)
