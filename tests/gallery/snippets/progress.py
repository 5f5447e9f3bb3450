from rich.console import Console
from rich.progress import track
from rich.table import Table
from tqdm import tqdm, trange

# %% nested
for epoch in trange(2, desc="epoch", ncols=60):
    for batch in trange(3, desc="batch", ncols=60):
        pass

# %% closed
for batch in tqdm(["a", "b"], desc="files", ncols=60, bar_format="{desc}: {n_fmt}/{total_fmt} |{bar}|"):
    tqdm.write(f"read {batch}")

# %% track
console = Console(force_terminal=True, width=60)
for _ in track(range(5), "Loading", console=console):
    pass

# %% table
table = Table(title="Runs")
table.add_column("model", style="cyan")
table.add_column("loss", justify="right")
table.add_row("mlp", "1.50")
table.add_row("cnn", "[bold green]0.40[/]")
console.print(table)

# %% plain
Console(width=60).print(table)

# %% inner
for epoch in trange(2, desc="epoch", ncols=60):
    for batch in trange(3, desc="batch", ncols=60, leave=False):
        pass

# %% panel
from rich.panel import Panel
from rich.tree import Tree

tree = Tree("model")
tree.add("encoder").add("[red]attention[/]")
tree.add("head")
console.print(Panel(tree, title="Layers", border_style="green", expand=False))

# %% handler
import logging
from rich.logging import RichHandler

logging.basicConfig(
    handlers=[RichHandler(console=console, show_time=False, show_path=False)], format="%(message)s"
)
logging.warning("loss is [0.5]")
