"""Recomputes the figures of fixtures/history with SciPy 1.17.1 and NumPy 2.4.6, by a parser of its own.

Run from the root of the repository; it writes tests/trends/history.scipy.json, which tests/trends.rs compares with.
"""

import glob
import json
import re
from datetime import date, datetime

import numpy as np
from scipy import stats

FIRST_QUARTER = (2024, 3)
MEASURES = {
    "detect": ("started", "detected"),
    "acknowledge": ("detected", "acknowledged"),
    "mitigate": ("started", "mitigated"),
    "resolve": ("started", "resolved"),
}


def instant(text):
    text = text.strip().replace(" UTC", "Z").replace(" ", "T").replace("Z", "+00:00")
    return datetime.fromisoformat(text) if "T" in text else None


def read(path):
    text = open(path).read()
    head = text.split("\n## ")[0][:1500]

    def field(name):
        found = re.search(r"^\W*" + name + r"\W*[:|]\W*(.*?)\s*\|?\s*$", head, re.M | re.I)
        return found.group(1).strip(" *|") if found else None

    incident = {"severity": field("severity"), "repeat_of": field("repeat_of")}
    for name in ("started", "detected", "acknowledged", "mitigated", "resolved"):
        value = field(name + "(?:_at)?")
        incident[name] = instant(value) if value else None
    if incident["started"]:
        incident["day"] = incident["started"].date()
    else:
        day = field("date")
        incident["day"] = date.fromisoformat(day)
        span = re.search(r"(?:Duration|Time)\W+.*?(\d\d:\d\d)\s*(?:–|to)\s*(\d\d:\d\d) UTC", head)
        if span:
            incident["started"] = instant(f"{day}T{span.group(1)}Z")
            incident["resolved"] = instant(f"{day}T{span.group(2)}Z")
    incident["quarter"] = (incident["day"].year, (incident["day"].month - 1) // 3 + 1)
    return incident


def before(quarter, number):
    quarters = []
    for _ in range(number):
        year, q = quarter
        quarter = (year, q - 1) if q > 1 else (year - 1, 4)
        if quarter >= FIRST_QUARTER:
            quarters.append(quarter)
    return quarters


def seconds(incidents, start, end):
    return [(i[end] - i[start]).total_seconds() for i in incidents if i[start] and i[end]]


def holm(values):
    order = sorted(range(len(values)), key=lambda at: values[at])
    adjusted, largest = [0.0] * len(values), 0.0
    for done, at in enumerate(order):
        largest = max(largest, values[at] * (len(values) - done))
        adjusted[at] = min(largest, 1.0)
    return adjusted


def measure(incidents, quarter):
    pool = before(quarter, 4)
    now = [i for i in incidents if i["quarter"] == quarter]
    old = [i for i in incidents if i["quarter"] in pool]
    times = {}
    for name, (start, end) in MEASURES.items():
        x, y = seconds(now, start, end), seconds(old, start, end)
        interval = stats.quantile_test(x, q=0, p=0.5).confidence_interval(0.95) if len(x) > 5 else None
        times[name] = {
            "n": len(x),
            "median": float(np.median(x)),
            "interval": [interval.low, interval.high] if interval else None,
            "previous_n": len(y),
            "previous_median": float(np.median(y)),
            "p": float(stats.mannwhitneyu(x, y, alternative="two-sided").pvalue),
        }
    for name, adjusted in zip(times, holm([times[name]["p"] for name in times])):
        times[name]["holm"] = float(adjusted)
    severity = {}
    for level in sorted({i["severity"] for i in now + old}):
        k = sum(i["severity"] == level for i in now)
        others = sum(i["severity"] == level for i in old)
        low = 0.0 if k == 0 else float(stats.gamma.ppf(0.025, k))
        severity[level] = {
            "n": k,
            "interval": [low, float(stats.gamma.ppf(0.975, k + 1))],
            "previous": others,
            "p": float(stats.binomtest(k, k + others, 1 / (1 + len(pool))).pvalue),
        }
    k = sum(bool(i["repeat_of"]) for i in now)
    interval = stats.binomtest(k, len(now)).proportion_ci(method="wilson")
    repeats = {"k": k, "n": len(now), "interval": [float(interval.low), float(interval.high)]}
    return {"n": len(now), "previous": len(old), "times": times, "severity": severity, "repeats": repeats}


history = [read(path) for path in sorted(glob.glob("fixtures/history/*.md"))]
quarters = [(2024, 4), (2025, 1), (2025, 2), (2025, 3), (2025, 4)]
result = {f"{year}-Q{q}": measure(history, (year, q)) for year, q in quarters}
with open("tests/trends/history.scipy.json", "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")
