"""A component's class as plain Python, for components without shorter code.

Its methods are copied from its source, with everything that they use: the component's parameters, its other methods,
helper functions and constants of its module. The result needs NumPy only, nothing of this package.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import sys
import textwrap
from types import FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np
from pydantic import BaseModel

from dnn.components import Component
from dnn.errors import CannotExport
from dnn.export.base import refusal
from dnn.export.code.reading import (
    Unreadable,
    attributes,
    attributes_of,
    free_names,
    function_of,
    literal,
    plain,
    source_of,
    uses,
)
from dnn.messages import Message

MODULES = {*sys.stdlib_module_names, "numpy"}
# Names that a listing defines itself.
TAKEN = {"backward", "base64", "cost", "draw_masks", "forward", "init_params", "learning_rate", "load_data", "losses",
         "order_of", "see", "train", "unpacked", "update"}  # fmt: skip


class Source:
    """Collects definitions: every class and function once, after those that it needs."""

    def __init__(self) -> None:
        self.definitions: dict[str, str] = {}
        self._meanings: dict[str, object] = {}
        self._names: dict[Component, str] = {}
        self._methods: dict[Component, dict[str, None]] = {}  # in order

    @property
    def code(self) -> str:
        """All definitions, separated by two empty lines."""
        return "\n\n\n".join(self.definitions.values())

    def instance(self, component: Component, *methods: str) -> str:
        """Return an expression for an object with these methods of ``component``; its class is defined first.

        Raises CannotExport if the source cannot be read or needs more than NumPy.
        """
        try:
            return self._instance(component, dict.fromkeys(methods))
        except Unreadable as error:
            raise CannotExport(refusal(component, "NumPy", error.args[0])) from None

    def _instance(self, component: Component, methods: dict[str, None]) -> str:
        if component not in self._names:
            alike = sum(type(other) is type(component) for other in self._names)
            name = type(component).__name__ + (f"_{alike + 1}" if alike else "")
            self._is_new(name, component)
            self._names[component], self._methods[component] = name, {}
        name, methods_so_far = self._names[component], self._methods[component]
        if not methods.keys() <= methods_so_far.keys():
            methods_so_far |= methods
            code = self._class(component, name, list(methods_so_far))
            self.definitions.pop(name, None)  # it moves behind the definitions that it needs
            self.definitions[name] = code
        return f"{name}()"

    def _is_new(self, name: str, meaning: object) -> bool:
        """Whether ``name`` is not defined yet; raises Unreadable if it is defined differently."""
        if name in TAKEN or self._meanings.get(name, meaning) is not meaning:
            raise Unreadable(Message("the name {name} has another meaning in the script", name=name))
        new = name not in self._meanings
        self._meanings[name] = meaning
        return new

    def _class(self, component: Component, name: str, methods: list[str]) -> str:
        """Return the class with ``methods`` and every attribute of ``self`` that they use."""
        cls, trees, texts = type(component), dict[str, ast.AST](), list[str]()
        waiting, values = methods[::-1], dict[str, Any]()
        while waiting:
            attribute = waiting.pop()
            if attribute in values or attribute in trees:
                continue
            found = None if attribute in cls.model_fields else inspect.getattr_static(cls, attribute, None)
            function = function_of(found)
            if function is None:
                values[attribute] = getattr(component, attribute, None)
                continue
            if hasattr(BaseModel, attribute):
                raise uses(attribute)
            text, trees[attribute] = tree = plain(function)
            texts.append(textwrap.indent(text, "    "))
            if not isinstance(found, staticmethod):
                waiting += attributes_of(tree[1].args.args[0].arg, tree[1])
            self._define_all(function, tree[1])
        names = set().union(*map(attributes, trees.values()))
        constants = [f"    {each} = {self._value(value, names)}" for each, value in values.items()]
        first = f'class {name}:\n    """{_summary(cls)}"""'
        return "\n\n".join([first, *(["\n".join(constants)] if constants else []), *texts])

    def _value(self, value: object, names: set[str]) -> str:
        """Return the code of an attribute's value: a literal, or for a component an object with the methods in use."""
        if not isinstance(value, Component):
            return literal(value)
        methods = [each for each in sorted(names) if function_of(inspect.getattr_static(type(value), each, None))]
        return self._instance(value, dict.fromkeys(methods))

    def _define_all(self, function: FunctionType, tree: ast.AST) -> None:
        """Define the global names that ``function`` uses."""
        closure = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
        for name in free_names(tree):
            if name in closure:
                self._define(name, closure[name].cell_contents, None)
            elif name in function.__globals__:
                self._define(name, function.__globals__[name], sys.modules.get(function.__module__))
            elif not hasattr(builtins, name) or name == "super":
                raise uses(name)

    def _define(self, name: str, value: Any, module: ModuleType | None) -> None:
        """Define ``name``, which is ``value`` in ``module``."""
        if (value is np and name == "np") or not self._is_new(name, value):
            return
        if isinstance(value, ModuleType) and value.__name__.partition(".")[0] in MODULES:
            self.definitions[name] = f"import {value.__name__} as {name}"
        elif isinstance(value, FunctionType) and value.__module__.partition(".")[0] not in MODULES:
            text, tree = plain(value)
            self._define_all(value, tree)
            self.definitions[name] = text if tree.name == name else f"{text}\n\n\n{name} = {tree.name}"
        elif isinstance(value, MethodType) and isinstance(value.__self__, Component):
            self.definitions[name] = (
                f"{name} = {self._instance(value.__self__, {value.__name__: None})}.{value.__name__}"
            )
        elif (own := getattr(value, "__name__", None)) and getattr(np, own, None) is value:
            self.definitions[name] = f"{name} = np.{own}"
        elif own and getattr(value, "__module__", None) in sys.stdlib_module_names:
            self.definitions[name] = f"from {value.__module__} import {own} as {name}"
        else:
            self.definitions[name] = self._constant(name, value, module)

    def _constant(self, name: str, value: object, module: ModuleType | None) -> str:
        """Return the statement that assigns a constant: a literal, the line of its module, or an array's numbers."""
        try:
            return f"{name} = {literal(value)}"
        except Unreadable:
            for statement in ast.parse(source_of(module)).body if module is not None else ():
                match statement:
                    case ast.Assign(targets=[ast.Name(id=target)]) if target == name:
                        for used in free_names(statement.value):
                            if used in vars(module):
                                self._define(used, vars(module)[used], module)
                        return ast.unparse(statement)
            if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "biuf" and np.isfinite(value).all():
                return f"{name} = np.array({value.tolist()!r}, np.{value.dtype.name})[()]"
            raise


def _summary(cls: type) -> str:
    """Return the first paragraph of the class's docstring, escaped for a docstring."""
    text = " ".join((inspect.getdoc(cls) or cls.__name__).split("\n\n")[0].split())
    return textwrap.fill(text.replace("\\", "\\\\").replace('"', "'"), 106).replace("\n", "\n    ")
