"""usage: add-tokenizer.py FOLDER

Writes FOLDER/tokenizer.json of 96 tokens, the vocabulary of the models in test/Import/Inputs: <s> and one for each
printable character of ASCII.
"""
import json
import sys

characters = ["\u0120"] + [chr(code) for code in range(33, 127)]
begin = {"id": 0, "content": "<s>", "special": True, "normalized": False, "lstrip": False, "rstrip": False,
         "single_word": False}
single = [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
template = {"type": "TemplateProcessing", "single": single, "pair": single,
            "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}}
byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": True}
tokenizer = {
    "version": "1.0", "truncation": None, "padding": None, "added_tokens": [begin], "normalizer": None,
    "pre_tokenizer": byte_level, "post_processor": template, "decoder": byte_level,
    "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
              "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
              "vocab": {text: index for index, text in enumerate(["<s>"] + characters)}, "merges": []},
}
with open(sys.argv[1] + "/tokenizer.json", "w") as file:
    json.dump(tokenizer, file)
with open(sys.argv[1] + "/tokenizer_config.json", "w") as file:
    json.dump({"bos_token": "<s>"}, file)
