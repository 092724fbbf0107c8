"""usage: edit-json.py FILE STATEMENTS

Changes a JSON file by Python statements over `c`, the whole, and `q`, its quantization_config.
"""
import json
import sys

path, statements = sys.argv[1:]
with open(path) as file:
    config = json.load(file)
exec(statements, {"c": config, "q": config.get("quantization_config")})
with open(path, "w") as file:
    json.dump(config, file)
