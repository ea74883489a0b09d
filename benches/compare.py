"""dormouse beside DuckDB, polars and pandas: the same tally of the same followers.

    python benches/compare.py                         1 and 10 million followers
    python benches/compare.py --rows 100000000 --tools dormouse duckdb
    python benches/compare.py --json figures.json
    python benches/compare.py --whole                 the whole way, and how soon it starts

Followers are made with `dormouse simulate` (seeded), every thousandth is listed a second
time, and the list is written as CSV, JSON lines and Parquet. Each tool then reads each
file, parses all dates, computes the packed key of every follower and counts, with and
without looking for those who are listed twice. All tallies must be equal to the count.

Every measurement is a process of its own. The time of the Python tools is that of the
work, without the start of Python and its imports; that of dormouse is of the whole
process. Memory is the largest resident set. The packages are installed into a virtual
environment below --folder, never into the clone.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

CENSUS = "2026-10-01T00:00:00Z"
CENSUS_SECONDS = 1_790_812_800
DAY = 86_400
POST_EDGES = [30, 90, 180, 365, 730]
FOLLOW_EDGES = [30, 90, 180, 365, 730, 1095, 1460, 1825, 2555, 3650]
RECORDS = ["dated", "never-posted", "unconfirmed", "protected", "not-given", "gone"]
NO_DAYS, NO_POST_AGE, NO_FOLLOW_AGE = 0xFFFF, 7, 15
POST_AGE, RECORD, NEVER, BOT, DUPLICATE, PROTECTED, FOLLOW_AGE = 16, 19, 22, 23, 24, 25, 26
DATES = ["followed_at", "account_created_at", "last_active_at"]
COUNTS = ["posts_count", "followers_count", "following_count"]
FLAGS = ["default_avatar", "protected"]
FORMATS = ["csv", "jsonl", "parquet"]
TOOLS = ["dormouse", "duckdb", "polars", "pandas"]


# ---------------------------------------------------------------- the peers


def duckdb_tally(file, form, check):
    import duckdb

    types = {"id": "VARCHAR"} | dict.fromkeys(DATES, "TIMESTAMP")
    types |= dict.fromkeys(COUNTS, "BIGINT") | dict.fromkeys(FLAGS, "BOOLEAN")
    columns = "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in types.items()) + "}"
    source = {
        "csv": f"read_csv('{file}', header = true, delim = ',', quote = '\"', columns = {columns})",
        "jsonl": f"read_json('{file}', format = 'newline_delimited', columns = {columns})",
        "parquet": "(select id, "
        + ", ".join(f"{name}::TIMESTAMP as {name}" for name in DATES)
        + f", {', '.join(COUNTS + FLAGS)} from read_parquet('{file}'))",
    }[form]

    def days(when):
        # Not with greatest(), which passes over what is not known.
        silence = f"({CENSUS_SECONDS * 1000} - epoch_ms({when}))"
        whole = f"({silence} + {DAY * 1000 - 1}) // {DAY * 1000}"
        return f"case when {silence} < 0 then 0 else {whole} end"

    def bucket(number, edges, none):
        steps = " ".join(f"when {number} <= {edge} then {place}" for place, edge in enumerate(edges))
        return f"case when {number} is null then {none} {steps} else {len(edges)} end"

    keys = f"""
        select id, coalesce(days, {NO_DAYS})
            + ({bucket("post_days", POST_EDGES, NO_POST_AGE)}) * {1 << POST_AGE}
            + case when last_active_at is not null then 0 when posts_count = 0 then 1
                when protected then 3 else 4 end * {1 << RECORD}
            + coalesce(posts_count = 0, false)::INT * {1 << NEVER}
            + coalesce(default_avatar and following_count >= 1000 and followers_count < 50, false)::INT
                * {1 << BOT}
            + coalesce(protected, false)::INT * {1 << PROTECTED}
            + ({bucket("follow_days", FOLLOW_EDGES, NO_FOLLOW_AGE)}) * {1 << FOLLOW_AGE} as key
        from (select *, {days(f"greatest({', '.join(DATES)})")} as days,
                {days("case when posts_count = 0 then account_created_at else last_active_at end")}
                    as post_days,
                {days("followed_at")} as follow_days
            from {source})"""
    if check:
        # Who is listed twice is listed with the same values here, so any row may be kept.
        query = f"""select key, count(*), sum(rows - 1)
            from (select any_value(key) as key, count(*) as rows from ({keys}) group by id)
            group by key"""
    else:
        query = f"select key, count(*), 0 from ({keys}) group by key"
    tally = {}
    for key, first, again in duckdb.connect().execute(query).fetchall():
        tally[int(key)] = int(first)
        if again:
            tally[int(key) | 1 << DUPLICATE] = int(again)
    return tally


def polars_tally(file, form, check):
    import polars as pl

    schema = {"id": pl.String} | dict.fromkeys(DATES, pl.String)
    schema |= dict.fromkeys(COUNTS, pl.Int64) | dict.fromkeys(FLAGS, pl.Boolean)
    rows = {
        "csv": lambda: pl.scan_csv(file, schema=schema),
        "jsonl": lambda: pl.scan_ndjson(file, schema=schema),
        "parquet": lambda: pl.scan_parquet(file),
    }[form]()
    rows = rows.with_columns(
        pl.col(DATES).str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="ms", time_zone="UTC")
        .dt.epoch("s")
    )

    def days(when):
        return ((CENSUS_SECONDS - when + DAY - 1) // DAY).clip(0)

    def bucket(number, edges, none):
        return sum((number > edge).cast(pl.UInt32) for edge in edges).fill_null(none)

    def bit(flag):
        return flag.fill_null(False).cast(pl.UInt32)

    never = pl.col("posts_count") == 0
    last = pl.max_horizontal(DATES)
    post = pl.when(never).then(pl.col("account_created_at")).otherwise(pl.col("last_active_at"))
    record = (
        pl.when(pl.col("last_active_at").is_not_null()).then(0)
        .when(never).then(1).when(pl.col("protected")).then(3).otherwise(4)
    )
    bot = pl.col("default_avatar") & (pl.col("following_count") >= 1000) & (pl.col("followers_count") < 50)
    key = (
        days(last).cast(pl.UInt32).fill_null(NO_DAYS)
        + bucket(days(post), POST_EDGES, NO_POST_AGE) * (1 << POST_AGE)
        + record.cast(pl.UInt32) * (1 << RECORD)
        + bit(never) * (1 << NEVER)
        + bit(bot) * (1 << BOT)
        + bit(pl.col("protected")) * (1 << PROTECTED)
        + bucket(days(pl.col("followed_at")), FOLLOW_EDGES, NO_FOLLOW_AGE) * (1 << FOLLOW_AGE)
    ).alias("key")
    if check:
        rows = rows.select("id", key).group_by("id").agg(pl.first("key"), pl.len().alias("rows"))
        again = (pl.col("rows") - 1).sum().alias("again")
    else:
        rows = rows.select(key)
        again = pl.lit(0).alias("again")
    cells = rows.group_by("key").agg(pl.len().alias("first"), again).collect(engine="streaming")
    tally = {}
    for key, first, again in cells.iter_rows():
        tally[key] = first
        if again:
            tally[key | 1 << DUPLICATE] = again
    return tally


def pandas_tally(file, form, check):
    import numpy as np
    import pandas as pd

    step = 1_000_000
    if form == "csv":
        parts = pd.read_csv(file, chunksize=step, dtype={"id": "str"} | dict.fromkeys(DATES, "str"))
    elif form == "jsonl":
        parts = pd.read_json(file, lines=True, chunksize=step, dtype=False)
    else:
        import pyarrow.parquet as pq

        parts = (batch.to_pandas() for batch in pq.ParquetFile(file).iter_batches(step))
    keys, ids = [], []
    for rows in parts:
        times = {}
        for name in DATES:
            # As whole seconds; the smallest number where there is none.
            parsed = pd.to_datetime(rows[name], format="%Y-%m-%dT%H:%M:%SZ", utc=True)
            seconds = parsed.dt.tz_localize(None).to_numpy().astype("datetime64[s]").astype("int64")
            times[name] = seconds
        nothing = np.iinfo("int64").min

        def days(when):
            known = when != nothing
            passed = (CENSUS_SECONDS - np.where(known, when, 0) + DAY - 1) // DAY
            return np.where(known, np.maximum(passed, 0), -1)

        def bucket(number, edges, none):
            return np.where(number < 0, none, np.searchsorted(edges, number, side="left"))

        never = (rows["posts_count"] == 0).to_numpy()
        protected = rows["protected"].to_numpy().astype(bool)
        active = times["last_active_at"]
        last = days(np.maximum.reduce(list(times.values())))
        post = days(np.where(never, times["account_created_at"], active))
        bot = (
            rows["default_avatar"].to_numpy().astype(bool)
            & (rows["following_count"] >= 1000).to_numpy()
            & (rows["followers_count"] < 50).to_numpy()
        )
        record = np.select([active != nothing, never, protected], [0, 1, 3], 4)
        keys.append(
            np.where(last < 0, NO_DAYS, last)
            + (bucket(post, POST_EDGES, NO_POST_AGE) << POST_AGE)
            + (record << RECORD)
            + (never.astype("int64") << NEVER)
            + (bot.astype("int64") << BOT)
            + (protected.astype("int64") << PROTECTED)
            + (bucket(days(times["followed_at"]), FOLLOW_EDGES, NO_FOLLOW_AGE) << FOLLOW_AGE)
        )
        if check:
            ids.append(rows["id"].astype("str"))
    keys = np.concatenate(keys)
    if check:
        again = pd.concat(ids, ignore_index=True).duplicated().to_numpy()
        keys |= again.astype("int64") << DUPLICATE
    counts = pd.Series(keys).value_counts(sort=False)
    return {int(key): int(count) for key, count in counts.items()}


PEERS = {"duckdb": duckdb_tally, "polars": polars_tally, "pandas": pandas_tally}


def peer(tool, file, form, check, out):
    """One measurement, in a process of its own."""
    __import__(tool)
    start = time.perf_counter()
    tally = PEERS[tool](file, form, check)
    seconds = time.perf_counter() - start
    Path(out).write_text(json.dumps({"seconds": seconds, "tally": sorted(tally.items())}))


# ---------------------------------------------------------------- dormouse


def study(folder, file):
    path = folder / f"{file.name}.toml"
    path.write_text(
        f'title = "Bench"\norganisation = "Bench"\ncensus = {CENSUS}\n\n'
        f'[[channel]]\nid = "x"\nplatform = "x"\nexports = ["{file.name}"]\n'
    )
    return path


def tally_of(file):
    """The tally that dormouse wrote, by packed key."""
    import pyarrow.parquet as pq

    tally = {}
    for row in pq.read_table(file).to_pylist():
        none = lambda name, value: value if row[name] is None else row[name]
        key = (
            none("days_silent", NO_DAYS)
            | none("post_age", NO_POST_AGE) << POST_AGE
            | RECORDS.index(row["record"]) << RECORD
            | row["never_posted"] << NEVER
            | row["suspected_bot"] << BOT
            | row["duplicate"] << DUPLICATE
            | row["protected"] << PROTECTED
            | none("follow_age", NO_FOLLOW_AGE) << FOLLOW_AGE
        )
        tally[key] = row["followers"]
    return tally


# ---------------------------------------------------------------- measuring


# A process begins with the largest resident set of the one that starts it, so a small one
# stands between.
LAUNCHER = """
import os, sys, time
start = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
print(time.perf_counter() - start, usage.ru_maxrss, status, file=sys.stderr)
"""


def spent(command):
    """Seconds and mebibytes of a command."""
    launched = subprocess.run(
        [sys.executable, "-S", "-E", "-c", LAUNCHER, *map(str, command)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True,
    )
    seconds, memory, status = launched.stderr.split()[-3:]
    # Exit 1 is "done, but somebody must look".
    if status not in ("0", "256"):
        raise SystemExit(f"failed: {' '.join(map(str, command))}\n{launched.stderr}")
    unit = 1 if platform.system() == "Darwin" else 1024
    return float(seconds), int(memory) * unit / (1 << 20)


def measure(tool, dormouse, folder, file, form, check):
    if tool == "dormouse":
        out = folder / "tallies"
        command = [dormouse, "tally", study(folder, file), "--out", out]
        seconds, memory = spent(command + ([] if check else ["--no-duplicates-check"]))
        return seconds, memory, tally_of(out / "tallies.parquet")
    out = folder / "peer.json"
    command = [sys.executable, __file__, "--peer", tool, file, form, str(int(check)), out]
    _, memory = spent(command)
    found = json.loads(out.read_text())
    return found["seconds"], memory, {key: count for key, count in found["tally"]}


def make(dormouse, folder, rows):
    """The same followers in every format; every thousandth is listed a second time."""
    import duckdb

    names = {form: folder / f"followers-{rows}.{form}" for form in FORMATS}
    if all(name.exists() for name in names.values()):
        return names
    print(f"making {rows:,} followers …", file=sys.stderr)
    listed = rows - rows // 1000
    subprocess.run(
        [dormouse, "simulate", "followers", "--followers", str(listed), "--seed", "1",
         "--census", CENSUS, names["csv"]],
        check=True, stdout=subprocess.DEVNULL,
    )
    with open(names["csv"], "rb") as file:
        next(file)
        again = [line for place, line in enumerate(file) if place % 1000 == 0]
    with open(names["csv"], "ab") as file:
        file.writelines(again[: rows - listed])
    connection = duckdb.connect()
    text = ", ".join(f"'{name}': 'VARCHAR'" for name in ["id", *DATES])
    source = f"read_csv('{names['csv']}', header = true, types = {{{text}}})"
    connection.execute(f"copy (from {source}) to '{names['jsonl']}' (format json)")
    connection.execute(f"copy (from {source}) to '{names['parquet']}' (format parquet)")
    return names


def whole(dormouse, folder, rows):
    """The whole way of five channels beside their tally, and what hardly takes any time."""
    channels = []
    for number, name in enumerate(["x", "instagram", "mastodon", "bluesky", "threads"], 1):
        file = folder / f"{name}-{rows // 5}.csv"
        if not file.exists():
            subprocess.run(
                [dormouse, "simulate", "followers", "--followers", str(rows // 5),
                 "--seed", str(number), "--census", CENSUS, file],
                check=True, stdout=subprocess.DEVNULL,
            )
        warm(file)
        channels.append(f'[[channel]]\nid = "{name}"\nplatform = "{name}"\nexports = ["{file.name}"]\n')
    path = folder / "five.toml"
    head = f'title = "Bench"\norganisation = "Bench"\ncensus = {CENSUS}\n\n'
    path.write_text(head + "\n".join(channels))
    root = Path(__file__).resolve().parent.parent
    demo = sorted((root / "data/demo").glob("exports/*/*"))
    commands = {
        f"tally of {rows:,} in five channels": (3, ["tally", path, "--out", folder / "tallies"]),
        f"run of {rows:,} in five channels": (3, ["run", path, "--out", folder / "out"]),
        "--help": (20, ["--help"]),
    } | {f"inspect {file.name}": (20, ["inspect", file]) for file in demo}
    for name, (repeat, command) in commands.items():
        best = min(spent([dormouse, *command]) for _ in range(repeat))
        print(f"{name:<44}{best[0]:9.3f} s {best[1]:6,.0f} MiB", flush=True)


def warm(file):
    """Reads a file once, so that nobody waits for the disk."""
    with open(file, "rb") as bytes_of:
        while bytes_of.read(1 << 24):
            pass


def machine():
    with open("/proc/cpuinfo") as info:
        model = next((line.split(":")[1].strip() for line in info if "model name" in line), "?")
    return {"processor": model, "threads": os.cpu_count(), "system": platform.platform()}


def versions(dormouse):
    from importlib.metadata import version

    own = subprocess.run([dormouse, "--version"], capture_output=True, text=True, check=True)
    return {"dormouse": own.stdout.split()[-1], "python": platform.python_version()} | {
        tool: version(tool) for tool in PEERS
    }


def main():
    if sys.argv[1:2] == ["--peer"]:
        tool, file, form, check, out = sys.argv[2:]
        return peer(tool, file, form, check == "1", out)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=TOOLS)
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    parser.add_argument("--repeat", type=int, default=3, help="the fastest of so many runs counts")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/dormouse-bench"))
    parser.add_argument("--dormouse", type=Path, default=root / "target/release/dormouse")
    parser.add_argument("--whole", action="store_true", help="the whole way, and how soon it starts")
    parser.add_argument("--json", type=Path, help="where the figures are written as JSON")
    arguments = parser.parse_args()
    folder = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    arguments.dormouse = arguments.dormouse.resolve()
    python = folder / "venv/bin/python"
    if Path(sys.executable) != python:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        needed = Path(__file__).with_name("requirements.txt")
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", needed], check=True)
        os.execv(python, [python, __file__, *sys.argv[1:]])

    if arguments.whole:
        return whole(arguments.dormouse, folder, max(arguments.rows))

    figures = {"machine": machine(), "versions": versions(arguments.dormouse), "runs": []}
    for rows in arguments.rows:
        files = make(arguments.dormouse, folder, rows)
        for form in arguments.formats:
            warm(files[form])
            for check in [False, True]:
                reference = None
                for tool in arguments.tools:
                    # What takes minutes is measured once.
                    best = None
                    for _ in range(arguments.repeat):
                        seconds, memory, tally = measure(
                            tool, arguments.dormouse, folder, files[form], form, check
                        )
                        best = min(best or (seconds, memory), (seconds, memory))
                        if seconds > 30:
                            break
                    reference = reference or (tool, best[0], tally)
                    if tally != reference[2]:
                        raise SystemExit(f"{tool} counts otherwise than {reference[0]}: {form}")
                    run = {
                        "rows": rows, "format": form, "duplicates": check, "tool": tool,
                        "seconds": round(best[0], 3), "mebibytes": round(best[1]),
                        "ratio": round(reference[1] / best[0], 3), "cells": len(tally),
                    }
                    figures["runs"].append(run)
                    print(
                        f"{rows:>11,}  {form:<8} {'with' if check else 'without':<8} {tool:<9}"
                        f"{best[0]:8.2f} s {run['mebibytes']:7,} MiB   ratio {run['ratio']:.2f}",
                        flush=True,
                    )
    print(json.dumps(figures["machine"] | figures["versions"]))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
