"""A law's files with Chinese for every key and word that has it: the other way round than the program reads them."""

import json

from site_builder.config.source import Faults, plain
from site_builder.law import keys as k
from site_builder.law.english import kind_of, read_node, told_words
from site_builder.law.spelled import PARAMETERS, RELATIONS, asked


def in_chinese(folder, name):
    """A file of a law's folder in Chinese, as JSON, which is YAML."""
    faults = Faults(name)
    told = _told(plain(read_node(folder / name, faults)), k.FILES[name], None)
    faults.stop()
    return _written(told) + "\n"


def _word(words, name):
    return next((word for word, one in words.items() if one == name), name)


def _told(value, under, kind):
    if isinstance(under, k.Shape | k.Each | k.Conditions) and isinstance(value, list):
        return [_told(one, under, kind) for one in value]
    match under:
        case k.Shape():
            of = kind_of(value["kind"]) if "kind" in value else kind
            return {under.chinese(key): _told(one, under.under(key), of) for key, one in value.items()}
        case k.Each():
            return {
                _word(under.names(kind), key): _told(one, under.of, kind_of(key) if under.kinds else kind)
                for key, one in value.items()
            }
        case k.Conditions():
            return {_word(asked(kind), name): _relations(name, inner, kind) for name, inner in value.items()}
        case k.Leaf():
            if isinstance(value, list):
                return [_told(one, under, kind) for one in value]
            return under.tells(_word(under.words(kind), value))
        case _:
            return value


def _relations(name, inner, kind):
    words = RELATIONS | PARAMETERS
    told = {}
    for key, value in inner.items():
        of = told_words(name, key)(kind)
        said = [_word(of, one) for one in value] if isinstance(value, list) else _word(of, value)
        told[_word(words, key)] = said
    return told


def _written(value):
    """Flow YAML whose numbers and truth values are plain, as the reader asks for them."""
    match value:
        case dict():
            return (
                "{"
                + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_written(one)}" for key, one in value.items())
                + "}"
            )
        case list():
            return "[" + ", ".join(map(_written, value)) + "]"
        case _ if value in {"true", "false"} or (value.isdecimal() and not value.startswith("0") and len(value) < 9):
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)
