#!/usr/bin/python3
"""An attacker on the small cells of one report.

    attack.py world SEED DIR                 writes a workspace of invented places
    attack.py attack DIR BOOK PAGE CHARTS    attacks what the workbook, the page (English) and the
                                             charts' data tell of it

The attacker knows that parts add up to the whole, that births are boys and girls, that no count is
below 0, populations, every number that is printed (as closely as it is printed) and the marks.
Unknown are the events of each leaf and period. Each printed number is a row of a linear programme;
before it is one, it is held against the data of the workspace, so that a cell that is read wrong
does not pass for a safe one. Prints `attacked N, narrowed N, recovered N; N rows` and one line for
each count that is not safe: a small one that cannot be anything from 0 to min_cell - 1, or a
withheld one that is certain.
Source: Fischetti and Salazar (2001), Operations Research 49, 819-829, sections 1 and 2.
"""
import csv
import glob
import os
import random
import re
import sys
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

MIN_CELL = 10
QUARTERS = 4
AHEAD = 1e-6

# --- worlds ---------------------------------------------------------------------------------------


def poisson(rng, mean):
    product, n, limit = rng.random(), 0, 2.718281828459045 ** -mean
    while product > limit:
        product *= rng.random()
        n += 1
    return n


def write_world(seed, folder):
    """Towns of very different size, some with villages; 13 to 16 quarters."""
    rng = random.Random(seed)
    units, leaves = [("C", "county", "", "")], []
    for t in range(3 + rng.randrange(3)):
        town = f"T{t}"
        units.append((town, f"town-{t}", "C", "towns"))
        villages = rng.randrange(3) + 1 if rng.random() < 0.25 else 0
        units += [(f"{town}V{v}", f"village-{t}-{v}", town, "") for v in range(villages)]
        leaves += [f"{town}V{v}" for v in range(villages)] or [town]
    size = rng.choice([8, 25, 60])
    n = 13 + rng.randrange(4)
    with open(f"{folder}/units.csv", "w", encoding="utf-8") as out:
        csv.writer(out).writerows([("code", "name", "parent", "class"), *units])
    with open(f"{folder}/monthly.csv", "w", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow("unit,month,births_male,births_female,deaths,population".split(","))
        for leaf in leaves:
            mean = size * rng.choice([0.05, 0.3, 1, 1, 2.5])
            for q in range(n):
                month = f"{2010 + q // QUARTERS}-Q{q % QUARTERS + 1}"
                table.writerow([leaf, month, poisson(rng, mean / 2), poisson(rng, mean / 2),
                                poisson(rng, 0.7 * mean), round(400 * mean) + 7 * q])
    year_end = f"{2010 + (n - 1) // QUARTERS}-Q4"
    with open(f"{folder}/targets.csv", "w", encoding="utf-8") as out:
        out.write("id,year_end,unit,indicator,direction,value,decimals\n"
                  f"births,{year_end},*,births,at_most,previous_year,\n"
                  f"deaths,{year_end},*,deaths,at_most,{rng.choice(['previous_year', 50])},\n"
                  f"growth,{year_end},*,natural_growth_rate,at_least,3,2\n"
                  f"ratio,{year_end},*,sex_ratio_at_birth,at_most,112.5,1\n")
    with open(f"{folder}/workspace.yaml", "w", encoding="utf-8") as out:
        out.write(f"name: county\nsynthetic: yes\nlanguage: en\nperiod: quarter\nmin_cell: {MIN_CELL}\n"
                  "commendation:\n"
                  f"  - {{name: honours, year_end: {year_end}, class: \"*\", by: births, quota: 1,"
                  " rounding: up, ties: share, better: low}\n")


class World:
    """The data of a workspace: counts of leaves by period, and who lies below whom."""

    def __init__(self, folder):
        def rows(name):
            with open(f"{folder}/{name}", encoding="utf-8") as table:
                return list(csv.DictReader(table))
        self.parent = {u["code"]: u["parent"] for u in rows("units.csv")}
        self.code = {u["name"]: u["code"] for u in rows("units.csv")}
        self.count, self.population, periods = {}, {}, set()
        for row in rows("monthly.csv"):
            period = self.period(row["month"])
            periods.add(period)
            for kind, column in (("boys", "births_male"), ("girls", "births_female"),
                                 ("deaths", "deaths")):
                self.count[row["unit"], period, kind] = int(row[column])
            self.population[row["unit"], period] = int(row["population"])
        self.first, self.as_of = min(periods), max(periods)
        self.leaves = sorted({unit for unit, _, _ in self.count})

    @staticmethod
    def period(text):
        year, quarter = text.split("-Q")
        return QUARTERS * int(year) + int(quarter) - 1

    def below(self, unit, above):
        while unit and unit != above:
            unit = self.parent[unit]
        return unit == above

    def leaves_of(self, unit):
        return [leaf for leaf in self.leaves if self.below(leaf, unit)]

    def form(self, unit, first, last, parts):
        """{variable: coefficient} of the sum of kinds (with signs) over periods."""
        return {(leaf, t, kind): sign for leaf in self.leaves_of(unit)
                for t in range(max(first, self.first), min(last, self.as_of) + 1)
                for kind, sign in parts.items()}

    def true(self, form):
        return sum(sign * self.count[key] for key, sign in form.items())

    def exposure(self, unit, first, last):
        """Person-years, about: what a rate has to be near."""
        last = min(last, self.as_of)
        return sum(self.population[leaf, t] for leaf in self.leaves_of(unit)
                   for t in range(first, last + 1)) / (last - first + 1)


COUNTS = {"births": {"boys": 1, "girls": 1}, "deaths": {"deaths": 1},
          "births: boys": {"boys": 1}, "births: girls": {"girls": 1}}
GROWTH = {"boys": 1, "girls": 1, "deaths": -1}
RATIO = "sex ratio at birth"

# --- what is told ------------------------------------------------------------------------------------


class Told:
    """Rows low <= form <= high, each true of the world."""

    def __init__(self, world):
        self.world, self.rows, self.stars, self.seen = world, [], set(), {}

    def row(self, form, low, high, what):
        truth = self.world.true(form)
        slack = AHEAD * (1 + abs(truth))
        assert low - slack <= truth <= high + slack, f"{what}: {low} to {high}, but it is {truth}"
        self.rows.append((form, low, high))
        source = what.split(":")[0]
        self.seen[source] = self.seen.get(source, 0) + 1

    def figure(self, indicator, unit, first, last, cell, half, what):
        """A cell with a figure over periods, which is told within half a unit of its last digit."""
        world = self.world
        what = f"{what}: {indicator} of {unit}, {first} to {last}: {cell}"
        if first > world.as_of or cell is None:
            return
        if cell == "*" or str(cell).startswith("<"):
            self.stars.add((indicator, unit, first, min(last, world.as_of)))
            if cell != "*":
                form = world.form(unit, first, last, COUNTS[indicator])
                self.row(form, 0, MIN_CELL - 1, what)
        elif indicator in COUNTS:
            form = world.form(unit, first, last, COUNTS[indicator])
            self.row(form, cell - min(half, 0.5), cell + min(half, 0.5), what)
        elif indicator == RATIO:
            self.ratio(unit, first, last, cell, half, what)
        else:
            self.growth(unit, first, last, cell, half, what)

    def ratio(self, unit, first, last, cell, half, what):
        girls = self.world.form(unit, first, last, {"girls": 1})
        if cell == "—":  # no girls
            self.row(girls, 0, 0, what)
            return
        for bound, sign in ((cell - half, -1), (cell + half, 1)):
            form = {**self.world.form(unit, first, last, {"boys": -sign}),
                    **{key: sign * bound / 100 for key in girls}}
            self.row(form, 0, float("inf"), what)

    def growth(self, unit, first, last, cell, half, what):
        form = self.world.form(unit, first, last, GROWTH)
        truth, about = self.world.true(form), self.world.exposure(unit, first, last)
        assert abs(1000 * truth / about - cell) <= 0.1 * abs(cell) + half + 1e-9, what
        room = half * about / 1000 * 1.1
        self.row(form, truth - 2 * room, truth + 2 * room, what)

    def change(self, indicator, unit, now, before, percent, half, what):
        """Counts: now = (1 + change) before; a dash says that there were none before."""
        if indicator not in COUNTS or before[0] < self.world.first:
            return
        parts, what = COUNTS[indicator], f"{what}: {indicator} of {unit}, change {percent}"
        old = self.world.form(unit, *before, parts)
        if percent == "—":
            self.row(old, 0, 0, what)
            return
        if percent == "*":
            return
        for bound, sign in ((percent - half, -1), (percent + half, 1)):
            form = {key: sign * (1 + bound / 100) for key in old}
            for key in self.world.form(unit, *now, parts):
                form[key] = form.get(key, 0) - sign
            self.row(form, 0, float("inf"), what)

    def at_least_so_far(self, indicator, unit, first, last, low, what):
        """A year-end count is never below the count to date."""
        if indicator in COUNTS and isinstance(low, float) and first <= self.world.as_of:
            form = self.world.form(unit, first, last, COUNTS[indicator])
            self.row(form, 0, low, f"{what}: {indicator} of {unit}, low end {low}")

    def certain(self, indicator, unit, first, last, what):
        """A number from which whoever has the rest works the figure out exactly."""
        if indicator == RATIO:
            truth = [self.world.true(self.world.form(unit, first, last, {kind: 1}))
                     for kind in ("boys", "girls")]
            if truth[1] > 0:
                self.ratio(unit, first, last, 100 * truth[0] / truth[1], 1e-9, what)
            return
        form = self.world.form(unit, first, last, COUNTS.get(indicator, GROWTH))
        self.row(form, self.world.true(form), self.world.true(form), what)


# --- the workbook --------------------------------------------------------------------------------------

NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheets(path):
    """{sheet: rows of {heading: text or number}}: what stands under the headings."""
    with zipfile.ZipFile(path) as book:
        def tree(name):
            return ElementTree.fromstring(book.read(name))
        texts = ["".join(t.text or "" for t in item.iter(f"{{{NAMES['m']}}}t"))
                 for item in tree("xl/sharedStrings.xml")]
        names = [s.get("name") for s in tree("xl/workbook.xml").find("m:sheets", NAMES)]
        found = {}
        for number, name in enumerate(names, 1):
            rows = []
            for row in tree(f"xl/worksheets/sheet{number}.xml").iter(f"{{{NAMES['m']}}}row"):
                cells = {}
                for cell in row:
                    value = cell.find("m:v", NAMES)
                    if value is not None:
                        column = re.match("[A-Z]+", cell.get("r")).group()
                        cells[column] = (texts[int(value.text)] if cell.get("t") == "s"
                                         else float(value.text))
                rows.append(cells)
            head = next((r for r in rows if len(r) > 1), {})
            found[name] = [{head[c]: v for c, v in r.items() if c in head}
                           for r in rows[rows.index(head) + 1:] if len(r) > 1] if head else []
    return found


def indicator_of(text):
    name = text.split(" (")[0].split(", by ")[0]
    return {"births": "births", "deaths": "deaths", "births: boys": "births: boys",
            "births: girls": "births: girls", RATIO: RATIO,
            "natural growth rate": "natural growth rate"}.get(name)


def window_of(text):
    ends = [World.period(t) for t in re.findall(r"\d{4}-Q\d", text)]
    return ends[0], ends[-1]


def read_row(told, sheet, row):
    """Rows of the verdicts, the problems and the required averages."""
    world, unit = told.world, told.world.code[row["unit"]]
    indicator, (first, end) = indicator_of(row["indicator"]), window_of(row["judged over"])
    last, what = min(end, world.as_of), f"workbook {sheet}"
    before = (first - QUARTERS, last - QUARTERS)
    for heading, span in (("this quarter", (last, last)), ("to date", (first, last)),
                          ("same period last year", before)):
        told.figure(indicator, unit, *span, row.get(heading), 1e-9, what)
    if "change" in row:
        told.change(indicator, unit, (first, last), before, row["change"], 1e-9, what)
    for heading in ("gap", "so far", "required"):
        if isinstance(row.get(heading), float):
            told.certain(indicator, unit, first, last, f"{what} {heading}")
    if indicator in COUNTS and row["target"] != 50:  # the only one that is declared
        told.figure(indicator, unit, first - QUARTERS, end - QUARTERS, row["target"], 1e-9, what)
    told.at_least_so_far(indicator, unit, first, last, row.get("95 % from"), what)


def read_periods(told, row):
    unit, indicator = told.world.code[row["unit"]], indicator_of(row["indicator"])
    t = World.period(row["period"])
    for heading, change, back in (("number", None, 0), ("a year before", "on a year, %", QUARTERS),
                                  ("the period before", "on the period before, %", 1)):
        told.figure(indicator, unit, t - back, t - back, row[heading], 1e-9, "workbook periods")
        if change:
            told.change(indicator, unit, (t, t), (t - back, t - back), row[change], 1e-9,
                        "workbook periods")


def read_paths(told, row):
    unit, indicator = told.world.code[row["unit"]], indicator_of(row["indicator"])
    first, _ = window_of(row["judged over"])
    if "period" not in row:  # withheld as a whole
        return
    t = World.period(row["period"])
    if t <= told.world.as_of:
        told.figure(indicator, unit, first, t, row.get("observed"), 1e-9, "workbook paths")
    told.figure(indicator, unit, first - QUARTERS, t - QUARTERS, row.get("last year"), 1e-9,
                "workbook paths")
    told.at_least_so_far(indicator, unit, first, told.world.as_of, row.get("95 % from"),
                         "workbook paths")


def read_book(told, path):
    book = sheets(path)
    for sheet in ("verdict", "problems", "required average"):
        for row in book[sheet]:
            if row.get("unit") in told.world.code:
                read_row(told, sheet, row)
    for row in book["by period"]:
        read_periods(told, row)
    for row in book["paths"]:
        read_paths(told, row)
    for row in book["ranks"]:
        if row.get("unit") in told.world.code:
            year = told.world.as_of // QUARTERS * QUARTERS
            told.figure("births", told.world.code[row["unit"]], year, told.world.as_of,
                        row["to date"], 1e-9, "workbook ranks")


# --- the page ------------------------------------------------------------------------------------------


class Tables(HTMLParser):
    """Tables of a page: caption and rows of {heading: text}."""

    def __init__(self):
        super().__init__()
        self.tables, self.text, self.cells = [], None, []

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append({"caption": "", "rows": []})
        if tag in ("caption", "th", "td"):
            self.text = ""
        if tag == "tr":
            self.cells = []

    def handle_data(self, data):
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "caption":
            self.tables[-1]["caption"] = self.text
        if tag in ("th", "td"):
            self.cells.append(self.text)
        if tag in ("caption", "th", "td"):
            self.text = None
        if tag == "tr":
            self.tables[-1]["rows"].append(self.cells)


def printed(text):
    """A cell's number and half a unit of its last digit, or the text of a mark."""
    plain = text.replace("−", "-").replace("‑", "-").strip()
    number = re.match(r"[≤≥+ ]*(-?\d+(?:\.(\d+))?)", plain)
    if plain.startswith("<") or not number:
        return plain or None, 0
    return float(number.group(1)), 0.5 * 10 ** -len(number.group(2) or "")


def read_table(told, table):
    """By unit; the top unit's targets; problems; ranks."""
    world, rows = told.world, table["rows"]
    caption = re.sub(r"^Table \d+\. ", "", table["caption"])
    head = rows[0] if rows else []
    if "To date" not in head:
        return
    for cells in rows[1:]:
        row = dict(zip(head, cells))
        unit = world.code.get(row.get("Unit", "county"))
        indicator = indicator_of((row.get("Indicator") or caption.split(" by unit")[0]).lower())
        if "Unit" not in row and "Indicator" not in row or not indicator or not unit:
            continue
        first = world.as_of // QUARTERS * QUARTERS
        what, last = f"page: {caption}", world.as_of
        for heading, span in (("To date", (first, last)),
                              ("Same period last year", (first - QUARTERS, last - QUARTERS))):
            if heading in row:
                told.figure(indicator, unit, *span, *printed(row[heading]), what)
        if "Change" in row:
            told.change(indicator, unit, (first, last), (first - QUARTERS, last - QUARTERS),
                        *printed(row["Change"]), what)
        if indicator in COUNTS and row.get("Target") and "50" not in row["Target"]:
            told.figure(indicator, unit, first - QUARTERS, first - 1, *printed(row["Target"]), what)
        if "80 % interval" in row:
            told.at_least_so_far(indicator, unit, first, last, printed(row["80 % interval"])[0], what)


def read_page(told, path):
    page = Tables()
    with open(path, encoding="utf-8") as text:
        page.feed(text.read())
    for table in page.tables:
        read_table(told, table)


# --- the charts ----------------------------------------------------------------------------------------


def block(script, name):
    found = re.search(rf"^\${name} << (\S+)\n(.*?)^\1$", script, re.M | re.S)
    return [[float(n) for n in line.split()] for line in found.group(2).splitlines() if line] if found else []


def read_lines(told, script, indicator, unit):
    """Fan, pace: since the year began; trend: by year; seasonal: by period."""
    world, year = told.world, told.world.as_of // QUARTERS
    span = re.search(r"years that end", script)
    for name, back in (("observed", 0), ("last_year", QUARTERS)):
        for x, y in block(script, name):
            if span:
                first = QUARTERS * int(x)
                told.figure(indicator, unit, first, first + QUARTERS - 1, y, 1e-9, "chart trend")
            else:
                first = QUARTERS * year - back
                told.figure(indicator, unit, first, first + int(x), y, 1e-9, "chart year")
    for x, y, ago in block(script, "years"):
        t = QUARTERS * (year - int(ago)) + int(x)
        if y == y:
            told.figure(indicator, unit, t, t, y, 1e-9, "chart seasonal")


def read_points(told, script, indicator):
    """Funnel: size and figure of units without a name, which their size gives away."""
    world, found = told.world, re.search(r"^\$points", script, re.M)
    first, last = world.as_of - QUARTERS + 1, world.as_of
    if not found or indicator != RATIO:
        return
    for size, figure, _ in block(script, "points"):
        for unit in sorted(set(world.code.values())):
            boys, girls = (world.true(world.form(unit, first, last, {kind: 1}))
                           for kind in ("boys", "girls"))
            if boys + girls == size and abs(100 * boys - figure * girls) < AHEAD * size:
                told.figure("births", unit, first, last, size, 0, "chart funnel")
                told.figure(RATIO, unit, first, last, figure, 1e-9, "chart funnel")
                break
        else:
            raise AssertionError(f"chart funnel: no unit has {size} births and {figure}")


def read_charts(told, folder):
    for path in sorted(glob.glob(f"{folder}/*")):
        with open(path, encoding="utf-8") as text:
            script = text.read()
        heading = re.search(r"^heading = '(.*)'$", script, re.M).group(1)
        unit, _, rest = heading.partition(", ")
        indicator = indicator_of(rest.split(":")[0])
        if indicator and unit in told.world.code:
            read_lines(told, script, indicator, told.world.code[unit])
        indicator = indicator_of(heading.split(":")[0].split(", ")[0].lower())
        if indicator:
            read_points(told, script, indicator)


# --- the attack ------------------------------------------------------------------------------------------


class Attack:
    """The linear programme of all that is told."""

    def __init__(self, told):
        import numpy
        from scipy.sparse import coo_matrix
        self.numpy, self.world = numpy, told.world
        self.place = {key: i for i, key in enumerate(sorted(told.world.count))}
        bounds, entries = [], ([], [], [])
        for form, low, high in told.rows:
            for bound, sign in ((low, -1), (high, 1)):
                if bound == float("inf"):
                    continue
                for key, coefficient in form.items():
                    entries[0].append(len(bounds))
                    entries[1].append(self.place[key])
                    entries[2].append(sign * coefficient)
                bounds.append(sign * bound + AHEAD)
        shape = (max(1, len(bounds)), len(self.place))
        self.rows = coo_matrix((entries[2], (entries[0], entries[1])), shape=shape).tocsr()
        self.bounds = bounds or [0.0]

    def range(self, form):
        from scipy.optimize import linprog
        ends, cost = [], self.numpy.zeros(len(self.place))
        for key, coefficient in form.items():
            cost[self.place[key]] = coefficient
        for sign in (1, -1):
            end = linprog(sign * cost, A_ub=self.rows, b_ub=self.bounds, method="highs")
            assert end.status in (0, 3), end.message
            ends.append(sign * end.fun if end.status == 0 else sign * -float("inf"))
        return ends


def spans(world):
    """Every span that a report may tell of a unit."""
    year, last = world.as_of // QUARTERS * QUARTERS, world.as_of
    found = {(year, last), (year - QUARTERS, last - QUARTERS), (year - QUARTERS, year - 1)}
    found |= {(last - QUARTERS * n + 1, last) for n in (1, 3, 5)}
    found |= {(t, t) for t in range(year - QUARTERS, last + 1)}
    return sorted(span for span in found if span[0] >= world.first)


def attack(folder, book, page, charts):
    world = World(folder)
    told = Told(world)
    read_book(told, book)
    read_page(told, page)
    read_charts(told, charts)
    lp, attacked, narrowed, recovered = Attack(told), 0, 0, 0
    for unit in sorted(world.parent):
        for first, last in spans(world):
            for indicator, parts in COUNTS.items():
                form = world.form(unit, first, last, parts)
                truth = world.true(form)
                star = (indicator, unit, first, last) in told.stars
                if truth >= MIN_CELL and not star:
                    continue
                low, high = lp.range(form)
                certain = high - low < 0.5
                near = truth < MIN_CELL and (low > 1e-3 or high < MIN_CELL - 1 - 1e-3)
                attacked, narrowed, recovered = attacked + 1, narrowed + near, recovered + certain
                if near or certain:
                    print(f"# {indicator} of {unit}, {first - world.as_of} to {last - world.as_of}:"
                          f" {truth}, between {low:.3f} and {high:.3f}")
    print(f"attacked {attacked}, narrowed {narrowed}, recovered {recovered}; {len(told.rows)} rows,",
          ", ".join(f"{what} {n}" for what, n in sorted(told.seen.items())))


def main():
    if sys.argv[1] == "world":
        os.makedirs(sys.argv[3], exist_ok=True)
        write_world(int(sys.argv[2]), sys.argv[3])
    else:
        attack(*sys.argv[2:6])


main()
