"""A GLiNER model that knows nothing, but is a real one: small, of random weights, saved as such."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def save_gliner(folder: Path) -> None:
    """Make a model with its own words and weights, and save it to a folder."""
    import torch
    from gliner import GLiNER, GLiNERConfig
    from transformers import BertConfig

    torch.manual_seed(7)
    words = [*_SPECIAL, *_SIGNS, ".", ",", *(f"##{sign}" for sign in _SIGNS)]
    encoder = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=2048,
    )
    source = folder.with_name(f"{folder.name}-source")
    _tokenizer(words).save_pretrained(source)
    encoder.save_pretrained(source)
    config = GLiNERConfig(
        model_name=str(source),
        encoder_config=encoder.to_dict(),
        hidden_size=16,
        max_width=6,
        span_mode="markerV0",
        dropout=0.0,
    )
    GLiNER.from_config(config, backbone_from_pretrained=False).save_pretrained(folder)


def _tokenizer(words: list[str]) -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    pieces = models.WordPiece({word: at for at, word in enumerate(words)}, unk_token="[UNK]")
    cutter = Tokenizer(pieces)
    cutter.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    pad, unknown, cls, separator, mask = _SPECIAL
    return PreTrainedTokenizerFast(
        tokenizer_object=cutter,
        pad_token=pad,
        unk_token=unknown,
        cls_token=cls,
        sep_token=separator,
        mask_token=mask,
    )
