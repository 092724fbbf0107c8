"""usage: compare-config.py A B

Exit 1 unless quantization_config of both config.json files says the same; how ranges were observed does not count.
"""
import json
import sys


def read(path):
    with open(path) as file:
        config = json.load(file)["quantization_config"]
    for group in config["config_groups"].values():
        for part in ("weights", "input_activations"):
            if group[part]:
                group[part].pop("observer")
    return config


left, right = read(sys.argv[1]), read(sys.argv[2])
if left != right:
    sys.exit(f"{left}\nagainst\n{right}")
