"""usage: summarize-report.py REPORT.json

Prints each contraction of a report of quant-opt on a line (numbers as yes), then the names of all other entries.
"""
import json
import sys

with open(sys.argv[1]) as file:
    report = json.load(file)
for entry in report.pop("contractions"):
    site, status = entry.pop("site"), entry.pop("status")
    facts = [f"{key}={'yes' if isinstance(value, (float, dict)) else value}" for key, value in sorted(entry.items())]
    print(site, status, "; ".join(facts))
print("smaller:", report["bytes"]["after"] < report["bytes"]["before"])
print("other:", " ".join(sorted(report)))
