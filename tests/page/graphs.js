// Graphs to look at: one that tries to break out of the page, and a large one.

/** @typedef {{name: string, type?: string, mentions?: string[], same_as?: string[]}} Entity */
/** @typedef {{head: number, tail: number, sentence: string, polarity?: string, modality?: string, speaker?: number, date?: string}} Claim */

const DOCUMENT = "0".repeat(64);

/**
 * The JSON of a graph with one document.
 * @param {Entity[]} entities
 * @param {Claim[]} claims
 * @param {Record<string, string>} source
 */
export function graph(entities, claims, source) {
  const key = (number) => `x/e${number}`;
  const base = "https://w3id.org/newsgraph/id/";
  const relation = ({ head, tail, sentence, polarity, modality, speaker, date }, number) => ({
    id: number.toString(16).padStart(32, "0"),
    iri: `${base}claim/${number}`,
    type: "partyTo",
    head: key(head),
    tail: key(tail),
    evidence: [
      {
        document: DOCUMENT,
        sentence,
        sentence_span: [0, Array.from(sentence).length],
        head_span: null,
        tail_span: null,
        cue_span: null,
        role: null,
        polarity: polarity ?? "affirmed",
        modality: modality ?? "asserted",
        attributed_to: speaker === undefined ? null : key(speaker),
        date: date ?? null,
        origin: "human",
        confidence: 0.9,
      },
    ],
  });
  return JSON.stringify({
    format: "newsgraph/1",
    documents: [{ id: DOCUMENT, uri: null, title: null, publisher: null, published: null, language: "en", text: null, ...source }],
    entities: entities.map(({ name, type, mentions, same_as }, number) => ({
      id: key(number),
      iri: base + key(number),
      type: type ?? "Organization",
      subtype: null,
      name,
      mentions: [name, ...(mentions ?? [])],
      occurrences: [],
      same_as: same_as ?? [],
    })),
    relations: claims.map(relation),
  });
}

const ATTACKS = [
  "<script>window.broken = 1</script>",
  "</script><script>window.broken = 2</script>",
  "<img src=x onerror='window.broken = 3'>",
  "\"><svg onload=window.broken=4>",
  "]]><!-- --> & &lt;b&gt; \\ \\u003cscript\\u003e ' \"",
  "\u202Edesrever \u2066ten\u2069 عربي עברית",
  "line\u2028separated\u2029text\nand\ttabs",
  "{{script}}{{data}}",
];

export const LONG = "Ängström-".repeat(1112).slice(0, 10000);

/** What is hostile in it, in the order of its names. */
export const hostileNames = [...ATTACKS, LONG];

export function hostile() {
  const entities = hostileNames.map((name) => ({ name, mentions: [`alias ${name}`], same_as: ["https://example.org/a?b=<c>"] }));
  entities.push({ name: "The Pact", type: "Agreement", mentions: [], same_as: [] });
  const claims = hostileNames.map((name, number) => ({
    head: number,
    tail: hostileNames.length,
    sentence: `${name} signed the pact.`,
    modality: ["asserted", "planned", "alleged"][number % 3],
    polarity: number === 0 ? "denied" : "affirmed",
    speaker: 1,
  }));
  return graph(entities, claims, {
    uri: "javascript:window.broken=5",
    title: "</title><script>window.broken = 6</script>",
    publisher: "<b>bold</b>",
    published: "2024-02-01",
  });
}

/** Some names are connected to many, most to few. @param {number} count */
export function large(count) {
  const entities = Array.from({ length: count }, (_, number) => ({ name: `Company ${number}`, type: number % 10 === 0 ? "Agreement" : "Organization" }));
  const claims = [];
  for (let number = 1; number < count; number += 1) {
    for (const step of [2, 3]) {
      // A tree whose branches are bound to one another; each pair once.
      const other = Math.floor(number / step / 10) * 10;
      if (number % 10 !== 0 && !(step === 3 && other === Math.floor(number / 20) * 10)) {
        claims.push({ head: number, tail: other, sentence: `Company ${number} joined agreement ${other}.`, date: `20${String(10 + (number % 12)).padStart(2, "0")}` });
      }
    }
  }
  return graph(entities, claims, { uri: "https://example.org/many", title: "Many companies", published: "2023" });
}
