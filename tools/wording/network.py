"""Teaches the networks of `warmhand.wording.network`: the encoder's own layers, on labelled asks.

They begin at the weights of the encoder that we install and end as `network.onnx` and
`letters.onnx`, their large tables in whole numbers with a scale for each column. Two are taught by
asks, one of them without the authors who came last, and the mean of their weights reads asks: it
reads what rarely occurs better than either. Taught further by whole letters, among all that was
taught before, it reads letters. Needs the group `teach` of `pyproject.toml`; nobody who only runs
the product does. About an hour and a quarter on two cores.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn

from tools.wording import asks, letters
from tools.wording.asks import Row
from warmhand.listening.encoder import MODEL, MOST, WIDTH, Encoder, EncoderMissing, encoder
from warmhand.wording import (
    Channel,
    Formality,
    Kind,
    Moment,
    Shown,
    compose_ask,
    network,
    reading,
    whole,
)
from warmhand.wording.context import context_from

FOLDER = Path(network.__file__).parent
LAYERS, SIDES, INNER = 6, 12, 1536
EPOCHS, BATCH, DROPPED = 5, 16, 0.1
FURTHER, AGAIN = ((2, 0.5), (1, 0.4)), 0.5
"""Epochs and pace of each turn with letters; the share of all else that is told again then."""
OWN, COMPOSED = 0.3, 0.1
"""How much a single sentence of ours weighs, and an ask that we compose, beside a labelled ask."""
RATE, RATE_OF_LAST, KIND = 1e-4, 1e-3, 2.0
"""Steps of the layers and of the last row; `KIND`: how much the choice among three kinds weighs."""


@dataclass(frozen=True)
class Lesson:
    """A text, what it does (nought or one of each), which of those its labels tell, its weight."""

    text: str
    does: Any
    told: Any
    meant: bool
    weight: float


def of_row(row: Row) -> Lesson:
    """What a labelled ask teaches."""
    known = context_from(row["context"])
    text = reading.cut(reading.masked(row["text"], known.ours)).text
    does = asks.as_whole(row)
    return Lesson(
        text,
        _flags(name in does for name in network.NAMES),
        _flags(asks.tells_whole(row, name) for name in network.NAMES),
        known.kind is not None,
        1.0,
    )


def of_sentence(example: asks.Example) -> Lesson:
    """What a sentence of ours teaches."""
    does = asks.as_text(example)
    flags = _flags(name in does for name in network.NAMES)
    told = _flags(name not in asks.NOT_OF_SENTENCES for name in network.NAMES)
    return Lesson(example.text, flags, told, False, OWN)


KNOWN = (
    {"client": "Ada Moll", "company": "Moll & Sons", "case": "the router fails"},
    {"client": "Mr Okafor", "company": "", "case": "a parcel lost on its way"},
    {"client": "", "company": "the firm", "case": ""},
)
SHOWN = (
    Shown("the new roof", "no leaks", "31 May", "20 May", "Quick and clean"),
    Shown("the payroll for March", liked="We sleep again."),
)


def of_composed() -> list[Lesson]:
    """What the asks that we compose ourselves teach: each of them is as an ask should be."""
    does = {"intro", "reconfirm", "help"}
    flags = _flags(name in does for name in network.NAMES)
    told = torch.ones_like(flags)
    return [Lesson(text, flags, told, True, COMPOSED) for text in dict.fromkeys(_composed())]


def _composed() -> Iterator[str]:
    manners = product((Kind.CLIENT, Kind.COWORKER), Moment, Channel, Formality, KNOWN, SHOWN)
    for kind, moment, channel, formality, known, shown in manners:
        made = compose_ask(
            kind,
            moment=moment,
            channel=channel,
            formality=formality,
            client_name=known["client"],
            company=known["company"],
            case_title=known["case"],
            shown=shown,
        )
        more = {"kind": kind.value, "agreed": shown.what, "liked": shown.liked}
        ours = context_from({**known, **more}).ours
        yield reading.cut(reading.masked(made.text, ours)).text


def _flags(each: Iterator[bool]) -> Any:
    return torch.tensor([float(flag) for flag in each])


class Network(nn.Module):
    """Layers; then, for each thing a text may do, where to look and a number of what is there."""

    def __init__(self) -> None:
        super().__init__()
        layer = nn.TransformerEncoderLayer(
            WIDTH, SIDES, INNER, DROPPED, "gelu", layer_norm_eps=1e-12, batch_first=True
        )
        self.layers = nn.TransformerEncoder(layer, LAYERS, enable_nested_tensor=False)
        self.where = nn.Linear(WIDTH, len(network.NAMES))
        self.there = nn.Linear(WIDTH, len(network.NAMES), bias=False)
        self.all = nn.Linear(WIDTH + 1, len(network.NAMES))
        nn.init.zeros_(self.all.bias)

    def forward(self, pieces: Any, meant: Any, no: Any = None) -> Any:
        """A row of numbers per text. `pieces`: texts × pieces × WIDTH; `no`: where is none."""
        seen = self.layers(pieces, src_key_padding_mask=no)
        look = self.where(seen)
        here = torch.ones_like(look[..., :1]) if no is None else (~no)[..., None].float()
        look = look.masked_fill(here == 0, -1e4).softmax(1)
        mean = (seen * here).sum(1) / here.sum(1)
        there = torch.einsum("btn,btd,nd->bn", look, seen, self.there.weight)
        return there + self.all(torch.cat([mean, meant], 1))


def begun() -> Network:
    """A network whose layers are the encoder's."""
    made, package = Network(), find_spec(MODEL[0])
    if package is None or not package.submodule_search_locations:
        raise EncoderMissing(f"The package {MODEL[0]} is not installed.")
    graph = onnx.load(Path(package.submodule_search_locations[0]) / MODEL[1]).graph
    kept = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    wide = [each[:-2] for each in kept if each.startswith("val_") and each.endswith("_q")]
    tables = [kept[f"{name}_q"].astype(np.float32) * kept[f"{name}_scale"] for name in wide]
    for i, layer in enumerate(made.layers.layers):
        _fill(layer, tables[i * 6 : i * 6 + 6], _small(kept, f"inner.encoder.layer.{i}."))
    return made


def _small(kept: dict[str, Any], begins: str) -> dict[str, Any]:
    return {each[len(begins) :]: one for each, one in kept.items() if each.startswith(begins)}


def _fill(layer: Any, tables: Sequence[Any], small: dict[str, Any]) -> None:
    own = "attention.self.{}.bias"
    given = {
        "self_attn.in_proj_weight": np.concatenate([each.T for each in tables[:3]]),
        "self_attn.in_proj_bias": np.concatenate(
            [small[own.format(each)] for each in ("query", "key", "value")]
        ),
        "self_attn.out_proj.weight": tables[3].T,
        "self_attn.out_proj.bias": small["attention.output.dense.bias"],
        "linear1.weight": tables[4].T,
        "linear1.bias": small["intermediate.dense.bias"],
        "linear2.weight": tables[5].T,
        "linear2.bias": small["output.dense.bias"],
        "norm1.weight": small["attention.output.LayerNorm.weight"],
        "norm1.bias": small["attention.output.LayerNorm.bias"],
        "norm2.weight": small["output.LayerNorm.weight"],
        "norm2.bias": small["output.LayerNorm.bias"],
    }
    layer.load_state_dict({name: torch.tensor(np.array(each)) for name, each in given.items()})


def teach(
    lessons: Sequence[Lesson],
    by: Encoder,
    *,
    further: Network | None = None,
    epochs: int = EPOCHS,
    slower: float = 1.0,
) -> Network:
    """A network taught by the lessons; the same lessons make the same network.

    `further`: one that was taught already and goes on; `slower`: with steps that are smaller.
    """
    torch.manual_seed(0)
    made, chance = (further or begun()).train(), random.Random(0)
    pieces = [torch.from_numpy(by.pieces(each.text)) for each in lessons]
    steps = epochs * -(-len(lessons) // BATCH)
    aim, pace = _pacing(made, steps, slower)
    for epoch in range(epochs):
        lost = 0.0
        for chosen in _batches(pieces, chance):
            loss = _loss(made, [lessons[i] for i in chosen], [pieces[i] for i in chosen])
            aim.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(made.parameters(), 1.0)
            aim.step()
            pace.step()
            lost += float(loss.detach())
        print(f"epoch {epoch + 1} of {epochs}: loss {lost * epochs / steps:.3f}", flush=True)
    return made.eval()


def _pacing(made: Network, steps: int, slower: float) -> tuple[Any, Any]:
    first = list(made.layers.parameters())
    last = [each for part in (made.where, made.there, made.all) for each in part.parameters()]
    groups = [{"params": first, "lr": RATE}, {"params": last, "lr": RATE_OF_LAST}]
    aim = torch.optim.AdamW(groups, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        aim,
        [RATE * slower, RATE_OF_LAST * slower],
        total_steps=steps + len(groups) * 64,
        pct_start=0.1,
        anneal_strategy="linear",
    )
    return aim, pace


def _batches(pieces: Sequence[Any], chance: random.Random) -> list[list[int]]:
    """Texts of like length together, in a new order each time."""
    order, found = list(range(len(pieces))), []
    chance.shuffle(order)
    for start in range(0, len(order), BATCH * 20):
        near = sorted(order[start : start + BATCH * 20], key=lambda i: len(pieces[i]))
        found += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    chance.shuffle(found)
    return found


def _loss(made: Network, lessons: Sequence[Lesson], pieces: Sequence[Any]) -> Any:
    padded = nn.utils.rnn.pad_sequence(list(pieces), batch_first=True)
    no = torch.arange(padded.shape[1])[None] >= torch.tensor([[len(each)] for each in pieces])
    meant = torch.tensor([[float(each.meant)] for each in lessons])
    with torch.autocast("cpu", torch.bfloat16):
        said = made(padded, meant, no).float()
    does = torch.stack([each.does for each in lessons])
    told = torch.stack([each.told for each in lessons])
    each = nn.functional.binary_cross_entropy_with_logits(said, does, reduction="none")
    kinds = len(whole.KINDS)
    of_kind = nn.functional.cross_entropy(
        said[:, :kinds], does[:, :kinds].argmax(1), reduction="none"
    )
    weight = torch.tensor([each.weight for each in lessons])
    return (((each * told).sum(1) + KIND * of_kind) * weight).mean()


def written(made: Network, *, by_letters: bool = False) -> bytes:
    """The network as an ONNX file, its large tables in whole numbers."""
    torch.backends.mha.set_fastpath_enabled(False)
    some = (torch.zeros(1, 7, WIDTH), torch.zeros(1, 1))
    shapes = ({1: torch.export.Dim("n", max=MOST)}, None)
    names = {"input_names": ["pieces", "meant"], "output_names": ["numbers"]}
    program = torch.onnx.export(made, some, dynamo=True, dynamic_shapes=shapes, **names)
    model = program.model_proto
    for each in [one for one in model.graph.initializer if np.prod(one.dims) > 10_000]:
        _shrink(model.graph, each)
    helper.set_model_props(model, {network.TAUGHT_BY: asks.fingerprint(letters=by_letters)})
    return model.SerializeToString()


def _shrink(graph: Any, table: Any) -> None:
    """A table as whole numbers of a byte, and a node before all others that scales them up."""
    name = table.name
    small, scale = _in_bytes(numpy_helper.to_array(table))
    graph.initializer.remove(table)
    graph.initializer.append(numpy_helper.from_array(small, f"{name}_q"))
    graph.initializer.append(numpy_helper.from_array(scale, f"{name}_scale"))
    graph.node.insert(0, helper.make_node("Mul", [f"{name}_f", f"{name}_scale"], [name]))
    graph.node.insert(0, helper.make_node("Cast", [f"{name}_q"], [f"{name}_f"], to=1))


def _in_bytes(full: Any) -> tuple[Any, Any]:
    """Whole numbers of a byte, and the scale of each column."""
    scale = (np.abs(full).max(axis=0, keepdims=True) / 127).astype(np.float32)
    return np.round(full / np.maximum(scale, 1e-12)).astype(np.int8), scale


def mean(one: bytes, other: bytes) -> bytes:
    """The network in the middle between two of one shape; what it was taught by is the other's."""
    made = onnx.load_from_string(other)
    first, second = _tables(onnx.load_from_string(one)), _tables(made)
    for each in made.graph.initializer:
        name = each.name.removesuffix("_q").removesuffix("_scale")
        if second[name].dtype != np.float32:  # a shape, a place: the same in both
            continue
        full = (first[name] + second[name]) / 2
        if each.name != name:
            full = _in_bytes(full)[each.name.endswith("_scale")]
        each.CopyFrom(numpy_helper.from_array(full, each.name))
    return bytes(made.SerializeToString())


def _tables(model: Any) -> dict[str, Any]:
    """The tables by name: each as its file has it, and those in bytes at their full size too."""
    found = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    wide = [name.removesuffix("_q") for name in found if name.endswith("_q")]
    return found | {
        name: found[f"{name}_q"].astype(np.float32) * found[f"{name}_scale"] for name in wide
    }


def restored(raw: bytes) -> Network:
    """The network that a file of ours holds, to be taught further."""
    full = _tables(onnx.load_from_string(raw))
    wide = [name for name in full if name.startswith("val_") and f"{name}_q" in full]
    made = Network()
    state = {name: torch.tensor(np.array(full[name])) for name in made.state_dict() if name in full}
    parts = ("self_attn.in_proj_weight", "linear1.weight", "linear2.weight")
    names = [f"layers.layers.{i}.{part}" for i in range(LAYERS) for part in parts]
    for name, table in zip(names, wide, strict=True):
        state[name] = torch.tensor(full[table].T.copy())
    (where,) = (each for each in full.values() if each.shape == (WIDTH, len(network.NAMES)))
    state["where.weight"] = torch.tensor(where.T.copy())
    made.load_state_dict(state)
    return made


def lessons(rows: Sequence[Row], *, more: bool = True) -> list[Lesson]:
    """All that teaches the network: labelled asks, and sentences of ours."""
    ours = [*map(of_sentence, asks.own_sentences(more=more)), *of_composed()]
    return [*map(of_row, rows), *ours]


def with_letters(rows: Sequence[Row], turn: int) -> list[Lesson]:
    """What is taught last: letters, asks put into letters, and some of all that went before."""
    theirs = asks.letters_of(*asks.OF_LETTERS)
    before = lessons(rows)
    again = random.Random(9 + turn).sample(before, int(len(before) * AGAIN))
    return [*map(of_row, [*theirs, *letters.made(rows, theirs, turn)]), *again]


def teach_network(by: Mapping[str, Sequence[Row]]) -> None:
    """Teach the network of asks by each author's, and further that of letters; keep both."""
    every, fewer = asks.rows_of(by), asks.rows_of(by, without=asks.LAST)
    two = (written(teach(lessons(rows), encoder())) for rows in (fewer, every))
    of_asks = mean(*two)
    made = restored(of_asks)
    for turn, (epochs, slower) in enumerate(FURTHER):
        told = with_letters(every, turn)
        made = teach(told, encoder(), further=made, epochs=epochs, slower=slower)
    of_letters = written(made, by_letters=True)
    for name, raw in ((network.ASKS, of_asks), (network.LETTERS, of_letters)):
        (FOLDER / name).write_bytes(raw)
        print(f"wrote {name}: {len(raw)} bytes")
