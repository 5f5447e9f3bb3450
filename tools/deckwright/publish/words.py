"""The words of what students read, in the languages that there are."""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH = {
    "lectures": "Lectures: {}",
    "slides": "Slides",
    "pages": "Slides: {}",
    "pdf": "PDF",
    "handout": "Hand-out",
    "kit": "Scripts and notebooks (zip)",
    "notebook": "Notebook",
    "scripts": "Scripts",
    "output": "Output",
    "figures": "Figures",
    "shown_on": "Shown on",
    "slide": "slide {}",
    "previous": "Previous lecture",
    "next": "Next lecture",
    "releases": "Earlier terms",
    "search": "Search all slides",
    "nothing": "No slide has these words.",
    "contents": "Contents",
    "source": "Source",
    "start": "How to start",
    "install": "Install Python 3.11 or newer, open a terminal in this folder and type:",
    "run": "Run a script: `python {script}`. With [uv](https://docs.astral.sh/uv/), nothing has to be "
    "installed: `uv run {script}`.",
    "processes": "These scripts run as several processes:",
    "notebooks": "The notebooks in `notebooks/` show the same code between the text of the slides. "
    "To run them: `pip install jupyterlab`, then `jupyter lab`.",
    "exercises": "An exercise stops with `NotImplementedError`: put your code in the place of that line.",
    "left_out": "(your own solution of {} gives this)",
    "missing": "These files are not in the kit, as they lie outside of the course:",
}
_CHINESE = {
    "lectures": "共 {} 讲",
    "slides": "幻灯片",
    "pages": "{} 页",
    "pdf": "PDF",
    "handout": "讲义打印版",
    "kit": "代码与笔记本（zip）",
    "notebook": "笔记本",
    "scripts": "脚本",
    "output": "输出",
    "figures": "图",
    "shown_on": "出现在",
    "slide": "第 {} 页",
    "previous": "上一讲",
    "next": "下一讲",
    "releases": "以前的学期",
    "search": "搜索所有幻灯片",
    "nothing": "没有哪一页有这些词。",
    "contents": "目录",
    "source": "源代码",
    "start": "怎样开始",
    "install": "装好 Python 3.11 或更新的版本，在这个文件夹里打开终端，输入：",
    "run": "运行一个脚本：`python {script}`。用 [uv](https://docs.astral.sh/uv/) 则什么都不用装："
    "`uv run {script}`。",
    "processes": "下面的脚本同时以几个进程运行：",
    "notebooks": "`notebooks/` 里的笔记本，把同样的代码放在幻灯片的文字之间。"
    "要运行它们：先 `pip install jupyterlab`，再 `jupyter lab`。",
    "exercises": "练习会停在 `NotImplementedError`：把那一行换成你的代码。",
    "left_out": "（完成练习 {} 后，这里是你得到的结果）",
    "missing": "下面的文件不在课程里，所以不在这个压缩包里：",
}

Words = Mapping[str, str]


def words_in(language: str) -> Words:
    """Return the words in a language, given as a deck's `lang`: Chinese, or else English."""
    return _CHINESE if language.lower().startswith("zh") else _ENGLISH
