"""Teach the encoder what customers of a foundry mean: acts, facets of company questions, and which words tell which value.

    python tune.py FOLDER samples.json OUT [EPOCHS]      (an environment with torch, onnx, onnxruntime, numpy; about 25 minutes on two cores)

``FOLDER`` holds the encoder as ``build.py`` made it. All layers learn with three heads on top: a softmax over the labels of
docs/intents.md (a sentence with two labels is shared between them; a clause is read from its pieces in the message), one over
the facets, and one for each piece over the tags of data/nlu/README.md. No head is kept: labels and facets are learnt anew with every ``make train``, tags by ``tags.py``. Set ``MALLOC_MMAP_THRESHOLD_`` high where the kernel is slow in giving memory.
"""

import json
import math
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto as TP
from onnx import helper
from onnx import numpy_helper as arrays
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

SIZE, LAYERS, HEADS = 384, 12, 12
NAMES = ("qkvw", "qkvb", "ow", "ob", "l1w", "l1b", "iw", "ib", "fw", "fb", "l2w", "l2b")
BATCH, RATE, HEAD_RATE, TAG_RATE, DROPPED = 32, 5e-5, 1e-3, 4e-3, 0.1
#: Lower layers learn slower, each by this factor.
DECAY = 0.92
#: Share of our own sentences (one hand) in an epoch; of messages whose context is hidden; of a label given to all others.
OWN, HIDDEN, SMOOTHED = 0.35, 0.1, 0.05
#: How sharp the vectors of length 1 are read; how much clauses, tags and facets weigh beside labels, and «no value» among tags.
SHARP, CLAUSES_WEIGH, TAGS_WEIGH, FACETS_WEIGH, NOTHING_WEIGHS = 20.0, 0.5, 2.0, 0.3, 0.5
WARM_UP = 60


class Layer(nn.Module):
    """A transformer layer with the weights of the ONNX file."""

    def __init__(self, stored: dict[str, np.ndarray], number: int) -> None:
        super().__init__()
        for name in NAMES:
            setattr(self, name, nn.Parameter(torch.from_numpy(stored[f"{name}{number}"])))

    def forward(self, x: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        """(messages, pieces, 384) to the same shape."""
        shape = (*x.shape[:2], 3, HEADS, SIZE // HEADS)
        q, k, v = (x @ self.qkvw + self.qkvb).view(shape).permute(2, 0, 3, 1, 4)
        seen = (
            F.scaled_dot_product_attention(q, k, v, attn_mask=valid[:, None, None, :]).transpose(1, 2).reshape(x.shape)
        )
        seen = F.dropout(seen @ self.ow + self.ob, DROPPED, self.training)
        x = F.layer_norm(x + seen, (SIZE,), self.l1w, self.l1b, 1e-12)
        thought = F.dropout(F.gelu(x @ self.iw + self.ib) @ self.fw + self.fb, DROPPED, self.training)
        return F.layer_norm(x + thought, (SIZE,), self.l2w, self.l2b, 1e-12)


class Reader(nn.Module):
    """The encoder with its heads. Word and place vectors stay as they are: most words stand in few sentences."""

    def __init__(self, stored: dict[str, np.ndarray], labels: int, facets: int, tags: int) -> None:
        super().__init__()
        self.word, self.pos = (
            nn.Parameter(torch.from_numpy(stored[name]), requires_grad=False) for name in ("word", "pos")
        )
        self.elw, self.elb = (nn.Parameter(torch.from_numpy(stored[name])) for name in ("elw", "elb"))
        self.layers = nn.ModuleList(Layer(stored, number) for number in range(LAYERS))
        self.labels, self.facets, self.tags = (nn.Linear(SIZE, count) for count in (labels, facets, tags))
        for head in (self.labels, self.facets, self.tags):
            nn.init.normal_(head.weight, std=0.02)

    def forward(self, ids: torch.Tensor, valid: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The vector of each message, and those of its pieces."""
        x = F.layer_norm(self.word[ids] + self.pos[: ids.shape[1]], (SIZE,), self.elw, self.elb, 1e-12)
        x = F.dropout(x, DROPPED, self.training)
        for layer in self.layers:
            x = layer(x, valid)
        x, shares = x.float(), valid.float().unsqueeze(-1)
        return F.normalize((x * shares).sum(1) / shares.sum(1)), x


def weights(path: Path) -> dict[str, np.ndarray]:
    """The weights of an encoder, those of 8 bits as floats again."""
    kept = {each.name: arrays.to_array(each) for each in onnx.load(str(path)).graph.initializer}

    def plain(name: str) -> np.ndarray:
        if name in kept:
            return kept[name].astype(np.float32)
        held, scale, zero = (kept[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "scale", "zero_point"))
        return np.ascontiguousarray((held - zero) * scale)  # a scale for each column, or one for all

    names = ["word", "pos", "elw", "elb", *(f"{name}{number}" for name in NAMES for number in range(LAYERS))]
    return {name: plain(name) for name in names}


def padded(rows: list[list[int]], fill: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of unlike length as one tensor, and where they are filled."""
    longest = max(map(len, rows))
    content = torch.tensor([row + [fill] * (longest - len(row)) for row in rows])
    return content, torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in rows])


def batches(samples: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """One epoch: like lengths together, in no order."""
    chosen = [each for each in samples if each["source"] != "own" or random.random() < OWN]
    random.shuffle(chosen)
    chunks = [
        sorted(chosen[at : at + 40 * BATCH], key=lambda each: len(each["pieces"]))
        for at in range(0, len(chosen), 40 * BATCH)
    ]
    found = [chunk[at : at + BATCH] for chunk in chunks for at in range(0, len(chunk), BATCH)]
    random.shuffle(found)
    yield from found


class Teacher:
    """What is wanted of the reader, and how far it is from it."""

    def __init__(self, samples: list[dict[str, Any]]) -> None:
        self.labels = sorted({label for each in samples for label in each["labels"]})
        self.facets = sorted({each["facet"] for each in samples if each["facet"]})
        self.tags = ["-", *sorted({tag for each in samples for tag in each.get("tags", ()) if tag})]
        counts = np.zeros(len(self.labels))
        for each in samples:
            for label, share in zip(each["labels"], each["shares"]):
                counts[self.labels.index(label)] += share
        self.balance = np.clip(np.sqrt(counts.sum() / (len(counts) * counts)), 0.5, 2.5)

    def meant(self, reader: Reader, vectors: torch.Tensor, said: list[dict[str, Any]]) -> torch.Tensor:
        """How far each vector is from the labels of what was said."""
        wanted = torch.full((len(said), len(self.labels)), SMOOTHED / len(self.labels))
        for row, each in enumerate(said):
            for label, share in zip(each["labels"], each["shares"]):
                wanted[row, self.labels.index(label)] += share * (1 - SMOOTHED)
        weigh = torch.tensor([self.balance[self.labels.index(each["labels"][0])] for each in said])
        scores = reader.labels(F.dropout(vectors * SHARP, DROPPED))
        return -(wanted * F.log_softmax(scores, -1)).sum(-1) * weigh

    def loss(self, reader: Reader, batch: list[dict[str, Any]]) -> torch.Tensor:
        """Labels, facets and tags of one batch."""
        hidden = [random.random() < HIDDEN for _ in batch]
        ids, valid = padded([each["plain" if hide else "pieces"] for each, hide in zip(batch, hidden)])
        with torch.autocast("cpu", torch.bfloat16):
            vectors, pieces = reader(ids, valid)
        loss = self.meant(reader, vectors, batch).mean()
        parts = [(row, part) for row, each in enumerate(batch) if not hidden[row] for part in each.get("parts", ())]
        if parts:
            pooled = torch.stack([pieces[row, part["at"]].mean(0) for row, part in parts])
            clauses = self.meant(reader, F.normalize(pooled), [part for _, part in parts])
            loss = loss + CLAUSES_WEIGH * clauses.sum() / len(batch)
        asked = [row for row, each in enumerate(batch) if each["facet"]]
        if asked:
            facets = torch.tensor([self.facets.index(batch[row]["facet"]) for row in asked])
            loss = loss + FACETS_WEIGH * F.cross_entropy(reader.facets(vectors[asked]), facets) * len(asked) / len(
                batch
            )
        marked = [row for row, each in enumerate(batch) if "tags" in each]
        if marked:
            rows = [batch[row]["plain_tags" if hidden[row] else "tags"] for row in marked]
            told, _ = padded([[self.tags.index(tag) if tag else 0 for tag in row] for row in rows], fill=-100)
            told = F.pad(told, (0, ids.shape[1] - told.shape[1]), value=-100)
            weigh = torch.ones(len(self.tags))
            weigh[0] = NOTHING_WEIGHS
            found = reader.tags(pieces[marked]).view(-1, len(self.tags))
            loss = loss + TAGS_WEIGH * F.cross_entropy(found, told.view(-1), weigh, ignore_index=-100) * min(
                1, len(marked) / 8
            )
        return loss


def teach(reader: Reader, teacher: Teacher, samples: list[dict[str, Any]], epochs: float) -> None:
    """AdamW with a warm-up and a straight way down; lower layers slower."""
    groups = [
        {"params": [*reader.labels.parameters(), *reader.facets.parameters()], "base": HEAD_RATE, "weight_decay": 0.0},
        {"params": list(reader.tags.parameters()), "base": TAG_RATE, "weight_decay": 0.0},
        {"params": [reader.elw, reader.elb], "base": RATE * DECAY**LAYERS, "weight_decay": 0.0},
        *(
            {"params": list(layer.parameters()), "base": RATE * DECAY ** (LAYERS - 1 - at), "weight_decay": 0.01}
            for at, layer in enumerate(reader.layers)
        ),
    ]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    steps = int(epochs * math.ceil(sum(OWN if each["source"] == "own" else 1 for each in samples) / BATCH))
    step, began = 0, time.time()
    while step < steps:
        for batch in batches(samples):
            if step >= steps:
                break
            reader.train()
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * min(1, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
            loss = teacher.loss(reader, batch)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            step += 1
            if step % 100 == 0:
                print(f"{step} of {steps}: {loss.item():.2f}, {time.time() - began:.0f} s", flush=True)


@torch.no_grad()
def measure(reader: Reader, teacher: Teacher, held: list[dict[str, Any]]) -> None:
    """Print how often the likeliest label is right on voices held apart and on their clauses, and the tags' precision and recall by piece."""
    reader.eval()
    right = hit = found = told = clauses = clauses_right = 0
    for each in held:
        ids, valid = padded([each["pieces"]])
        vectors, pieces = reader(ids, valid)
        right += teacher.labels[int(reader.labels(vectors * SHARP).argmax())] in each["labels"]
        for part in each.get("parts", ()):
            vector = F.normalize(pieces[0, part["at"]].mean(0, keepdim=True))
            clauses += 1
            clauses_right += teacher.labels[int(reader.labels(vector * SHARP).argmax())] in part["labels"]
        if "tags" in each:
            seen = [teacher.tags[at] for at in reader.tags(pieces)[0].argmax(-1)]
            for tag, other in zip(seen, each["tags"]):
                hit, found, told = hit + (tag == other), found + (tag != "-"), told + (other is not None)
    print(
        f"labels {right / len(held):.3f}, clauses {clauses_right / max(clauses, 1):.3f} of {clauses}, tags: precision {hit / found:.3f}, recall {hit / told:.3f}"
    )


class Graph:
    """Nodes and constants of an ONNX graph in the making."""

    def __init__(self) -> None:
        self.held: list[onnx.TensorProto] = []
        self.nodes: list[onnx.NodeProto] = []
        self.heads = self.constant("heads", np.array([-1, 3, HEADS, SIZE // HEADS]))
        self.flat, self.scale = (
            self.constant("flat", np.array([-1, SIZE])),
            self.constant("scale", np.float32((SIZE // HEADS) ** -0.5)),
        )
        self.half, self.one, self.root = (
            self.constant(name, np.float32(value)) for name, value in (("half", 0.5), ("one", 1), ("root", 2**-0.5))
        )

    def constant(self, name: str, value: Any) -> str:
        """Keep an array under a name."""
        self.held.append(arrays.from_array(np.ascontiguousarray(value) if np.ndim(value) else np.asarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, to: str | None = None, **more: Any) -> str:
        """Add a node; the name of what it gives."""
        self.nodes.append(helper.make_node(kind, list(inputs), [to or f"t{len(self.nodes)}"], **more))
        return str(self.nodes[-1].output[0])

    def norm(self, x: str, scale: str, shift: str) -> str:
        """A layer normalisation with two constants."""
        return self.node("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-12)

    def layer(self, layer: Layer, x: str, number: int) -> str:
        """A transformer layer, its weights under the names that ``weights`` reads."""

        def weight(name: str) -> str:
            return self.constant(f"{name}{number}", getattr(layer, name).detach().numpy())

        node = self.node
        mixed = node("Add", node("MatMul", x, weight("qkvw")), weight("qkvb"))
        parted = node("Transpose", node("Reshape", mixed, self.heads), perm=[1, 2, 0, 3])
        q, k, v = (
            node("Gather", parted, self.constant(f"pick{number}_{each}", np.int64(each)), axis=0) for each in range(3)
        )
        look = node(
            "Softmax", node("Mul", node("MatMul", q, node("Transpose", k, perm=[0, 2, 1])), self.scale), axis=-1
        )
        seen = node("Reshape", node("Transpose", node("MatMul", look, v), perm=[1, 0, 2]), self.flat)
        seen = node("Add", node("MatMul", seen, weight("ow")), weight("ob"))
        x = self.norm(node("Add", x, seen), weight("l1w"), weight("l1b"))
        wide = node("Add", node("MatMul", x, weight("iw")), weight("ib"))
        wide = node(
            "Mul", node("Mul", wide, self.half), node("Add", node("Erf", node("Mul", wide, self.root)), self.one)
        )
        told = node("Add", node("MatMul", wide, weight("fw")), weight("fb"))
        return self.norm(node("Add", x, told), weight("l2w"), weight("l2b"))

    def model(
        self, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        """The whole as a model."""
        made = helper.make_graph(self.nodes, name, inputs, outputs, self.held)
        model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)])
        model.ir_version = 9
        return model


def encoder_graph(reader: Reader) -> onnx.ModelProto:
    """Ids in, ``pieces`` and ``emb`` (their mean, not yet of length 1) out; ``tags.py`` adds the tags."""
    made = Graph()
    word, pos, scale, shift = (
        made.constant(name, reader.get_parameter(name).detach().numpy()) for name in ("word", "pos", "elw", "elb")
    )
    place = made.node("Slice", pos, made.constant("from", np.array([0])), made.node("Shape", "ids"))
    x = made.norm(made.node("Add", made.node("Gather", word, "ids"), place), scale, shift)
    for at, layer in enumerate(reader.layers):
        x = made.layer(layer, x, at)
    made.node("Identity", x, to="pieces")
    made.node("ReduceMean", x, to="emb", axes=[0], keepdims=0)
    ends = [
        helper.make_tensor_value_info(name, TP.FLOAT, shape)
        for name, shape in (("emb", [SIZE]), ("pieces", ["S", SIZE]))
    ]
    return made.model("encoder", [helper.make_tensor_value_info("ids", TP.INT64, ["S"])], ends)


def main() -> None:
    """Teach, measure, and write ``encoder.int8.onnx``."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[3])
    torch.manual_seed(0)
    random.seed(0)
    samples = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    held = [each for each in samples if each["source"] == "held"]
    samples = [each for each in samples if each["source"] != "held"]
    teacher = Teacher(samples)
    reader = Reader(weights(folder / "encoder.int8.onnx"), len(teacher.labels), len(teacher.facets), len(teacher.tags))
    teach(reader, teacher, samples, float(sys.argv[4]) if len(sys.argv) > 4 else 3.0)
    measure(reader, teacher, held)
    out.mkdir(exist_ok=True)
    onnx.save(encoder_graph(reader), str(out / "whole.onnx"))
    quantize_dynamic(
        str(out / "whole.onnx"), str(out / "encoder.int8.onnx"), weight_type=QuantType.QInt8, per_channel=True
    )
    os.remove(out / "whole.onnx")
    shutil.copy(folder / "vocabulary.json", out)


if __name__ == "__main__":
    main()
