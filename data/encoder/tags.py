"""Teach the encoder which words tell which value: own upper layers for the tags, beside those for the meaning.

    python tags.py samples.json OUT [EPOCHS [TAGGER]]      (an environment with torch, onnx, onnxruntime, numpy; about 20 minutes on two cores)

``TAGGER`` is the ``tagger.pt`` of an earlier run with the same lower layers: it goes on from there, and needs fewer epochs.

The lower layers of ``encoder.int8.onnx`` in this folder stay as they are, and so do its vectors: only what the marks of
data/nlu/README.md say is learnt, in a copy of the upper layers, so that nothing is lost of what ``tune.py`` has taught.
Long messages that tell several things are rare in the marked texts, so texts of one language are also joined.
"""

import json
import math
import os
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from onnx import compose, helper
from onnx import TensorProto as TP
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from tune import DROPPED, SIZE, Graph, Layer, padded, weights

HERE = Path(__file__).resolve().parent
#: The lower layers that meaning and tags share.
SHARED, LAYERS = 8, 12
BATCH, RATE, HEAD_RATE, DECAY = 32, 1e-4, 2e-3, 0.85
#: Share of the texts that are read once more without what they answer to: who is asked for a drawing often tells the size.
ALONE = 0.5
#: Joined texts for each marked one; how «no value» counts among tags; a tag given to all others.
JOINED, NOTHING_WEIGHS, SMOOTHED = 0.35, 0.7, 0.05
WARM_UP = 60
#: The encoder reads no more pieces.
MOST = 95


class Tagger(nn.Module):
    """The upper layers and the head of the tags."""

    def __init__(self, stored: dict[str, np.ndarray], tags: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(stored, number) for number in range(SHARED, LAYERS))
        self.tags = nn.Linear(SIZE, tags)
        nn.init.normal_(self.tags.weight, std=0.02)

    def forward(self, x: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        """(messages, pieces, 384) to a score for each piece and tag."""
        x = F.dropout(x, DROPPED, self.training)
        for layer in self.layers:
            x = layer(x, valid)
        return self.tags(F.dropout(x, DROPPED, self.training))


def shared_part(model: onnx.ModelProto) -> tuple[onnxruntime.InferenceSession, str]:
    """A session of the encoder that tells what its shared layers give, and the name of that."""
    scale = f"l2w{SHARED - 1}"
    inside = next(node.output[0] for node in model.graph.node if scale in node.input)
    told = onnx.ModelProto()
    told.CopyFrom(model)
    told.graph.output.append(helper.make_tensor_value_info(inside, TP.FLOAT, ["S", SIZE]))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    return onnxruntime.InferenceSession(told.SerializeToString(), options), inside


def joined(samples: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pairs of marked texts in the context of the first: what several sentences tell."""
    first, last = min(each["plain"] for each in samples), max(each["plain"] for each in samples)
    lead = next(at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    found = []
    while len(found) < len(samples) * JOINED:
        first, second = random.sample(samples, 2)
        if first["language"] == second["language"] and len(first["pieces"]) + len(second["plain"]) - lead <= MOST:
            ids, tags = (
                [*first[pieces][:-1], *second[plain][lead:]]
                for pieces, plain in (("pieces", "plain"), ("tags", "plain_tags"))
            )
            found.append({"pieces": ids, "tags": tags})
    return found


def alone(samples: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Some of the texts without their context, so that words count more than what was asked."""
    chosen = random.sample(samples, int(len(samples) * ALONE))
    return [{"pieces": each["plain"], "tags": each["plain_tags"]} for each in chosen]


def activations(session: onnxruntime.InferenceSession, inside: str, rows: list[list[int]]) -> list[torch.Tensor]:
    """What the shared layers give for each row of pieces."""
    return [torch.from_numpy(session.run([inside], {"ids": np.array(row, np.int64)})[0]) for row in rows]


def batches(rows: list[tuple[torch.Tensor, torch.Tensor]]) -> list[list[tuple[torch.Tensor, torch.Tensor]]]:
    """One epoch: like lengths together, in no order."""
    random.shuffle(rows)
    chunks = [sorted(rows[at : at + 20 * BATCH], key=lambda row: len(row[1])) for at in range(0, len(rows), 20 * BATCH)]
    found = [chunk[at : at + BATCH] for chunk in chunks for at in range(0, len(chunk), BATCH)]
    random.shuffle(found)
    return found


def stacked(batch: list[tuple[torch.Tensor, torch.Tensor]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Rows of unlike length as tensors: what is read, the tags (-100 where filled), and where it is filled."""
    tags, valid = padded([row.tolist() for _, row in batch], fill=-100)
    content = torch.zeros(len(batch), valid.shape[1], SIZE)
    for at, (row, _) in enumerate(batch):
        content[at, : len(row)] = row
    return content, tags, valid


def teach(tagger: Tagger, rows: list[tuple[torch.Tensor, torch.Tensor]], epochs: float) -> None:
    """AdamW with a warm-up and a straight way down; lower layers slower."""
    groups = [
        {"params": list(tagger.tags.parameters()), "base": HEAD_RATE, "weight_decay": 0.0},
        *({"params": list(layer.parameters()), "base": RATE * DECAY ** (len(tagger.layers) - 1 - at), "weight_decay": 0.01}
          for at, layer in enumerate(tagger.layers)),
    ]  # fmt: skip
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    weigh = torch.ones(tagger.tags.out_features)
    weigh[0] = NOTHING_WEIGHS
    steps, step, began = int(epochs * math.ceil(len(rows) / BATCH)), 0, time.time()
    tagger.train()
    while step < steps:
        for batch in batches(rows)[: steps - step]:
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * min(1, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
            content, tags, valid = stacked(batch)
            scores = tagger(content, valid).view(-1, tagger.tags.out_features)
            loss = F.cross_entropy(scores, tags.view(-1), weigh, ignore_index=-100, label_smoothing=SMOOTHED)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimiser.step()
            step += 1
            if step % 100 == 0:
                print(f"{step} of {steps}: {loss.item():.2f}, {time.time() - began:.0f} s", flush=True)


@torch.no_grad()
def measure(tagger: Tagger, rows: list[tuple[torch.Tensor, torch.Tensor]], names: list[str]) -> None:
    """Print precision and recall by piece, in all and for each tag."""
    tagger.eval()
    hit, found, told = (np.zeros(len(names), int) for _ in range(3))
    for row, tags in rows:
        seen = tagger(row[None], torch.ones(1, len(row), dtype=torch.bool))[0].argmax(-1)
        for one, other in zip(seen.tolist(), tags.tolist(), strict=True):
            found[one] += 1
            told[other] += 1
            hit[one] += one == other
    print(f"all: precision {hit[1:].sum() / found[1:].sum():.3f}, recall {hit[1:].sum() / told[1:].sum():.3f}")
    for at in np.argsort(-told)[1:]:
        if told[at]:
            print(
                f"{names[at]}: precision {hit[at] / max(found[at], 1):.2f}, recall {hit[at] / told[at]:.2f}, of {told[at]}"
            )


def branch(tagger: Tagger) -> onnx.ModelProto:
    """The upper layers of the tags as a model from ``shared`` to ``tags``."""
    made = Graph()
    x = "shared"
    for at, layer in enumerate(tagger.layers, SHARED):
        x = made.layer(layer, x, at)
    weight, bias = (made.constant(name, getattr(tagger.tags, name).detach().numpy().T) for name in ("weight", "bias"))
    made.node("Add", made.node("MatMul", x, weight), bias, to="tags")
    ends = [helper.make_tensor_value_info("tags", TP.FLOAT, ["S", tagger.tags.out_features])]
    return made.model("tags", [helper.make_tensor_value_info("shared", TP.FLOAT, ["S", SIZE])], ends)


def without_tags(model: onnx.ModelProto) -> onnx.ModelProto:
    """The encoder with nothing but its vectors."""
    return onnx.utils.Extractor(model).extract_model(["ids"], ["emb", "pieces"])


def main() -> None:
    """Teach, measure, and write ``encoder.int8.onnx`` and ``vocabulary.json`` with the names of the tags."""
    out, epochs = Path(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 8.0
    torch.manual_seed(0)
    random.seed(0)
    samples = [each for each in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")) if "tags" in each]
    names = ["-", *sorted({tag for each in samples for tag in each["tags"] if tag})]
    model = onnx.load(str(HERE / "encoder.int8.onnx"))
    session, inside = shared_part(model)

    def rows(chosen: list[dict[str, Any]]) -> list[tuple[torch.Tensor, torch.Tensor]]:
        seen = activations(session, inside, [each["pieces"] for each in chosen])
        told = [torch.tensor([names.index(tag) if tag else 0 for tag in each["tags"]]) for each in chosen]
        return list(zip(seen, told, strict=True))

    learnt = [each for each in samples if each["source"] != "held"]
    taught = rows([*learnt, *joined(learnt), *alone(learnt)])
    print(f"{len(learnt)} texts, {len(taught)} with those joined and alone, {len(names)} tags", flush=True)
    tagger = Tagger(weights(HERE / "encoder.int8.onnx"), len(names))
    if len(sys.argv) > 4:
        tagger.load_state_dict(torch.load(sys.argv[4]))
    teach(tagger, taught, epochs)
    measure(tagger, rows([each for each in samples if each["source"] == "held"]), names)
    out.mkdir(exist_ok=True)
    torch.save(tagger.state_dict(), out / "tagger.pt")
    onnx.save(branch(tagger), str(out / "whole.onnx"))
    quantize_dynamic(
        str(out / "whole.onnx"), str(out / "tags.int8.onnx"), weight_type=QuantType.QInt8, per_channel=True
    )
    trunk = without_tags(model)
    trunk.graph.output.append(helper.make_tensor_value_info(inside, TP.FLOAT, ["S", SIZE]))
    tags = compose.add_prefix(onnx.load(str(out / "tags.int8.onnx")), "tags/", rename_outputs=False)
    both = compose.merge_models(trunk, tags, io_map=[(inside, "tags/shared")], outputs=["emb", "pieces", "tags"])
    onnx.save(both, str(out / "encoder.int8.onnx"))
    for name in ("whole.onnx", "tags.int8.onnx"):
        os.remove(out / name)
    vocabulary = json.loads((HERE / "vocabulary.json").read_text(encoding="utf-8")) | {"tags": names}
    (out / "vocabulary.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
