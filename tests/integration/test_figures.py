"""Pictures of real runs: from any library, and what is cut at their edges."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from deckwright.model import CutFigure, FailureKind, Figure, FigureFont, FigureFonts, MissingGlyphs
from integration.in_process import deckwright
from integration.shell import write
from integration.test_execute import make_job, run_all, run_one
from support.fonts import make_font

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


def korean(tmp_path: Path) -> Callable[[frozenset[str]], FigureFonts]:
    """Return what gives figures a small font for 안 and 녕, in an unusual name."""
    make_font(tmp_path / "fonts/korean.ttf", "안녕")

    def fonts(letters: frozenset[str]) -> FigureFonts:
        file = FigureFont(str(tmp_path / "fonts/korean.ttf"), "Noto Sans KR", 400)
        return FigureFonts((file,), {"Noto Sans KR": "1"}) if letters & {*"안녕"} else FigureFonts()

    return fonts


MISSING = {
    "plt.title('안녕하')": "하",
    "plt.title('하 $x^2$')": "하",
    "plt.title('안 $x^2$')": "",
    "plt.bar(open('names.txt', encoding='utf-8').read().split(), [1, 2])": "힣",
    "plt.title('中文 é e\\u0301 \\u2708\\ufe0e a\\u200db \\u00a0 \\u00ad')": "",
    "plt.title('\\ue000')": "\ue000",
    "plt.title('하', visible=False)": "",
    "plt.plot([-1, 1])": "",
}


def test_letters_without_a_font_are_known_and_others_get_theirs(tmp_path: Path) -> None:
    folder = tmp_path / "figures"
    folder.mkdir()
    (folder / "names.txt").write_text("안 힣", "utf-8")
    names = [f"figures/f{number}.py" for number in range(len(MISSING))]
    jobs = [
        make_job(tmp_path, name, f"{BEGIN}plt.figure()\n{code}\n", Figure("f", "svg"))
        for name, code in zip(names, MISSING)
    ]
    results = run_all(tmp_path, *jobs, figure_fonts=korean(tmp_path))
    assert [results[name].failure for name in names] == [None] * len(names)
    found = ["".join(each.letters for each in results[name].missing_glyphs) for name in names]
    assert found == list(MISSING.values())
    given = [name for name in names if results[name].fonts]
    assert given == [name for name, code in zip(names, MISSING) if "안" in code or "names" in code]


@pytest.mark.parametrize("code", ["plt.savefig('f.svg')", "fig = plt.gcf()\nfig.savefig('f.svg')"])
def test_letters_of_a_picture_that_the_script_writes(tmp_path: Path, code: str) -> None:
    figure = Figure("f", "svg", path="figures/f.svg")
    text = f"{BEGIN}plt.title(open('name.txt', encoding='utf-8').read())\n{code}\n"
    job = make_job(tmp_path, "figures/f.py", text, figure)
    (tmp_path / "figures/name.txt").write_text("안 힣", "utf-8")
    (result,) = run_all(tmp_path, job, figure_fonts=korean(tmp_path)).values()
    assert result.missing_glyphs == (MissingGlyphs("힣", "f.svg"),)
    assert result.fonts == {"Noto Sans KR": "1"}


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


def test_each_displayed_figure_is_looked_at(tmp_path: Path) -> None:
    script = f"# %%\n{BEGIN}from IPython.display import display\n{LEGEND}display(plt.gcf())\n# %%\n{LEGEND}\n"
    assert [cut.statement for cut in run_one(tmp_path, script).cut] == [5]


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


# --- from any library -------------------------------------------------------------------------

PILLOW = 'from PIL import Image\npicture = Image.new("RGBA", (30, 20), "navy")\n'
FORMS = """
import io
from PIL import Image
def data(kind):
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20)).save(buffer, kind)
    return buffer.getvalue()
class Own:
    def _repr_svg_(self):
        return '<svg xmlns="http://www.w3.org/2000/svg"/>'
    def _repr_png_(self):
        return data("PNG"), {"width": 30}
    def _repr_jpeg_(self):
        return data("JPEG")
class All:
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"image/svg+xml": "<svg/>", "image/png": data("PNG")}
class Wrong:
    def _repr_png_(self):
        return b"<html>no picture</html>"
    def _repr_svg_(self):
        return 3
"""


def kind_of(data: bytes) -> str:
    """Return the kind of picture that data is."""
    return "SVG" if b"<svg" in data else str(Image.open(io.BytesIO(data)).format)


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        (PILLOW + "picture\n", {"png": "PNG", "jpg": "JPEG", "webp": "WEBP", "gif": "GIF"}),
        (FORMS + "Own()\n", {"svg": "SVG", "png": "PNG", "jpeg": "JPEG"}),
        (FORMS + "All()\n", {"svg": "SVG", "png": "PNG"}),
        (f"# %%\n{FORMS}All()\n# %%\nprint(1)\n", {"svg": "SVG"}),
        (PILLOW + 'picture.save("x.png")\n', {"png": "PNG"}),
        (PILLOW + 'picture.convert("RGB").save("x.jpg")\nprint(1)\n', {"jpg": "JPEG"}),
        (BEGIN + 'plt.plot([1])\nplt.savefig("x.svg")\nplt.close()\n', {"svg": "SVG"}),
        ('open("x.svg", "w").write("<svg/>")\n', {"svg": "SVG"}),
    ],
)
def test_the_picture_of_a_script(tmp_path: Path, script: str, wanted: dict[str, str]) -> None:
    figures = [Figure("x", suffix, None, f"figures/x.{suffix}") for suffix in wanted]
    job = make_job(tmp_path, "figures/x.py", script, *figures)
    result = run_all(tmp_path, job)["figures/x.py"]
    assert result.failure is None
    assert {a.name.removeprefix("x."): kind_of(a.data) for a in result.artifacts} == wanted


def test_the_pictures_of_cells(tmp_path: Path) -> None:
    script = f"""# %%
#| label: shown
{PILLOW}picture
# %%
#| label: written
import os
os.makedirs("../figures", exist_ok=True)
picture.resize((3, 2)).save("../figures/written.png")
# %%
#| label: plotted
import matplotlib.pyplot as plt
plt.figure(figsize=(1, 1))
[1, 2]
"""
    names = enumerate(("shown", "written", "plotted"))
    wanted = [Figure(name, "png", cell, f"figures/{name}.png") for cell, name in names]
    result = run_one(tmp_path, script, *wanted)
    assert result.failure is None
    sizes = {a.name: Image.open(io.BytesIO(a.data)).size for a in result.artifacts}
    assert sizes == {"shown.png": (30, 20), "written.png": (3, 2), "plotted.png": (200, 200)}


@pytest.mark.parametrize(
    ("script", "suffix", "message"),
    [
        (FORMS + "Wrong()\n", "png", "no figure is open for x.png: the Wrong has no form of this kind"),
        (FORMS + "Wrong()\n", "svg", "no figure is open for x.svg: the Wrong has no form of this kind"),
        (PILLOW + "picture\n", "svg", "no figure is open for x.svg: the Image has no form of this kind"),
        (FORMS + "Own\n", "png", "no figure is open for x.png"),
        (
            'open("x.png", "w").write("<b>")\n',
            "png",
            "figures/x.png, which the script wrote, is no png picture",
        ),
        ('import os\nos.symlink("/etc/passwd", "x.svg")\n', "svg", "no figure is open for x.svg"),
        ('import os\nos.mkfifo("x.svg")\n', "svg", "no figure is open for x.svg"),
        ("# Here is one, but from an earlier run.\n", "gif", "no figure is open for x.gif"),
    ],
)
def test_what_is_no_picture_of_a_script(tmp_path: Path, script: str, suffix: str, message: str) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/x.gif").write_bytes(b"GIF89a")
    job = make_job(tmp_path, "figures/x.py", script, Figure("x", suffix, None, f"figures/x.{suffix}"))
    failure = run_all(tmp_path, job)["figures/x.py"].failure
    assert failure is not None
    assert (failure.kind, failure.message) == (FailureKind.NO_FIGURE, message)


# --- on a slide -------------------------------------------------------------------------------

DESCRIPTION = 'left of w:90 is 50% & "more" [a] *b* <i>'
PROJECT = {
    "slides/a.md": "# A\n\n![w:90](../figures/dot.svg)\n\n![A house](../figures/house.png)\n",
    "snippets/dot.py": f"""# %%
#| label: dot
#| fig-alt: {DESCRIPTION}
class Dot:
    def _repr_svg_(self):
        return '<svg xmlns="http://www.w3.org/2000/svg"/></img><script>planted()</script>'
Dot()
""",
    "figures/house.py": PILLOW + 'with open("house.png", "wb") as file:\n    picture.save(file, "PNG")\n',
}


def test_pictures_of_any_library_are_shown_described_and_harmless(tmp_path: Path) -> None:
    folder = write(tmp_path, PROJECT)
    checked = [json.loads(line) for line in deckwright(folder, "check", "--json").out.splitlines()]
    assert [each["slug"] for each in checked if each["event"] == "diagnostic"] == ["broken-picture"]
    page = (folder / "build/html/a.html").read_text("utf-8")
    assert [html.unescape(alt) for alt in re.findall(r'<img[^>]* alt="([^"]*)"', page)] == [
        DESCRIPTION,
        "A house",
    ]
    assert "planted()" not in page
    assert (folder / "build/figures/house.png").read_bytes() == (folder / "figures/house.png").read_bytes()
    assert deckwright(folder, "plan").out.startswith("0 to run")
    drawn = (folder / "figures/house.png").read_bytes()
    (folder / "figures/house.png").write_bytes(b"something else")
    deckwright(folder, "check")
    assert (folder / "build/figures/house.png").read_bytes() == drawn
