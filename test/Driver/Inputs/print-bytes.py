"""usage: print-bytes.py REPORT.json: the bytes of all weights before and after, as --plan-only prints them."""
import json
import sys

with open(sys.argv[1]) as file:
    counts = json.load(file)["bytes"]
print(f"{counts['before']} bytes of weights become {counts['after']}")
