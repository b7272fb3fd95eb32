#!/usr/bin/env python3
"""Writes lexicon/en/{first_names,surnames,common_words,masculine_names,feminine_names}.txt.

Usage: pip install names; apt-get install wamerican wbritish; python3 ontology/tools/word_lists.py

Names come from the files of the US Census of 1990 (public domain) and, for the rest of the
world, from tools/world_names.txt; words from SCOWL by way of Debian's packages.
"""
import pathlib

import names

ROOT = pathlib.Path(__file__).parent.parent
LEXICON = ROOT / "lexicon" / "en"
CENSUS = pathlib.Path(names.__file__).parent
# Names as frequent as this; rarer surnames are mostly words and foreign names of places.
SURNAMES = 12_000


def census(file, least):
    with open(CENSUS / file) as lines:
        return [line.split()[0].capitalize() for _, line in zip(range(least), lines)]


def frequencies(file):
    with open(CENSUS / file) as lines:
        return {line.split()[0].capitalize(): float(line.split()[1]) for line in lines}


def one_sided(these, others, least):
    """Names of at least this share of the one sex, and ten times as frequent as in the other."""
    return [n for n, share in these.items() if share >= least and share > 10 * others.get(n, 0)]


def write(name, header, entries):
    with open(LEXICON / name, "w") as file:
        file.write(header)
        file.writelines(entry + "\n" for entry in sorted(set(entries)))


def main():
    world = {"first": [], "last": [], "feminine": [], "either": []}
    for line in (ROOT / "tools" / "world_names.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            kind, entries = line.split(": ", 1)
            world[kind] += entries.split()
    words = set()
    for dictionary in ["american-english", "british-english"]:
        words |= set(pathlib.Path("/usr/share/dict", dictionary).read_text().split())
    # A word that exists only with a capital is a proper name. Possessives are no words.
    common = {w for w in words if w.isascii() and w.isalpha() and w.islower() and len(w) > 1}
    common |= {"a", "i"}
    census_note = "# Source: US Census 1990 by way of the package names, public domain; "
    census_note += "others by hand.\n# Written by tools/word_lists.py.\n"
    scowl = "# Source: SCOWL, Copyright 2000-2018 by Kevin Atkinson, by way of Debian's wamerican "
    scowl += "and wbritish.\n# Written by tools/word_lists.py.\n"
    scowl += "# Permission to use, copy, modify, distribute and sell these word lists for any "
    scowl += "purpose is\n# granted without fee, provided that this notice appears in all copies.\n"
    men, women = census("dist.male.first", 1219), census("dist.female.first", 3000)
    # Function words, months, titles, countries: read as a name they do more harm than good.
    odd = set("In So My An Man See May Do Le Long Sun Song Many April June August July".split())
    odd |= set("Major Prince Princess Sheikh Sultan Junior Summer Autumn Van Marine".split())
    odd |= set("Park King Queen Duke Judge General Sir Lord Deacon".split())
    odd |= set("America Asia India China Kenya Israel Ireland Britain Islam German Ban".split())
    odd |= set("Min Than Thein Shwe Europe Africa Cuba Persia Holland France Egypt".split())
    first = {n for n in men + women + world["first"] if n not in odd}
    # A frequent first name may be a word (Grace, Mark), a rare one that is a word is noise.
    frequent = set(men[:600] + women[:900] + world["first"])
    first = {n for n in first if n in frequent or n.lower() not in common}
    write("first_names.txt", census_note, first)
    men, women = frequencies("dist.male.first"), frequencies("dist.female.first")
    feminine = set(one_sided(women, men, 0.003) + world["feminine"]) - set(world["either"])
    masculine = set(one_sided(men, women, 0.004) + world["first"]) - set(world["either"])
    write("feminine_names.txt", census_note, feminine & first | set(world["feminine"]))
    write("masculine_names.txt", census_note, masculine & first - feminine)
    no_surname = set("In So My An Do Many See Will The Israel".split())
    last = census("dist.all.last", SURNAMES)
    last = {n for at, n in enumerate(last) if at < 1500 or n.lower() not in common}
    write("surnames.txt", census_note, (last | set(world["last"])) - no_surname)
    write("common_words.txt", scowl, common)


if __name__ == "__main__":
    main()
