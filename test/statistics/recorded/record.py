#!/usr/bin/python3
"""Records what SciPy, statsmodels and R say about seeded data sets, for the tests of src/statistics.

    python3 test/statistics/recorded/record.py        # writes recorded.json next to itself

Debian: python3-scipy python3-statsmodels r-base-core r-cran-jsonlite r-cran-clubsandwich r-cran-survey
"""
import json
import math
import platform
import random
import subprocess
from pathlib import Path

import numpy
import scipy
import statsmodels
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

HERE = Path(__file__).parent
DFS = [1, 1.3, 2, 3.7, 5, 9, 29, 30.5, 119, 1000, 1e5]
PS = [1e-8, 1e-4, 0.005, 0.025, 0.05, 0.2, 0.4, 0.5, 0.55, 0.6, 0.74, 0.76, 0.8, 0.9, 0.95, 0.975, 0.995, 0.9999]
draw = random.Random(20250806)


def clusters(n, count):
    """Unequal clusters, none of them empty, in no order."""
    names = [f"c{index}" for index in range(count)]
    names += [f"c{int(count * draw.random() ** 2)}" for _ in range(n - count)]
    draw.shuffle(names)
    return names


def differences(n):
    kind = draw.choice(["normal", "skewed", "thirds", "tiny", "large"])
    centre = draw.uniform(-0.5, 0.5)
    return [
        {
            "normal": lambda: draw.gauss(centre, 1),
            "skewed": lambda: draw.expovariate(1) - 1 + centre,
            "thirds": lambda: draw.randint(-3, 3) / 3,
            "tiny": lambda: draw.gauss(centre, 1) * 1e-6,
            "large": lambda: draw.gauss(1000 * centre, 1) * 1e5,
        }[kind]()
        for _ in range(n)
    ]


def paired_sets():
    sizes = [2, 3, 4, 5, 8, 10, 15, 30, 60, 150]
    return [{"values": differences(n), "level": level} for n in sizes for level in (0.9, 0.95, 0.95, 0.99)]


def clustered_sets():
    sizes = [(4, 2), (10, 2), (10, 3), (10, 8), (30, 2), (30, 5), (30, 8), (60, 4), (60, 20), (120, 40)]
    return [{"clusters": clusters(n, c), "values": differences(n)} for n, c in sizes for _ in range(4)]


def slope_sets():
    sizes = [(8, 4), (12, 12), (20, 5), (30, 8), (60, 6), (60, 60)]
    sets = []
    for n, count in sizes:
        for _ in range(4):
            x = [draw.uniform(0, 6) for _ in range(n)]
            y = [0.8 - 0.3 * each + draw.gauss(0, 0.7) for each in x]
            sets.append({"clusters": clusters(n, count), "x": x, "y": y})
    return sets


def ratio_sets():
    sizes = [(5, 5), (12, 12), (30, 30), (30, 6), (80, 80)]
    return [
        {
            "clusters": clusters(n, count),
            "above": [draw.lognormvariate(0, 1) for _ in range(n)],
            "below": [draw.randint(0, 5) / 5 for _ in range(n - 1)] + [1],
        }
        for n, count in sizes
        for _ in range(4)
    ]


def p_values(m):
    return [draw.choice([draw.random(), draw.random() ** 4, 0.5]) for _ in range(m)]


def paired(entry):
    values = numpy.array(entry["values"])
    test = stats.ttest_1samp(values, 0)
    margin = float(numpy.abs(values.mean()) + values.std(ddof=1) * draw.uniform(0.05, 1.5))
    tost = DescrStatsW(values).ttost_mean(-margin, margin)
    return {
        "p": test.pvalue,
        "margin": margin, "equivalentP": tost[0], "notWorseP": tost[1][1],
        "variance": values.var(ddof=1),
    }


def slope(entry):
    """The line itself; its errors come from R."""
    fit = OLS(entry["y"], [[1, each] for each in entry["x"]]).fit()
    return {"intercept": fit.params[0], "slope": fit.params[1]}


def newcombe(both, first, second, neither, level):
    """Method 10 by its definition; statsmodels has no interval of paired proportions in this version."""
    n = both + first + second + neither
    ends = [proportion_confint(count, n, 1 - level, "wilson") for count in (both + second, both + first)]
    p1, p2 = (both + second) / n, (both + first) / n
    product = (both + first) * (second + neither) * (both + second) * (first + neither)
    cross = both * neither - first * second
    cross = max(cross - n / 2, 0) if cross > 0 else cross
    phi = cross / math.sqrt(product) if product else 0
    (l1, u1), (l2, u2) = ends
    below = (p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2
    above = (u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2
    return [p1 - p2 - math.sqrt(below), p1 - p2 + math.sqrt(above)]


def two_by_two():
    tables = [[draw.randint(0, high) for _ in range(4)] for high in (3, 8, 20, 60, 300) for _ in range(8)]
    tables = [[*counts[:3], counts[3] + 1] for counts in tables]
    rows = []
    for both, first, second, neither in tables:
        entry = {"counts": [both, first, second, neither], "level": 0.95}
        entry["interval"] = newcombe(both, first, second, neither, 0.95)
        if first + second:
            entry["exactP"] = mcnemar([[both, first], [second, neither]], exact=True).pvalue
            entry["point"] = stats.binom.pmf(min(first, second), first + second, 0.5)
        rows.append(entry)
    return rows


def wilson():
    cases = [(n, draw.randint(0, n), level) for n in (1, 2, 5, 10, 30, 100, 1000) for level in (0.8, 0.95, 0.99)]
    cases += [(30, 30, 0.95), (30, 29, 0.95), (30, 0, 0.95)]
    return [{"n": n, "successes": k, "level": level, "interval": proportion_confint(k, n, 1 - level, "wilson")}
            for n, k, level in cases]


def sign_flips():
    rows = []
    for n in (2, 3, 4, 5, 8, 10, 12, 13):
        for _ in range(3):
            values = numpy.array(differences(n))
            test = stats.permutation_test((values,), lambda each, axis: numpy.sum(each, axis=axis), permutation_type="samples", n_resamples=numpy.inf)
            # SciPy doubles the smaller tail; of a symmetric distribution that is the share of |sum| from the observed on.
            rows.append({"values": values.tolist(), "p": min(1, test.pvalue)})
    return rows


def distributions(student_quantiles):
    ts = [0, 1e-8, 0.01, 0.5, 1, 1.96, 2.5, 4, 8, 20, 100]
    return {
        "studentTwoSidedP": [[t, df, 2 * stats.t.sf(t, df)] for df in DFS for t in ts],
        "studentCdf": [[t, df, stats.t.cdf(t, df)] for df in DFS for t in (-8, -2, -0.3, 0, 0.3, 2, 8)],
        "studentQuantile": student_quantiles,
        "normalQuantile": [[p, stats.norm.ppf(p)] for p in PS],
        "fairCoinCdf": [[k, n, stats.binom.cdf(k, n, 0.5)] for n in (1, 2, 7, 30, 200, 1000) for k in range(0, n + 1, 1 + n // 9)],
        "fairCoinPmf": [[k, n, stats.binom.pmf(k, n, 0.5)] for n in (1, 2, 7, 30, 200, 1000) for k in range(0, n + 1, 1 + n // 9)],
    }


def plain(value):
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, numpy.ndarray)):
        return [plain(each) for each in value]
    return float(value) if isinstance(value, (float, numpy.floating)) else value


def main():
    sets = {
        "paired": paired_sets(), "clustered": clustered_sets(), "slopes": slope_sets(), "ratios": ratio_sets(),
        "holm": [p_values(m) for m in (1, 2, 3, 4, 5, 6, 8, 10, 15, 20) for _ in range(2)],
        "studentQuantile": [[p, df] for df in DFS for p in PS],
    }
    for n in (1, 2, 3, 5, 10, 37, 100):
        differences(n)  # Unused draws: the sets below stay those that are recorded.
    answer = subprocess.run(["Rscript", HERE / "record.R"], input=json.dumps(sets), capture_output=True, text=True, check=True)
    from_r = json.loads(answer.stdout)
    joined = {name: [{**entry, **result} for entry, result in zip(sets[name], from_r[name])]
              for name in ("paired", "clustered", "slopes", "ratios")}
    joined["paired"] = [{**entry, **paired(entry)} for entry in joined["paired"]]
    joined["slopes"] = [{**entry, **slope(entry)} for entry in joined["slopes"]]
    joined["holm"] = [{"p": p, "adjusted": adjusted} for p, adjusted in zip(sets["holm"], from_r["holm"])]
    versions = {"python": platform.python_version(), "scipy": scipy.__version__, "statsmodels": statsmodels.__version__,
                "r": subprocess.run(["Rscript", "-e", "cat(R.version$major, R.version$minor, sep='.')"],
                                    capture_output=True, text=True, check=True).stdout}
    recorded = {"versions": versions, **joined, "twoByTwo": two_by_two(), "wilson": wilson(),
                "signFlips": sign_flips(), "distributions": distributions(from_r["studentQuantile"])}
    count = sum(len(each) for name, each in recorded.items() if name not in ("versions", "distributions"))
    lines = [f"{json.dumps(name)}: " + json.dumps(plain(each)).replace("}, {", "},\n{") for name, each in recorded.items()]
    (HERE / "recorded.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(f"{count} data sets")


main()
