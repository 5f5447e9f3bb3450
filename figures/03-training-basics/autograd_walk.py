"""Walk the graph that autograd recorded, as torchviz does; no figure of its own."""

from dataclasses import dataclass


@dataclass
class Operation:
    """An operation of the forward pass, the parameters it used, and the operations whose results it used."""

    name: str
    parameters: list[str]
    parents: list["Operation"]


def operations(node, names, done=None):
    """The operation of a grad_fn with all it depends on; ``names`` maps id(parameter) to its name.

    Transposes and squeezes of a parameter (TBackward0, ...) are passed over to the parameter itself.
    """
    done = {} if done is None else done
    if node not in done:
        done[node] = operation = Operation(node.name().split("Backward")[0], [], [])
        for parent, _ in node.next_functions:
            parameter = _parameter_below(parent)
            if parameter is not None:
                operation.parameters.append(names[id(parameter)])
            elif parent is not None:
                operation.parents.append(operations(parent, names, done))
    return done[node]


def _parameter_below(node):
    """The parameter that this node hands on unchanged but for its shape, or None."""
    while node is not None and not hasattr(node, "variable"):
        if not node.name().startswith(("TBackward", "TransposeBackward")):
            return None
        node = node.next_functions[0][0]
    return None if node is None else node.variable
