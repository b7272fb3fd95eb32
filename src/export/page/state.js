// What is chosen: filters, neighbourhood, selection; and what of the graph is therefore shown.

/** Every day at which a statement begins or ends to hold. @type {string[]} */
const days = [...new Set(edges.flatMap((edge) => edge.statements.flatMap(({ days }) => days ?? [])))].sort();

/** Whether a time can be chosen for some statement, and whether some has none. */
const isDated = days.length > 1;
const hasUndated = edges.some((edge) => edge.statements.some((statement) => !statement.days));

/** Relations that occur, by label. */
const relationsFound = [...new Set(edges.map((edge) => edge.relation))].sort((a, b) =>
  data.relations[a].label < data.relations[b].label ? -1 : 1,
);

const state = {
  /** @type {Set<number>} */
  classes: new Set(),
  /** @type {Set<number>} */
  relations: new Set(),
  /** @type {Set<Manner>} */
  manners: new Set(),
  since: 0,
  until: 0,
  undated: true,
  lonely: false,
  /** @type {?GraphNode} */
  around: null,
  depth: 1,
  /** @type {?GraphNode} */
  node: null,
  /** @type {?GraphEdge} */
  edge: null,
  view: "picture",
};

/** What is shown; nodes by importance, the most important first. */
const shown = {
  /** @type {GraphNode[]} */
  nodes: [],
  /** @type {GraphEdge[]} */
  edges: [],
};

/** @type {GraphNode[]} */
const byImportance = [...nodes].sort((a, b) => b.rank - a.rank || b.edges.length - a.edges.length || a.index - b.index);

function resetFilters() {
  state.classes = new Set(data.classes.keys());
  state.relations = new Set(relationsFound);
  state.manners = new Set(MANNERS.map(({ key }) => key));
  state.since = 0;
  state.until = Math.max(days.length - 1, 0);
  state.undated = true;
  state.lonely = edges.length === 0;
  state.around = null;
}

/** @param {Statement} statement */
function isInTime(statement) {
  if (!statement.days) return state.undated;
  if (!isDated) return true;
  return statement.days[1] >= days[state.since] && statement.days[0] <= days[state.until];
}

/** Works out what is shown. */
function refilter() {
  const wholeTime = state.undated && state.since === 0 && state.until >= days.length - 1;
  for (const edge of edges) {
    edge.current = wholeTime ? edge.statements : edge.statements.filter(isInTime);
    if (edge.current.length > 0) edge.manner = mannerOf(edge.current);
    edge.shown =
      edge.current.length > 0 &&
      state.manners.has(edge.manner) &&
      state.relations.has(edge.relation) &&
      state.classes.has(edge.from.class) &&
      state.classes.has(edge.to.class);
  }
  const reached = state.around ? reach(state.around, state.depth) : null;
  for (const edge of edges) {
    if (reached && !(reached.has(edge.from) && reached.has(edge.to))) edge.shown = false;
  }
  for (const node of nodes) {
    const isLonely = !node.edges.some((edge) => edge.shown);
    const isWanted = reached ? reached.has(node) : state.lonely && state.classes.has(node.class);
    node.shown = node === state.node || (isLonely ? isWanted : true);
  }
  shown.nodes = byImportance.filter((node) => node.shown);
  shown.edges = edges.filter((edge) => edge.shown);
}

/** All that is so many steps from a node over what is shown. @param {GraphNode} start @param {number} depth */
function reach(start, depth) {
  const reached = new Set([start]);
  let border = [start];
  for (let step = 0; step < depth; step += 1) {
    /** @type {GraphNode[]} */
    const next = [];
    for (const node of border) {
      for (const edge of node.edges) {
        const other = edge.from === node ? edge.to : edge.from;
        if (!edge.shown || reached.has(other)) continue;
        reached.add(other);
        next.push(other);
      }
    }
    border = next;
  }
  return reached;
}

/** Names that hold what is typed: those that begin with it first, then the more important. @param {string} typed @param {number} most */
function search(typed, most) {
  const wanted = fold(typed.trim());
  if (!wanted) return [];
  /** @type {GraphNode[][]} */
  const found = [[], [], []];
  for (const node of byImportance) {
    const places = node.folded.map((name) => (name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 1 : name.includes(wanted) ? 2 : 3));
    found[Math.min(...places)]?.push(node);
  }
  return found.flat().slice(0, most);
}
