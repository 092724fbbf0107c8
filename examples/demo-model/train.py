"""Trains the demo model of this folder from Debian documentation, on a CPU, in about half an hour.

usage: train.py [OUT_DIR] [STEPS]
Needs: pip install torch transformers tokenizers; apt install jargon-text debian-policy debian-reference-en.

The model is a Llama of 0.9 million parameters with a byte-level BPE of 1,024 tokens. calibration.txt and
evaluation.txt are two parts of the Jargon File (public domain) that training does not read.
"""
import glob
import gzip
import json
import os
import re
import sys
import time

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM

OUT = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
STEPS = int(sys.argv[2]) if len(sys.argv) > 2 else 4000
SEQ_LEN, BATCH, VOCAB = 256, 16, 1024
BOS, EOS = "<s>", "</s>"


def paragraphs(text):
    blocks = (" ".join(line.strip() for line in block.split("\n")).strip() for block in re.split(r"\n\s*\n", text))
    return [block for block in blocks if len(block) >= 80 and not re.search("[\u2500-\u257f]", block)]


def read_texts():
    jargon = paragraphs(gzip.open("/usr/share/doc/jargon-text/jargon.txt.gz", "rt", encoding="utf8").read())
    held_out = len(jargon) * 9 // 10
    train = jargon[:held_out]
    for path in ["/usr/share/debian-reference/debian-reference.en.txt.gz",
                 *sorted(glob.glob("/usr/share/doc/debian-policy/*.txt.gz"))]:
        train += paragraphs(gzip.open(path, "rt", encoding="utf8", errors="replace").read())
    rest = jargon[held_out:]
    calibration, evaluation = rest[: len(rest) // 2], rest[len(rest) // 2:]
    return "\n\n".join(train), "\n\n".join(calibration), "\n\n".join(evaluation)


def train_tokenizer(text):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=VOCAB, special_tokens=[BOS, EOS],
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(text.split("\n\n"), trainer)
    return tokenizer


def loss_of(model, ids):
    logits = model(input_ids=ids).logits.float()
    return torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), ids[:, 1:].flatten())


def train_model(ids):
    torch.manual_seed(0)
    config = LlamaConfig(vocab_size=VOCAB, hidden_size=128, intermediate_size=384, num_hidden_layers=4,
                         num_attention_heads=4, num_key_value_heads=2, head_dim=32, max_position_embeddings=512,
                         rms_norm_eps=1e-5, rope_theta=10000.0, tie_word_embeddings=True, bos_token_id=0,
                         eos_token_id=1)
    model = LlamaForCausalLM(config)
    optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3, betas=(0.9, 0.95), weight_decay=0.1)
    warmup = 100
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / warmup) * max(0.02, 1 - max(0, s - warmup) / (STEPS - warmup)))
    start = time.time()
    for step in range(STEPS):
        at = torch.randint(0, len(ids) - SEQ_LEN, (BATCH,))
        loss = loss_of(model, torch.stack([ids[i: i + SEQ_LEN] for i in at.tolist()]))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 100 == 0 or step == STEPS - 1:
            print(f"step {step} loss {loss.item():.4f} seconds {time.time() - start:.0f}", flush=True)
    return model


def main():
    train, calibration, evaluation = read_texts()
    tokenizer = train_tokenizer(train)
    ids = torch.tensor(tokenizer.encode(train).ids)
    print(f"{len(train)} characters, {len(ids)} tokens", flush=True)
    model = train_model(ids)
    model.to(torch.bfloat16).save_pretrained(OUT)
    tokenizer.save(os.path.join(OUT, "tokenizer.json"), pretty=False)
    with open(os.path.join(OUT, "tokenizer_config.json"), "w") as file:
        json.dump({"bos_token": BOS, "eos_token": EOS, "tokenizer_class": "PreTrainedTokenizerFast"}, file, indent=2)
    for name, text in (("calibration", calibration), ("evaluation", evaluation)):
        with open(os.path.join(OUT, f"{name}.txt"), "w") as file:
            file.write(text)


if __name__ == "__main__":
    main()
