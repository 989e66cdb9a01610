"""Data classes as JSON and arrays, and back again: what is read is data, and nothing of it is executed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

_PLAIN = (str, int, float, bool)


def encode(value: Any, arrays: Arrays) -> Any:
    """Turn a value into what JSON can write.

    :param value: data classes, mappings by names or tuples of them, sequences and sets of them, and arrays.
    :param arrays: gets the arrays, each by the name that stands in its place.
    """
    if isinstance(value, np.ndarray):
        name = f"array{len(arrays)}"
        arrays[name] = value
        return name
    if is_dataclass(value):
        return {one.name: encode(getattr(value, one.name), arrays) for one in fields(value)}
    if isinstance(value, Mapping):
        if all(isinstance(name, str) for name in value):
            return {name: encode(one, arrays) for name, one in value.items()}
        return [[name, encode(one, arrays)] for name, one in value.items()]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [encode(one, arrays) for one in value]
    return value


def decode(hint: Any, data: Any, arrays: Mapping[str, NDArray[Any]]) -> Any:
    """Turn data that was read into a value.

    :param hint: the type that the value is to have.
    :raises ValueError: the data are not of that type.
    :raises KeyError: some of the data are missing.
    """
    if is_dataclass(hint):
        hints: dict[str, Any] = _hints(hint)  # type: ignore[arg-type]  # a class is hashable
        found = _of(dict, data)
        given = {name: decode(one, found[name], arrays) for name, one in hints.items()}
        return hint(**given)  # type: ignore[operator]  # to mypy it may be an instance
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is np.ndarray:
        return _array(arguments[1], arrays[_of(str, data)])
    if origin is dict and arguments[0] is not str and data:
        pairs = {tuple(name): one for name, one in _of(list, data)}
        return _each(arguments[1], pairs, arrays)
    if origin is dict:
        return _each(arguments[1], _of(dict, data), arrays)
    if origin in (tuple, frozenset):
        items = dict(enumerate(_of(list, data)))
        return origin(_each(arguments[0], items, arrays).values())
    return _of(hint, data)


def _each(hint: Any, data: dict[Any, Any], arrays: Mapping[str, NDArray[Any]]) -> dict[Any, Any]:
    if hint not in _PLAIN:
        return {name: decode(hint, one, arrays) for name, one in data.items()}
    if any(type(one) is not hint for one in data.values()):
        raise ValueError("A value is of another type.")
    return data


def _array(kind: Any, array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype != np.dtype(get_args(kind)[0]):
        raise ValueError("An array is of another type.")
    return array


def _of(kind: type, data: Any) -> Any:
    if type(data) is not kind:
        raise ValueError("A value is of another type.")
    return data


@lru_cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)
