#!/usr/bin/env python3
"""Writes cases i and ii of the reference answers as plain text: make_cases.py REFERENCE_FOLDER.

The reference (vitalcast design, reference/README.md) was computed with Stan (NUTS); inputs are
births of Taiwan townships (Open Government Data License v1.0). Lines: key, then numbers.
"""
import json
import pathlib
import sys

CASES = {"i": ("case_i_single_unit.json", "Stan NUTS, 4 x 4,000 draws, Rhat <= 1.0003"),
         "ii": ("case_ii_hierarchical.json", "Stan NUTS, 8 x 7,000 draws, Rhat <= 1.0006")}


def line(key, values):
    return key + " " + " ".join(repr(v) for v in values)


def write(reference, case, here):
    answer_name, method = CASES[case]
    stan = json.loads((reference / f"inputs/{case}_stan.json").read_text())
    info = json.loads((reference / f"inputs/{case}_info.json").read_text())
    answer = json.loads((reference / answer_name).read_text())
    units = info["units"]
    y = [[row] for row in stan["y"]] if len(units) == 1 else stan["y"]
    out = [f"source: vitalcast reference case {case}; {method}; births of Taiwan townships, "
           "Ministry of the Interior, Open Government Data License v1.0",
           f"first {info['months'][0]}", f"units {len(units)}", f"fitted {stan['T']}",
           f"ahead {stan['h']}", "codes " + " ".join(str(u) for u in units)]
    for t in range(stan["T"]):
        out.append(line("births", y[t]))
    for t in range(stan["T"]):
        out.append(line("population", [int(p) for p in info["exposure"][t]]))
    for u in answer["units"]:
        for p in u["prob_total_le"]:
            out.append(line("unit_p", [units.index(u["unit"]), p["target"], p["p"], p["mcse"]]))
    for p in answer["parent_total"]["prob_total_le"]:
        out.append(line("sum_p", [p["target"], p["p"], p["mcse"]]))
    (here / f"case_{case}.txt").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    for name in CASES:
        write(pathlib.Path(sys.argv[1]), name, pathlib.Path(__file__).parent)
