"""The layers of lecture 08 against those of PyTorch Geometric, which the course does not need: with the
same weights they give the same numbers."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]

LECTURE = Path(__file__).parents[2] / "snippets/08-graph-networks"
NEAR = 1e-12
pyg = pytest.importorskip("torch_geometric")
torch = pytest.importorskip("torch")


@pytest.fixture(autouse=True)
def float64():
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    yield
    torch.set_default_dtype(before)


@pytest.fixture
def lecture(monkeypatch: pytest.MonkeyPatch):
    """Imports a module of the lecture; forgets all of them afterwards."""
    monkeypatch.syspath_prepend(str(LECTURE))
    known = set(sys.modules)

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    yield load
    for name in set(sys.modules) - known:
        file = getattr(sys.modules[name], "__file__", None) or ""
        if file.startswith(str(LECTURE)):
            del sys.modules[name]


def gap(ours, theirs) -> float:
    """The greatest difference."""
    return (ours - theirs).abs().max().item()


def test_gcn(lecture) -> None:
    gcn, karate = lecture("gcn"), lecture("karate")
    x = torch.randn(34, 8)
    ours, theirs = gcn.GCN(8, 3), pyg.nn.GCNConv(8, 3)
    theirs.lin.weight.data = ours.W.weight.data
    ours.b.data = theirs.bias.data = torch.randn(3)
    assert gap(ours(x, gcn.gcn_norm(karate.edge_index, 34)), theirs(x, karate.edge_index)) < NEAR


def test_sage(lecture) -> None:
    """Theirs adds two linear maps, ours puts both inputs side by side: the same."""
    sage, karate = lecture("sage"), lecture("karate")
    x = torch.randn(34, 8)
    ours, theirs = sage.SAGE(8, 3), pyg.nn.SAGEConv(8, 3, aggr="mean")
    own, near = ours.W.weight.data.split(8, dim=1)
    theirs.lin_r.weight.data, theirs.lin_l.weight.data = own, near
    theirs.lin_l.bias.data = ours.W.bias.data
    assert gap(ours(x, karate.edge_index), theirs(x, karate.edge_index)) < NEAR


def test_gat(lecture) -> None:
    """Theirs has a bias, which is zero at first, and calls the two halves of a att_dst and att_src."""
    gat, karate = lecture("gat"), lecture("karate")
    x = torch.randn(34, 8)
    ours, theirs = gat.GAT(8, 4), pyg.nn.GATConv(8, 4)
    theirs.lin.weight.data = ours.W.weight.data
    theirs.att_dst.data[0, 0], theirs.att_src.data[0, 0] = ours.a.data
    out = ours(x, gat.with_loops(karate.edge_index, 34))
    expected, (edges, alpha) = theirs(x, karate.edge_index, return_attention_weights=True)
    assert gap(out, expected) < NEAR
    assert torch.equal(edges, gat.with_loops(karate.edge_index, 34))
    assert gap(ours.alpha, alpha[:, 0]) < NEAR


def test_cheb(lecture) -> None:
    """Their K counts the terms, ours is the order; both take 2 for the greatest eigenvalue."""
    cheb, karate = lecture("cheb"), lecture("karate")
    laplacian = lecture("laplacian").laplacian_sym(karate.adjacency()) - torch.eye(34)
    x = torch.randn(34, 8)
    ours, theirs = cheb.Cheb(8, 3, K=3), pyg.nn.ChebConv(8, 3, K=4, bias=False)
    for mine, other in zip(ours.W, theirs.lins, strict=True):
        other.weight.data = mine.weight.data
    assert gap(ours(x, laplacian), theirs(x, karate.edge_index)) < NEAR
