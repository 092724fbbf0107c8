"""Trains tiny tokenizers of each kind and records what the reference libraries make of awkward texts.

usage: make_goldens.py OUT_DIR     (needs: pip install tokenizers sentencepiece gguf)

Writes for each kind NAME.json (a tokenizer.json) and NAME.golden.json: texts, ids and decoded texts (left out where
equal to the text), and "variants", which replace members of the tokenizer and list what becomes of the texts; and
NAME.gguf, for which NAME.golden.json holds too, except that llama2 has its own. References: Hugging Face tokenizers;
for the GGUF file of a SentencePiece model, sentencepiece.
Made with tokenizers 0.23.3, sentencepiece 0.2.3, gguf 0.19.0; WordPiece training breaks ties at random, so bert
comes out a little different each time.
"""
import io
import json
import os
import sys

import gguf
import sentencepiece as spm
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

OUT = sys.argv[1]

LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
          r"|\s*[\r\n]+|\s+(?!\S)|\s+")
QWEN2 = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")

CORPUS = """The quick brown fox jumps over the lazy dog. It's what they've said, isn't it? I'll go; you'd stay, we're late.
Quantization maps a weight to an integer code and a scale: w = (q - z) * scale. In 2024, 1000 models used 4 bits.
def quantize(x, scale):\n    return round(x / scale)\n\nfor (int i = 0; i < 128; ++i) { sum += a[i] * b[i]; }
Où est le café? Das Mädchen läßt grüßen. ¿Dónde está la niña? Привет, мир! Как дела? Γειά σου Κόσμε.
今天天气很好。我们去公园吧。東京は日本の首都です。한국어를 배우고 있어요. مرحبا بالعالم، كيف حالك؟ שלום עולם नमस्ते दुनिया
The temperature was 23.5 degrees, the price 1,299.00 and the phone 555-0199. Don't can't won't shouldn't.
"""
CORPUS_LINES = [line for line in CORPUS.split("\n") if line] * 4

TEXTS = [
    "", " ", "  ", "\n", "\t", "\r\n", " \n \n  x", "a", " a", "  a", "   a  b   c ", "Hello, world!",
    "The quick brown fox jumps over the lazy dog.", "It's we've I'LL they'Re don't 'Tis 'ſ rock'n'roll",
    "x=1+22*333-4444/55555 3.14159 1,000,000 ²³ ½ Ⅷ ٣٤٥ १२३", "def f(x):\n\treturn  x\n\n\n    # done\n",
    "trailing spaces   ", "trailing newline\n", "tabs\t\tand\tspaces  mixed \t x", "line\r\nline\rline\u2028line\u2029x",
    "no\u00a0break em\u2003space zero\u200bwidth joiner\u200dx \u3000wide \u0085nel \u180emvs",
    "caf\u00e9 cafe\u0301 \u0041\u030a \u1e9b\u0323 \ufb01 \u2126 \u212b", "Ångström ÅÉÎÕÜ straße ẞ İstanbul ıI ǅ ΣΑΣ",
    "今天天气很好。东京タワー한국어\U00020000\U0002a6d6丽", "مرحبا بالعالم، كيف حالك؟ \u0627\u0644\u0633\u064e\u0644\u0627\u0645",
    "שָׁלוֹם עולם", "नमस्ते दुनिया क्षत्रिय", "ภาษาไทย ສະບາຍດີ", "😀 👩‍👩‍👧‍👦 🇩🇪 👍🏽 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "e\u0301\u0302\u0303\u0304 o\u0337",
    "\x00 \x01\x02\x7f \x1b[0m \x0b\x0c", "\ufffd \ufeffbom \uffff \ue000 \U0010ffff", "a\x00b", "..., !!! ??? --- ((())) [[]] {{}} «»“”‘’…",
    "$100 €50 £20 ¥3 a_b c^d `code` ~x |y| <tag> a+b=c", "https://example.com/a?b=c&d=e#f me@x.org C:\\dir\\file",
    "<s>", "</s>", "a<s>b", "<s> a </s> b", "<unk>", "<|endoftext|>", "x<|endoftext|>y", " <|endoftext|> ", "<|end", "[CLS] a [SEP]",
    "[MASK]", "un[MASK]ed", "<0x41>", "▁", "▁▁a ▁ b", "Ġ", "ĠaĊ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "zzzzqqqqxxxx", "a" * 130, " " * 40 + "x", "\n" * 12 + "x", "snake_case camelCase UPPER lower MiXeD", "I'm 21st 3rd x2y",
    "<NORM> <norm> a<NORM>b", "  <L>  x", "x  <R>  y", "  <LR>  ", "<LR> <LR>", "<W> a<W> <W>b a <W> b", "Day DAY day",
]
# Enough for a variant: what a component does shows on few texts.
SHORT = [t for t in TEXTS if len(t) < 60]


def cases_of(tokenizer, texts):
    out = []
    for text in texts:
        plain = tokenizer.encode(text, add_special_tokens=False).ids
        special = tokenizer.encode(text, add_special_tokens=True).ids
        case = {"text": text, "ids": plain}
        if special != plain:
            case["special"] = special
        decoded = tokenizer.decode(plain, skip_special_tokens=False)
        if decoded != text:
            case["decoded"] = decoded
        skipped = tokenizer.decode(special, skip_special_tokens=True)
        if skipped != decoded:
            case["skipped"] = skipped
        out.append(case)
    return out


def write(name, value):
    with open(os.path.join(OUT, name), "w", encoding="utf-8", newline="\n") as f:
        json.dump(value, f, ensure_ascii=False, separators=(",", ":"))
        f.write("\n")


def finish(name, tokenizer, variants=(), legacy_merges=False):
    """`variants`: (name, members to replace, texts)."""
    spec = json.loads(tokenizer.to_str())
    if legacy_merges:
        spec["model"]["merges"] = [" ".join(pair) for pair in spec["model"]["merges"]]
    tokenizer = Tokenizer.from_str(json.dumps(spec))
    golden = {"cases": cases_of(tokenizer, TEXTS), "variants": []}
    for label, patch, texts in variants:
        changed = json.loads(json.dumps(spec))
        for path, value in patch.items():
            target = changed
            keys = path.split(".")
            for key in keys[:-1]:
                target = target[key]
            target[keys[-1]] = value
        golden["variants"].append(
            {"name": label, "patch": patch, "cases": cases_of(Tokenizer.from_str(json.dumps(changed)), texts)})
    write(name + ".json", spec)
    write(name + ".golden.json", golden)
    return spec


def train_byte_level(pre_tokenizer, vocab_size, special, normalizer=None):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizer
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=vocab_size, special_tokens=special, show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(CORPUS_LINES, trainer)
    return tokenizer


def added(base, content, **flags):
    return {"id": base, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
            "special": False, **flags}


def split(pattern, behavior, invert=False, kind="Regex"):
    return {"type": "Split", "pattern": {kind: pattern}, "behavior": behavior, "invert": invert}


BYTES = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}


def seq(*stages):
    return {"type": "Sequence", "pretokenizers": list(stages)}


def make_gpt2():
    tokenizer = train_byte_level(pre_tokenizers.ByteLevel(add_prefix_space=False), 420, ["<|endoftext|>"])
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    behaviors = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]
    base = tokenizer.get_vocab_size()
    flags = [added(0, "<|endoftext|>", special=True), added(base, "<L>", lstrip=True), added(base + 1, "<R>", rstrip=True),
             added(base + 2, "<LR>", lstrip=True, rstrip=True, special=True), added(base + 3, "<W>", single_word=True),
             added(base + 4, "<NORM>", normalized=True), added(base + 5, "<NORM", normalized=False),
             added(base + 6, "Day", normalized=True, single_word=True)]
    on_spaces = [" a  b ", "x", "  ", "a1 22b 3", ".,a. b", "\t x\n"]
    variants = [
        ("prefix space", {"pre_tokenizer": {**BYTES, "add_prefix_space": True, "use_regex": True}}, SHORT[:14]),
        ("added token flags", {"added_tokens": flags}, TEXTS[-9:] + [" <|endoftext|> <L><R> ", "  <L>"]),
        ("added tokens, lower case", {"added_tokens": flags, "normalizer": {"type": "Lowercase"}}, TEXTS[-9:]),
        ("digits together", {"pre_tokenizer": seq({"type": "Digits", "individual_digits": False}, BYTES)}, on_spaces + TEXTS[14:15]),
        ("punctuation", {"pre_tokenizer": seq({"type": "Punctuation", "behavior": "Contiguous"}, BYTES)}, SHORT[33:40]),
        ("words", {"pre_tokenizer": seq({"type": "Whitespace"}, BYTES)}, SHORT[10:24]),
        ("white space", {"pre_tokenizer": seq({"type": "WhitespaceSplit"}, BYTES)}, SHORT[10:20]),
        ("roberta", {"post_processor": {"type": "RobertaProcessing", "sep": ["<|endoftext|>", 0], "cls": ["!", 1],
                                        "trim_offsets": True, "add_prefix_space": True}}, SHORT[:8]),
        ("no decoder", {"decoder": None}, SHORT[:12]),
    ]
    for behavior in behaviors:
        for invert in (False, True):
            variants.append((f"split {behavior} {invert}", {"pre_tokenizer": seq(split(r"\s+", behavior, invert), BYTES)}, on_spaces))
        variants.append((f"split on text {behavior}", {"pre_tokenizer": seq(split("  ", behavior, kind="String"), BYTES)}, on_spaces))
    # What Oniguruma and ICU spell differently.
    for regex in [r"\w+", r"[^\w\s]", r"\h+", r".", r"\d{2}+", r"a{,2}", r"^.", r".$", r"\bx", r"[[:punct:]]", r"\p{^L}",
                  r"(?i:[a-c]+)", r"[a-z&&[^aeiou]]+", r"\p{Han}", r"[\p{Lu}\p{M}]", r"x*", r"(?<=a)b", r"[^\r\n\p{L}\p{N}]?+\p{L}+",
                  r"\s++(?!\S)", r"(?m:.)", r"[\s\p{S}]", r"\p{Alpha}", r"[-a\]]", r"\x61|\u0062", r"\p{Greek}|\p{Cyrillic}", r"{"]:
        variants.append((f"regex {regex}", {"pre_tokenizer": seq(split(regex, "Isolated"), BYTES)},
                         ["ab a bx xx\r\n\nb.\n", "Où Ég_1 42 ½٣ 1234", "今天x, Σα мир-+$]{}[", "\x0b\x0c\x85\u2028\u00a0\u200d\u0301"]))
    forms = [TEXTS[i] for i in (20, 21, 22, 23, 25, 29)]
    strip = {"type": "Strip", "strip_left": True, "strip_right": True}
    for label, normalizer in [
            ("NFC", {"type": "NFC"}), ("NFD", {"type": "NFD"}), ("NFKC", {"type": "NFKC"}), ("NFKD", {"type": "NFKD"}),
            ("Lowercase", {"type": "Lowercase"}), ("strip", strip), ("strip left", {**strip, "strip_right": False}),
            ("accents", {"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "StripAccents"}]}),
            ("replace", {"type": "Replace", "pattern": {"Regex": r"\s{2,}"}, "content": "<>"}),
            ("replace text", {"type": "Replace", "pattern": {"String": "a"}, "content": ""}),
            ("prepend", {"type": "Prepend", "prepend": "x "})]:
        variants.append(("normalizer " + label, {"normalizer": normalizer}, forms + ["", "  ", " a  b \t", "banana"]))
    finish("gpt2", tokenizer, variants, legacy_merges=True)


def make_llama3():
    pre = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(LLAMA3), "isolated"), pre_tokenizers.ByteLevel(False, use_regex=False)])
    tokenizer = train_byte_level(pre, 400, ["<s>", "</s>"])
    spec = json.loads(tokenizer.to_str())
    spec["model"]["ignore_merges"] = True
    spec["model"]["vocab"]["Ġquantizer"] = len(spec["model"]["vocab"])  # reached without merges only
    tokenizer = Tokenizer.from_str(json.dumps(spec))
    tokenizer.post_processor = processors.Sequence([
        processors.ByteLevel(trim_offsets=False), processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 0)])])
    finish("llama3", tokenizer, [("merged", {}, [" quantizer", "quantizer", "a quantizer quantizers"])])


def make_qwen2():
    pre = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(QWEN2), "isolated"), pre_tokenizers.ByteLevel(False, use_regex=False)])
    finish("qwen2", train_byte_level(pre, 360, ["<|endoftext|>"], normalizers.NFC()))


def make_smollm():
    pre = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(False)])
    tokenizer = train_byte_level(pre, 360, ["<|endoftext|>", "<s>", "</s>"])
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)])
    spec = finish("smollm", tokenizer)
    tokens = sorted(spec["model"]["vocab"], key=spec["model"]["vocab"].get)
    writer = start_gguf("smollm", "gpt2", tokens, [3] * 3 + [1] * (len(tokens) - 3))
    writer.add_tokenizer_pre("smollm")
    writer.add_token_merges([" ".join(pair) for pair in spec["model"]["merges"]])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(True)
    end_gguf(writer)


def start_gguf(name, model, tokens, types):
    writer = gguf.GGUFWriter(os.path.join(OUT, name + ".gguf"), "llama")
    writer.add_tokenizer_model(model)
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    return writer


def end_gguf(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()


def train_sentencepiece(add_prefix, **options):
    model = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(CORPUS_LINES), model_writer=model, model_type="bpe", byte_fallback=True, vocab_size=520,
        character_coverage=0.98, normalization_rule_name="identity", remove_extra_whitespaces=False,
        add_dummy_prefix=add_prefix, num_threads=1, minloglevel=2, **options)
    return spm.SentencePieceProcessor(model_proto=model.getvalue())


def merges_of(pieces, scores):
    """Every split of a piece into two pieces, the best piece first."""
    ids = {piece: i for i, piece in enumerate(pieces)}
    merges = []
    for piece, score in zip(pieces, scores):
        local = [(piece[:i], piece[i:], score) for i in range(1, len(piece)) if piece[:i] in ids and piece[i:] in ids]
        merges += sorted(local, key=lambda m: (ids[m[0]], ids[m[1]]))
    return [m[:2] for m in sorted(merges, key=lambda m: (m[2], len(m[0]), len(m[1])), reverse=True)]


def bpe_of(processor):
    pieces = [processor.id_to_piece(i) for i in range(processor.vocab_size())]
    scores = [processor.get_score(i) for i in range(processor.vocab_size())]
    model = models.BPE({p: i for i, p in enumerate(pieces)}, merges_of(pieces, scores), unk_token="<unk>", fuse_unk=True, byte_fallback=True)
    return pieces, scores, Tokenizer(model)


SPECIAL = [AddedToken("<unk>", normalized=False), AddedToken("<s>", normalized=False), AddedToken("</s>", normalized=False)]


def make_llama2():
    """The normalizer style of Llama 2, and Metaspace as later files have it."""
    processor = train_sentencepiece(True)
    pieces, scores, tokenizer = bpe_of(processor)
    tokenizer.add_special_tokens(SPECIAL)
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)])
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": False}
    variants = []
    for scheme in ("first", "always", "never"):
        for splits in (False, True):
            stage = {**metaspace, "prepend_scheme": scheme, "split": splits}
            variants.append((f"Metaspace {scheme} {splits}", {"normalizer": None, "pre_tokenizer": stage, "decoder": stage}, [*SHORT[:8], *SHORT[40:48]]))
    variants.append(("unknown tokens alone", {"model.fuse_unk": False, "model.byte_fallback": False}, SHORT[20:28]))
    variants.append(("unknown tokens fused", {"model.byte_fallback": False}, SHORT[20:28]))
    variants.append(("no unknown token", {"model.byte_fallback": False, "model.unk_token": None}, SHORT[20:28]))
    variants.append(("strip decoder", {"decoder": {"type": "Strip", "content": "a", "start": 2, "stop": 0}}, ["a", "aab", "banana a"]))
    finish("llama2", tokenizer, variants)
    types = [2, 3, 3] + [6 if processor.is_byte(i) else 1 for i in range(3, len(pieces))]
    writer = start_gguf("llama2", "llama", pieces, types)
    writer.add_token_scores(scores)
    for add, i in ((writer.add_unk_token_id, 0), (writer.add_bos_token_id, 1), (writer.add_eos_token_id, 2)):
        add(i)
    end_gguf(writer)
    # sentencepiece does not look for control tokens in the text, and a GGUF reader does.
    cases = []
    for text in TEXTS:
        if not any(s in text for s in ("<s>", "</s>", "\0", "▁")):
            ids = processor.encode(text)
            cases.append({"text": text, "ids": ids, "special": [1] + ids, "decoded": processor.decode(ids)})
    write("llama2.gguf.golden.json", {"cases": cases})


def make_gemma():
    """No prefix space; white space in runs is a token of its own."""
    _, _, tokenizer = bpe_of(train_sentencepiece(False, user_defined_symbols=["\n\n", "▁▁", "▁▁▁"]))
    tokenizer.add_special_tokens(SPECIAL)
    tokenizer.add_tokens([AddedToken("\n\n", normalized=False), AddedToken("▁▁", normalized=False), AddedToken("▁▁▁", normalized=True)])
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 1), ("</s>", 2)])
    finish("gemma", tokenizer)


def make_bert():
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.train_from_iterator(CORPUS_LINES, trainers.WordPieceTrainer(vocab_size=420, special_tokens=special, show_progress=False))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    bert = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True}
    variants = [("cased", {"normalizer": {**bert, "lowercase": False}}, SHORT[20:36]),
                ("accents kept", {"normalizer": {**bert, "strip_accents": False}}, SHORT[20:36]),
                ("not cleaned", {"normalizer": {**bert, "clean_text": False, "handle_chinese_chars": False}}, SHORT[20:36]),
                ("short words", {"model.max_input_chars_per_word": 4}, SHORT[10:18]),
                ("BertProcessing", {"post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}}, SHORT[:8]),
                ("no cleanup", {"decoder": {"type": "WordPiece", "prefix": "##", "cleanup": False}}, SHORT[10:18])]
    spec = finish("bert", tokenizer, variants)
    tokens = sorted(spec["model"]["vocab"], key=spec["model"]["vocab"].get)
    spelled = [t if t in special else t[2:] if t.startswith("##") else "▁" + t for t in tokens]
    writer = start_gguf("bert", "bert", spelled, [3] * 5 + [1] * (len(tokens) - 5))
    for add, i in ((writer.add_unk_token_id, 1), (writer.add_bos_token_id, 2), (writer.add_sep_token_id, 3), (writer.add_pad_token_id, 0)):
        add(i)
    end_gguf(writer)


os.makedirs(OUT, exist_ok=True)
for make in (make_gpt2, make_llama3, make_qwen2, make_smollm, make_llama2, make_gemma, make_bert):
    make()
