#!/usr/bin/env python3
"""Writes cases i to vii of the reference answers as plain text: make_cases.py REFERENCE_FOLDER.

The reference (vitalcast design, reference/README.md) was computed with Stan (NUTS), pseudo-marginal MCMC, quadrature and
closed forms; inputs are births of Taiwan townships and villages (Open Government Data License v1.0), case vii is made up.
Lines: key, then numbers. The parameters have the names that the engine gives them.
"""
import json
import pathlib
import sys

TAIWAN = "of Taiwan, Ministry of the Interior, Open Government Data License v1.0"
CASES = {"i": ("i", "case_i_single_unit.json", "Stan NUTS, 4 x 4,000 draws, Rhat <= 1.0003; births of townships " + TAIWAN),
         "ii": ("ii", "case_ii_hierarchical.json",
                "Stan NUTS, 8 x 7,000 draws, Rhat <= 1.0006; births of townships " + TAIWAN),
         "vi_a": ("vi", "case_vi_villages_a.json",
                  "pseudo-marginal MCMC, 4 x 1,500, Rhat <= 1.023; births of villages " + TAIWAN),
         "vi_b": ("vi2", "case_vi_villages_b.json",
                  "pseudo-marginal MCMC, 4 x 2,500, Rhat <= 1.015; births of villages " + TAIWAN),
         "vii": ("vii", "case_vii_stress.json",
                 "pseudo-marginal MCMC, 4 x 3,000, Rhat <= 1.005; made-up counts of nearly empty units")}
ENGINE_NAMES = {"sig_u": "leaf_level_sd", "sig_v": "leaf_step_sd", "sig_s": "season_sd", "sig_e": "shock_sd",
                "d": "dispersion", "b0": "level", "slope": "drift"}
LEVELS = {"q025": 0.025, "q10": 0.1, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q90": 0.9, "q975": 0.975}


def line(key, values):
    return key + " " + " ".join(str(v) if isinstance(v, str) else repr(v) for v in values)


def data_lines(case, stan, info):
    units = info["units"]
    y = [[row] for row in stan["y"]] if len(units) == 1 else stan["y"]
    # Villages go by their place: their names are no codes.
    codes = [str(u) if isinstance(u, int) else f"place{i + 1}" for i, u in enumerate(units)]
    out = [f"first {info['months'][0]}", f"units {len(units)}", f"fitted {stan['T']}", f"ahead {stan['h']}",
           "codes " + " ".join(codes)]
    out += [line("births", row) for row in y]
    if case in ("i", "ii"):
        out += [line("population", [int(p) for p in row]) for row in info["exposure"][:stan["T"]]]
    return out


def whole_quantiles(summary):
    """Those that are counts: one between two counts says nothing about either."""
    return [(level, int(summary[q])) for q, level in LEVELS.items() if summary[q] == int(summary[q])]


def answer_lines(answer):
    out = []
    for i, u in enumerate(answer["units"]):
        out += [line("unit_p", [i, p["target"], p["p"], p["mcse"]]) for p in u["prob_total_le"]]
        out += [line("unit_q", [i, g, level]) for level, g in whole_quantiles(u["total"])]
    parent = answer["parent_total"]
    out += [line("sum_p", [p["target"], p["p"], p["mcse"]]) for p in parent["prob_total_le"]]
    out += [line("sum_q", [g, level]) for level, g in whole_quantiles(parent)]
    for name, p in answer["parameters"].items():
        if name in ENGINE_NAMES:
            out.append(line("parameter", [ENGINE_NAMES[name], p["mean"], p["sd"], p["mcse_mean"]]))
    return out


def write(reference, case, here):
    stem, answer_name, source = CASES[case]
    stan = json.loads((reference / f"inputs/{stem}_stan.json").read_text())
    info = json.loads((reference / f"inputs/{stem}_info.json").read_text())
    answer = json.loads((reference / answer_name).read_text())
    out = [f"source: vitalcast reference case {case}; {source}"]
    out += data_lines(case, stan, info) + answer_lines(answer)
    (here / f"case_{case}.txt").write_text("\n".join(out) + "\n")


def write_ranks(reference, here):
    """Answers only: the data are those of case ii."""
    answer = json.loads((reference / "case_v_ranks.json").read_text())
    out = ["source: vitalcast reference case v; Stan NUTS as case ii; rank of the year's births over the mean of its "
           "twelve exposures, 1 = highest"]
    for i, u in enumerate(answer["units"]):
        out.append(line("rate_exposure", [i, u["mean_exposure"]]))
        out += [line("rank", [i, r + 1, p, u["max_mcse_prob_rank"]]) for r, p in enumerate(u["prob_rank"])]
        for first, key in ((4, "prob_top_4_ceil30pct"), (3, "prob_top_3_floor30pct")):
            out.append(line("top", [i, first, u[key]["p"], u[key]["mcse"]]))
    (here / "case_v.txt").write_text("\n".join(out) + "\n")


def write_sex(reference, here):
    """Rows of births and males by calendar year, the last one unfinished; then what the rest of it is drawn for."""
    stan = json.loads((reference / "inputs/iii_stan.json").read_text())
    info = json.loads((reference / "inputs/iii_info.json").read_text())
    answer = json.loads((reference / "case_iii_srb.json").read_text())
    years = sorted(set(info["years"]))
    cell = {(u - 1, y): (n, m) for u, y, n, m in zip(stan["unit"], info["years"], stan["n"], stan["m"])}
    units = range(stan["U"])
    none = (0, 0)
    out = ["source: vitalcast reference case iii; quadrature over mu, tau, d and 200,000 independent draws; births of "
           "townships " + TAIWAN,
           f"first {years[0]}", f"units {stan['U']}", f"fitted {len(years)}",
           "codes " + " ".join(str(u) for u in info["units"])]
    for y in years:
        out.append(line("births", [cell.get((u, y), none)[0] for u in units]))
        out.append(line("males", [cell.get((u, y), none)[1] for u in units]))
    out.append(line("births_rest", info["future_births"]))
    for i, u in enumerate(answer["units"]):
        out.append(line("unit_p", [i, u["prob_srb_le_107"]["p"], u["prob_srb_le_107"]["mcse"]]))
    total = answer["parent"]["prob_srb_le_107"]
    out.append(line("sum_p", [total["p"], total["mcse"]]))
    for name, engine in (("mu", "level"), ("tau", "leaf_level_sd"), ("d", "dispersion")):
        p = answer["parameters"][name]
        out.append(line("parameter", [engine, p["mean"], p["sd"]]))
    (here / "case_iii.txt").write_text("\n".join(out) + "\n")


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
    folder, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
    for name in CASES:
        write(folder, name, here)
    write_sex(folder, here)
    write_exact(folder, here)
    write_ranks(folder, here)
