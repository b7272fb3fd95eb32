#!/usr/bin/env python3
"""Writes gazetteer/states.tsv: what every state has under a regular name.

Usage: python3 ontology/tools/states.py

The government, ministries, parliament, supreme court and forces of each country, and its
parts by points of the compass. A body that another table has by hand is left out.
"""
import pathlib

GAZETTEER = pathlib.Path(__file__).parent.parent / "gazetteer"
# Other names of a country that stand before a noun like an adjective: "UK government".
SHORT = {
    "us": ["US", "U.S.", "United States"], "gb": ["UK", "U.K."], "ae": ["UAE"],
    "cd": ["DRC"], "sa": ["Saudi Arabian"], "nz": ["New Zealand"], "kr": ["ROK"],
    "ph": ["Philippine"], "ba": ["Bosnia-Herzegovina"], "mk": ["North Macedonian"],
}
# Names of a body that follow no rule.
EXTRA = {
    "foreign-ministry-fr": ["Quai d'Orsay"],
    "foreign-ministry-de": ["German Foreign Office", "Federal Foreign Office", "Auswärtiges Amt"],
    "foreign-ministry-pk": ["Pakistani Foreign Office"],
    "foreign-ministry-in": ["Indian External Affairs Ministry"],
    "defence-ministry-ru": ["Ministry of Defense of the Russian Federation",
                            "Ministry of Defence of the Russian Federation"],
    "defence-ministry-kr": ["South Korean Ministry of National Defense"],
    "foreign-ministry-cn": ["Ministry of Foreign Affairs of the People's Republic of China"],
}
# Not a state of today with bodies of its own.
NO_STATE = "england wales su yu dd cs ottoman korea".split()
WITH_ARTICLE = "us gb nl ph bs ae mv sc sb mh km cf cd cg do cz gm".split()

# Slug, class, name, and the words after the adjective.
BODIES = [
    ("government", "GovernmentBody", "Government of {}", ["government", "Government"]),
    ("foreign-ministry", "GovernmentBody", "Ministry of Foreign Affairs of {}",
     ["Foreign Ministry", "foreign ministry", "Ministry of Foreign Affairs",
      "Ministry of External Affairs"]),
    ("defence-ministry", "GovernmentBody", "Ministry of Defence of {}",
     ["Defence Ministry", "Defense Ministry", "defence ministry", "defense ministry",
      "Ministry of Defence", "Ministry of Defense"]),
    ("interior-ministry", "GovernmentBody", "Ministry of the Interior of {}",
     ["Interior Ministry", "interior ministry", "Ministry of the Interior",
      "Ministry of Interior"]),
    ("health-ministry", "GovernmentBody", "Ministry of Health of {}",
     ["Health Ministry", "health ministry", "Ministry of Health"]),
    ("finance-ministry", "GovernmentBody", "Ministry of Finance of {}",
     ["Finance Ministry", "finance ministry", "Ministry of Finance"]),
    ("justice-ministry", "GovernmentBody", "Ministry of Justice of {}",
     ["Justice Ministry", "justice ministry", "Ministry of Justice"]),
    ("parliament", "GovernmentBody", "Parliament of {}", ["Parliament", "parliament"]),
    ("supreme-court", "GovernmentBody", "Supreme Court of {}",
     ["Supreme Court", "supreme court"]),
    ("central-bank", "GovernmentBody", "Central Bank of {}", ["Central Bank", "central bank"]),
    ("police", "GovernmentBody", "National Police of {}",
     ["National Police", "national police", "police", "Police"]),
    ("armed-forces", "MilitaryForce", "Armed Forces of {}",
     ["Armed Forces", "armed forces", "military", "Military", "forces", "Defence Forces"]),
    ("army", "MilitaryForce", "Army of {}", ["Army", "army"]),
    ("navy", "MilitaryForce", "Navy of {}", ["Navy", "navy"]),
    ("air-force", "MilitaryForce", "Air Force of {}", ["Air Force", "air force"]),
]
POINTS = "Northern Southern Eastern Western Central North-eastern North-western South-eastern "
POINTS += "South-western"


def rows_of(path):
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def main():
    known = set()
    for table in GAZETTEER.glob("*.tsv"):
        if table.name not in ("states.tsv", "cities.tsv"):
            for cells in rows_of(table):
                known |= {name.lstrip("!?") for name in [cells[3], *cells[4].split("|")]}
    rows = []
    for cells in rows_of(GAZETTEER / "countries.tsv"):
        code, name, demonyms = cells[0].removeprefix("country/"), cells[3], cells[5]
        place = "the " + name if code in WITH_ARTICLE else name
        adjectives = [demonyms.split("|")[0].lstrip("?"), *SHORT.get(code, [])]
        adjectives = [adjective for adjective in adjectives if adjective]
        for slug, subclass, pattern, words in BODIES if code not in NO_STATE else []:
            full = pattern.format(place)
            if slug == "government":
                words = words + ["regime"]
            aliases = [f"{adjective} {word}" for word in words for adjective in adjectives]
            aliases += [pattern.format(short) for short in SHORT.get(code, [])]
            # "Taiwan's Defence Ministry"; whose forces "Russia's forces" are, the text tells.
            aliases += [f"{name}'s {word}" for word in words if word != "forces"]
            aliases += EXTRA.get(f"{slug}-{code}", [])
            if slug == "government":
                aliases += [f"{name} government", f"{name} Government", f"government of {place}"]
            if slug == "defence-ministry":
                aliases.append(full.replace("Defence", "Defense"))
            if slug == "foreign-ministry":
                aliases.append(f"Foreign Ministry of {place}")
            taken = known & {full, *aliases}
            # A body known under one of these names keeps it, under its own entry.
            if taken and slug not in ("government", "armed-forces", "police"):
                continue
            aliases = [alias for alias in dict.fromkeys(aliases) if alias not in taken]
            if full not in taken:
                rows.append([f"gov/{slug}-{code}", "Organization", subclass, full,
                             "|".join(aliases), "", f"country/{code}", ""])
        for point in POINTS.split():
            full = f"{point} {name}"
            lower = point.lower()
            spellings = [f"{lower} {name}"]
            if "-" in point:
                spellings += [f"{lower.replace('-', '')} {name}",
                              f"{point.replace('-', '')} {name}"]
            if not known & {full, *spellings} and code not in NO_STATE:
                rows.append([f"region/{lower}-{code}", "Place", "Region", full,
                             "|".join(spellings), "", f"country/{code}", ""])
    with open(GAZETTEER / "states.tsv", "w") as file:
        file.write("# Source: countries.tsv by way of tools/states.py. ")
        file.write("Licence: that of the project.\n")
        file.write("# Columns: id, class, subclass, name, aliases (|), demonyms (|), country, ")
        file.write("Wikidata item.\n#rank 70\n")
        file.writelines("\t".join(row) + "\n" for row in rows)


if __name__ == "__main__":
    main()
