#!/usr/bin/env python3
"""Writes gazetteer/airports.tsv: international airports, from airportsdata (MIT).

Usage: pip install airportsdata; python3 ontology/tools/airports.py

Airports that facilities.tsv has by hand are left out.
"""
import pathlib
import re
import unicodedata

import airportsdata

GAZETTEER = pathlib.Path(__file__).parent.parent / "gazetteer"


def fold(name):
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def rows_of(path):
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def main():
    countries = {cells[0] for cells in rows_of(GAZETTEER / "countries.tsv")}
    known, ids = set(), set()
    for cells in rows_of(GAZETTEER / "facilities.tsv"):
        ids.add(cells[0])
        known |= {fold(name.lstrip("!?")) for name in [cells[3], *cells[4].split("|")]}
    rows = {}
    for airport in airportsdata.load("ICAO").values():
        name = re.sub(r"\s+", " ", airport["name"]).strip()
        if not airport["iata"] or not name.endswith(" International Airport"):
            continue
        if not all(c.isalpha() or c in " -'.–" for c in name) or fold(name) in known:
            continue
        stem = name.removesuffix(" International Airport")
        aliases = [f"{stem} International airport", f"{stem} international airport",
                   f"{stem} Airport", f"{stem} airport"]
        aliases = [alias for alias in aliases if fold(alias) not in known]
        country = f"country/{airport['country'].lower()}"
        slug = re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")
        key = f"facility/{slug}-{airport['country'].lower()}"
        if key in ids:
            continue
        home = country if country in countries else ""
        rows[key] = [key, "Place", "Facility", name, "|".join(aliases), "", home, ""]
    with open(GAZETTEER / "airports.tsv", "w") as file:
        file.write("# Source: the package airportsdata. Licence: MIT.\n")
        file.write("# Written by tools/airports.py.\n")
        file.write("# Columns: id, class, subclass, name, aliases (|), demonyms (|), country, ")
        file.write("Wikidata item.\n#rank 65\n")
        file.writelines("\t".join(rows[key]) + "\n" for key in sorted(rows))


if __name__ == "__main__":
    main()
