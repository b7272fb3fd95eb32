// The graph that stands in the page: what its parts are, and who is connected by what.

/**
 * @typedef {[number, number]} Part From and until, in code points of a sentence.
 * @typedef {{document: number, quote: string, head: ?Part, tail: ?Part, cue: ?Part, role: ?string,
 *   polarity: string, modality: string, speaker: ?number, date: ?string, days: ?[string, string],
 *   origin: string, confidence: number}} Statement
 * @typedef {{id: string, title: ?string, publisher: ?string, published: ?string, uri: ?string}} Source
 * @typedef {{name: string, label: string, symmetric: boolean}} Relation
 * @typedef {{name: string, class: number, kind: string, iri: string, x: number, y: number,
 *   rank: number, aliases: string[], same_as: string[], mentions: number}} NodeData
 * @typedef {{relation: number, head: number, tail: number, statements: Statement[]}} EdgeData
 * @typedef {{title: string, classes: string[], relations: Relation[], documents: Source[],
 *   nodes: NodeData[], edges: EdgeData[]}} GraphData
 * @typedef {NodeData & {index: number, edges: GraphEdge[], radius: number, short: string,
 *   folded: string[], wide: number, shown: boolean}} GraphNode
 * @typedef {EdgeData & {index: number, from: GraphNode, to: GraphNode, bend: number, label: string,
 *   current: Statement[], manner: Manner, shown: boolean}} GraphEdge
 * @typedef {"stated" | "reported" | "planned" | "alleged" | "disputed" | "denied"} Manner
 */

/** @type {GraphData} */
const data = JSON.parse(document.getElementById("data")?.textContent ?? "");

/** How something is said, the firmest first. @type {{key: Manner, label: string, hint: string}[]} */
const MANNERS = [
  { key: "stated", label: "stated", hint: "An article asserts it in its own voice" },
  { key: "reported", label: "reported", hint: "Somebody who is quoted or named asserts it" },
  { key: "planned", label: "planned or conditional", hint: "It is to happen, or would" },
  { key: "alleged", label: "alleged", hint: "It is told as what somebody alleges" },
  { key: "disputed", label: "disputed", hint: "Some affirm it, others deny it" },
  { key: "denied", label: "denied", hint: "All who speak of it deny it" },
];

/** Names longer than this are cut in the picture, where all of it could never be read. */
const LONGEST_LABEL = 34;

/** @type {GraphNode[]} */
const nodes = data.nodes.map((node, index) => ({
  ...node,
  index,
  edges: [],
  radius: 5,
  short: shortened(node.name, LONGEST_LABEL),
  folded: [node.name, ...node.aliases].map(fold),
  wide: 0,
  shown: false,
}));

/** @type {GraphEdge[]} */
const edges = data.edges.map((edge, index) => ({
  ...edge,
  index,
  from: nodes[edge.head],
  to: nodes[edge.tail],
  bend: 0,
  label: data.relations[edge.relation].label,
  current: edge.statements,
  manner: mannerOf(edge.statements),
  shown: false,
}));

/** What each entity is quoted as saying, by its number. @type {Map<number, Set<GraphEdge>>} */
const sayings = new Map();

for (const edge of edges) {
  edge.from.edges.push(edge);
  if (edge.to !== edge.from) edge.to.edges.push(edge);
  for (const { speaker } of edge.statements) {
    if (speaker === null) continue;
    const said = sayings.get(speaker) ?? new Set();
    sayings.set(speaker, said.add(edge));
  }
}

for (const node of nodes) {
  node.radius = Math.min(5 + 2.2 * Math.sqrt(node.edges.length), 24);
}

spreadParallels();

/** Relations between the same two are bent apart, to the same side whichever is the head. */
function spreadParallels() {
  /** @type {Map<string, GraphEdge[]>} */
  const between = new Map();
  for (const edge of edges) {
    const pair = [edge.head, edge.tail].sort((a, b) => a - b).join(" ");
    const known = between.get(pair);
    if (known) known.push(edge);
    else between.set(pair, [edge]);
  }
  for (const parallel of between.values()) {
    parallel.forEach((edge, number) => {
      const side = edge.head <= edge.tail ? 1 : -1;
      edge.bend = edge.head === edge.tail ? number : side * (number - (parallel.length - 1) / 2);
    });
  }
}

/** @param {Statement} statement @returns {Manner} */
function mannerOfOne(statement) {
  if (statement.polarity === "denied") return "denied";
  if (statement.modality === "alleged") return "alleged";
  if (statement.modality !== "asserted") return "planned";
  return statement.speaker === null ? "stated" : "reported";
}

/** The firmest manner of all; disputed where some deny. @param {Statement[]} statements @returns {Manner} */
function mannerOf(statements) {
  const manners = new Set(statements.map(mannerOfOne));
  if (manners.has("denied")) return manners.size > 1 ? "disputed" : "denied";
  return MANNERS.find(({ key }) => manners.has(key))?.key ?? "stated";
}

/** As compared in a search: without case and accents. @param {string} text */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** At most so many characters, on one line. @param {string} text @param {number} most */
function shortened(text, most) {
  // What is far behind the end never shows, and may be long.
  const line = text.slice(0, 4 * most).replace(/\s+/gu, " ");
  const characters = Array.from(line);
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join("")}…`;
}

/** @param {number} count @param {string} one @param {string} many */
function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
