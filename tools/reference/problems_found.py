"""Every error code that the source can raise, found by reading the source.

A `Problem` is raised with a literal code, sentence and remedy; this reads them out of the syntax
tree, so no list is kept by hand. A code that is not literal stops the build (`Unreadable`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent.parent / "src" / "warmhand"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
OPEN = "…"


class Unreadable(Exception):
    """A problem is made in a way whose code cannot be read; says where."""


@dataclass(frozen=True)
class Found:
    """One place where a problem is made."""

    code: str
    sentence: str
    lift: str
    status: int
    place: str


@dataclass
class Kind:
    """A class of problems: its status, and how it takes its arguments."""

    name: str
    base: str
    status: int | None
    init: ast.FunctionDef | None


class Reader:
    """Reads all modules: first which classes are problems, then where they are made."""

    def __init__(self, folder: Path = SOURCE) -> None:
        paths = [p for p in sorted(folder.rglob("*.py")) if "migrations" not in p.parts]
        self.trees = {str(p.relative_to(folder)): ast.parse(p.read_text()) for p in paths}
        self.kinds = {"Problem": Kind("Problem", "", 422, None)}
        while self._learn():
            pass
        self.calls = [(place, *each) for place, tree in self.trees.items() for each in _calls(tree)]

    def _learn(self) -> bool:
        """Take in classes whose parent is known; whether there were any."""
        before = len(self.kinds)
        for tree in self.trees.values():
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    self._learn_class(node)
        return len(self.kinds) > before

    def _learn_class(self, node: ast.ClassDef) -> None:
        bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
        known = [base for base in bases if base in self.kinds]
        if known and node.name not in self.kinds:
            self.kinds[node.name] = Kind(node.name, known[0], _status(node), _init(node))

    def status(self, name: str) -> int:
        """The HTTP status of a class of problems."""
        kind = self.kinds[name]
        return kind.status if kind.status is not None else self.status(kind.base)

    def found(self) -> Iterator[Found]:
        """Every place where a problem is made."""
        for place, function, call in self.calls:
            yield from self._read(place, function, call)

    def _read(
        self, place: str, function: ast.FunctionDef | None, call: ast.Call
    ) -> Iterator[Found]:
        name, at = _called(call)
        where = f"{place}:{call.lineno}"
        if name == "NotFound":
            yield from self._not_found(call, function, where)
        elif name in self.kinds and at:
            code = _keyword(call, "code", function) or "invalid_input"
            yield Found(code, _argument(call, 1, function), self._lift_at(), 422, where)
        elif name in self.kinds and not self._takes_its_own(name):
            yield from self._plain(name, call, function, where)
        elif _is_super_init(call) and function is not None:
            yield from self._of_class(place, function, call, where)

    def _takes_its_own(self, name: str) -> bool:
        """Whether a class has arguments of its own; then its code stands in its `super()`."""
        return self.kinds[name].init is not None and name != "InstallationProblem"

    def _plain(
        self, name: str, call: ast.Call, function: ast.FunctionDef | None, where: str
    ) -> Iterator[Found]:
        lift = _keyword(call, "lift", function) or _argument(call, 2, function)
        status = _keyword(call, "status", function)
        number = int(status) if status.isdigit() else self.status(name)
        for code in self._literals(call.args[0], function, where):
            yield Found(code, _argument(call, 1, function), lift, number, where)

    def _not_found(
        self, call: ast.Call, function: ast.FunctionDef | None, where: str
    ) -> Iterator[Found]:
        said = _argument(call, 1, function)
        init = self.kinds["NotFound"].init
        lift = next((_keyword(c, "lift", init) for c in _inside(init) if _is_super_init(c)), "")
        for what in self._literals(call.args[0], function, where):
            sentence = said or f"There is no such {what.replace('_', ' ')} in this workspace."
            yield Found(f"unknown_{what}", sentence, lift, 404, where)

    def _literals(self, node: ast.expr, function: ast.FunctionDef | None, where: str) -> list[str]:
        """A code; or, where the function was given it, all that its callers give."""
        code = _literal(node, function)
        if code and OPEN not in code:
            return [code]
        names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]
        given = list(self._given(names[0], function)) if function and len(names) == 1 else []
        if not given:
            raise Unreadable(f"{where}: the code of this problem is not a literal")
        return [(code or OPEN).replace(OPEN, each) for each in dict.fromkeys(given)]

    def _given(self, name: str, function: ast.FunctionDef) -> Iterator[str]:
        """What callers give for a parameter."""
        names = [arg.arg for arg in function.args.args if arg.arg not in ("self", "cls")]
        for place, caller, call in self.calls:
            if _last_name(call) != function.name:
                continue
            at = names.index(name) if name in names else len(call.args)
            values = call.args[at : at + 1] or [k.value for k in call.keywords if k.arg == name]
            for value in values:
                yield from self._literals(value, caller, f"{place}:{call.lineno}")

    def _lift_at(self) -> str:
        tree = self.trees["problems.py"]
        lifts = (_keyword(c, "lift", f) for f, c in _calls(tree) if f and f.name == "at")
        return next((lift for lift in lifts if lift), "")

    def _of_class(
        self, place: str, function: ast.FunctionDef, call: ast.Call, where: str
    ) -> Iterator[Found]:
        """A class whose code is written in its own `super().__init__`."""
        owner = next((k for k in self.kinds.values() if k.init is function), None)
        code = _literal(call.args[0], function) if call.args else ""
        if owner and owner.name != "NotFound" and code and OPEN not in code:
            lift = _keyword(call, "lift", function)
            status = self.status(owner.name)
            yield Found(code, _argument(call, 1, function), lift, status, where)


def _status(node: ast.ClassDef) -> int | None:
    for line in node.body:
        match line:
            case ast.Assign([ast.Name("status")], ast.Constant(int(number))):
                return number
    return None


def _init(node: ast.ClassDef) -> ast.FunctionDef | None:
    methods = (line for line in node.body if isinstance(line, ast.FunctionDef))
    return next((method for method in methods if method.name == "__init__"), None)


def _calls(
    tree: ast.AST, inside: ast.FunctionDef | None = None
) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
    """Every call, with the function in which it stands."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Call):
            yield inside, child
        yield from _calls(child, child if isinstance(child, ast.FunctionDef) else inside)


def _inside(function: ast.FunctionDef | None) -> Iterator[ast.Call]:
    return (n for n in ast.walk(function or ast.Module([], [])) if isinstance(n, ast.Call))


def _called(call: ast.Call) -> tuple[str, bool]:
    """The name that is called, and whether by its `.at`."""
    match call.func:
        case ast.Name(name):
            return name, False
        case ast.Attribute(ast.Name(name), "at"):
            return name, True
    return "", False


def _last_name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(name) | ast.Attribute(_, name):
            return name
    return ""


def _is_super_init(call: ast.Call) -> bool:
    return ast.unparse(call.func) == "super().__init__"


def _argument(call: ast.Call, place: int, function: ast.FunctionDef | None) -> str:
    return _literal(call.args[place], function) if len(call.args) > place else ""


def _keyword(call: ast.Call, name: str, function: ast.FunctionDef | None) -> str:
    values = (word.value for word in call.keywords if word.arg == name)
    return next((_literal(value, function) for value in values), "")


def _literal(node: ast.expr, function: ast.FunctionDef | None) -> str:
    """The text of an expression; what is only known when it runs becomes an ellipsis."""
    match node:
        case ast.Constant(value):
            return str(value)
        case ast.JoinedStr(values):
            return "".join(_literal(part, function) for part in values)
        case ast.BinOp(left, ast.Add(), right):
            return _literal(left, function) + _literal(right, function)
        case ast.IfExp(_, body, _):
            return _literal(body, function)
        case ast.BoolOp(_, [first, *_]):
            return _literal(first, function)
        case ast.Name(name):
            return _assigned(name, function)
    return OPEN


def _assigned(name: str, function: ast.FunctionDef | None) -> str:
    """What a local name was given last, if that can be read."""
    if function is not None:
        for line in ast.walk(function):
            if isinstance(line, ast.Assign) and name in map(ast.unparse, line.targets):
                return _literal(line.value, None)
    return OPEN
