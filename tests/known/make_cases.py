#!/usr/bin/env python3
"""Writes cases i, ii and iv of the reference answers as plain text: make_cases.py REFERENCE_FOLDER.

The reference (vitalcast design, reference/README.md) was computed with Stan (NUTS) and closed forms; inputs are
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


def write_exact(reference, here):
    answer = json.loads((reference / "case_iv_exact.json").read_text())
    out = ["source: vitalcast reference case iv; closed forms (negative binomial, beta-binomial, "
           "their convolution), scripts/exact_cases.py"]
    for c in answer["gamma_poisson"]:
        out.append(line("gamma_poisson", [c["prior_shape"], c["prior_rate"], c["y_to_date"],
                   c["exposure_to_date"], c["exposure_rest"], c["target_total_le"],
                   c["prob_total_le_target"]]))
    for c in answer["beta_binomial"]:
        out.append(line("beta_binomial", [c["prior_a"], c["prior_b"], c["males_to_date"],
                   c["births_to_date"], c["births_rest"], c["target_srb_le"],
                   c["prob_srb_le_target"]]))
    for c in answer["births_and_sex"]:
        out.append(line("births_and_sex", [c["prior_shape"], c["prior_rate"],
                   c["births_to_date"], c["exposure_to_date"], c["exposure_rest"],
                   c["prior_a"], c["prior_b"], c["males_to_date"], c["target_srb_le"],
                   c["prob_srb_le_target"]]))
    (here / "case_iv.txt").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    write_exact(pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent)
    for name in CASES:
        write(pathlib.Path(sys.argv[1]), name, pathlib.Path(__file__).parent)
