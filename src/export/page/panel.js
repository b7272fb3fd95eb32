// What is known of one name, and every sentence behind one relation.

const panel = part("panel", HTMLElement);

/** What was open before, to go back to. @type {(GraphNode | GraphEdge)[]} */
const trail = [];

/** Where the keyboard was before the panel opened. @type {?HTMLElement} */
let cameFrom = null;

/** @param {GraphNode} node @param {boolean} isByKey Whether the keyboard goes into the panel. */
function openNode(node, isByKey) {
  remember(node);
  [state.node, state.edge] = [node, null];
  show(nodePanel(node), isByKey);
}

/** @param {GraphEdge} edge @param {boolean} isByKey */
function openEdge(edge, isByKey) {
  remember(edge);
  [state.node, state.edge] = [null, edge];
  show(edgePanel(edge), isByKey);
}

/** @param {GraphNode | GraphEdge} next */
function remember(next) {
  const current = state.node ?? state.edge;
  if (current && current !== next && trail.at(-1) !== current) trail.push(current);
  if (panel.hidden && document.activeElement instanceof HTMLElement) cameFrom = document.activeElement;
}

/** @param {HTMLElement[]} content @param {boolean} isByKey */
function show(content, isByKey) {
  const back = trail.length > 0 && button("← Back", goBack, { id: "back" });
  const bar = element("p", { class: "bar" }, back, button("Close ✕", closePanel, { id: "close", "aria-label": "Close details" }));
  panel.replaceChildren(bar, ...content);
  panel.hidden = false;
  panel.scrollTop = 0;
  document.body.classList.add("open");
  refilter();
  const heading = panel.querySelector("h2");
  if (isByKey && heading instanceof HTMLElement) heading.focus();
  else tell(heading?.textContent ?? "");
  // The window has become narrower: what is looked at should not lie outside.
  requestAnimationFrame(() => {
    const [first] = state.node ? [state.node] : state.edge ? [state.edge.from] : [];
    if (first && state.view === "picture") bringIntoView(first);
  });
}

function goBack() {
  const last = trail.pop();
  if (!last) return;
  [state.node, state.edge] = [null, null];
  if ("statements" in last) openEdge(last, true);
  else openNode(last, true);
}

function closePanel() {
  trail.length = 0;
  if (panel.hidden) return;
  const hadFocus = panel.contains(document.activeElement);
  [state.node, state.edge] = [null, null];
  panel.hidden = true;
  document.body.classList.remove("open");
  refilter();
  if (hadFocus) (cameFrom?.isConnected ? cameFrom : canvas).focus();
  redraw();
}

/** @param {GraphNode} node */
function nodePanel(node) {
  const kind = element("p", { class: "kind" }, badge(node.class), node.kind, node.kind === data.classes[node.class] ? "" : ` · ${data.classes[node.class]}`);
  const facts = element("dl");
  fact(facts, "Also called", node.aliases.map(named));
  fact(facts, "Same as", node.same_as.map((address) => link(address)));
  fact(facts, "Named", [counted(node.mentions, "time")]);
  const actions = element(
    "p",
    { class: "actions" },
    button("Only what is around it", () => lookAround(node, state.depth), { id: "focus" }),
    button("Show in the picture", () => showInPicture(node)),
  );
  /** @type {HTMLElement[]} */
  const content = [element("h2", { tabindex: "-1" }, named(node.name)), kind, facts, actions];
  content.push(...claimList("Relations", node.edges, node));
  content.push(...claimList("What it is quoted as saying", [...(sayings.get(node.index) ?? [])], null));
  if (node.edges.length === 0) content.push(element("p", { class: "small" }, "No relation of it was found."));
  return content;
}

/** @param {HTMLElement} facts @param {string} term @param {(string | Node)[]} values */
function fact(facts, term, values) {
  if (values.length === 0) return;
  const list = element("dd");
  const more = fillInSteps(list, values, 12, (value) => element("span", { class: "value" }, value));
  facts.append(element("dt", {}, term), list, more);
}

/** @param {string} title @param {GraphEdge[]} claims @param {?GraphNode} from */
function claimList(title, claims, from) {
  if (claims.length === 0) return [];
  const sorted = [...claims].sort((a, b) => Number(b.shown) - Number(a.shown) || (a.label < b.label ? -1 : a.label > b.label ? 1 : a.index - b.index));
  const list = element("ul", { class: "claims" });
  const more = fillInSteps(list, sorted, 60, (edge) => element("li", {}, claimButton(edge, from)));
  return [element("h3", {}, `${title} (${claims.length})`), list, more];
}

/** @param {GraphEdge} edge @param {?GraphNode} from Whose name need not be said. */
function claimButton(edge, from) {
  const manner = mannerOf(edge.statements);
  const isFrom = edge.from === from;
  const words = element("span", { class: "words" });
  if (isFrom) words.append(element("em", {}, edge.label), " ", named(edge.to.name));
  else words.append(named(edge.from.name), " ", element("em", {}, edge.label), " ", from ? "it" : named(edge.to.name));
  const count = element("span", { class: "small" }, ` ${mannerLabel(manner)} · ${counted(edge.statements.length, "statement")}${edge.shown ? "" : " · not in the picture now"}`);
  return button(element("span", {}, sample(manner), words, count), () => openEdge(edge, true), { class: `claim${edge.shown ? "" : " away"}` });
}

/** @param {Manner} manner */
function mannerLabel(manner) {
  return MANNERS.find(({ key }) => key === manner)?.label ?? manner;
}

/** @param {GraphEdge} edge */
function edgePanel(edge) {
  const arrow = data.relations[edge.relation].symmetric ? " ↔ " : " → ";
  const heading = element("h2", { tabindex: "-1" }, nodeButton(edge.from, () => openNode(edge.from, true)), element("em", {}, ` ${edge.label}${arrow}`), nodeButton(edge.to, () => openNode(edge.to, true)));
  const manner = mannerOf(edge.statements);
  const about = MANNERS.find(({ key }) => key === manner);
  const kind = element("p", { class: "kind" }, sample(manner), about ? `${about.label}: ${about.hint.toLowerCase()}` : "");
  const list = element("ol", { class: "statements" });
  const more = fillInSteps(list, edge.statements, 40, (statement) => statementItem(edge, statement));
  return [heading, kind, element("h3", {}, counted(edge.statements.length, "statement")), list, more];
}

/** @param {GraphEdge} edge @param {Statement} statement */
function statementItem(edge, statement) {
  const source = data.documents[statement.document];
  const speaker = statement.speaker === null ? null : nodes[statement.speaker];
  const manner = mannerOfOne(statement);
  const how = element("p", { class: "how" }, sample(manner), element("strong", { class: manner }, statement.polarity === "denied" ? `denied, ${statement.modality}` : statement.modality), ", ");
  if (speaker) how.append("says ", nodeButton(speaker, () => openNode(speaker, true)));
  else how.append("in the article’s own voice");
  const facts = element("dl");
  fact(facts, "As worded", statement.role ? [named(statement.role)] : []);
  fact(facts, "Speaks of", statement.date ? [element("time", {}, statement.date)] : []);
  const origin = [named(source.title ?? "Untitled document"), source.publisher ? ", " : null, source.publisher && named(source.publisher), source.published ? ", " : null, source.published && element("time", {}, source.published)];
  const where = element("p", { class: "source" }, ...origin);
  if (source.uri) where.append(element("br"), link(sentenceAddress(source.uri, statement.quote), /^https?:/iu.test(source.uri) ? "Open the source at this sentence" : source.uri));
  const found = element("p", { class: "small" }, `confidence ${statement.confidence.toFixed(2)}, found by `, named(statement.origin));
  const item = element("li", {}, element("blockquote", {}, ...marked(statement)), how, facts, where, found);
  if (!edge.current.includes(statement)) {
    item.classList.add("away");
    item.prepend(element("p", { class: "small" }, "Outside the time that is chosen"));
  }
  return item;
}

/** The address of a sentence within a page (WICG, "URL Fragment Text Directives"). @param {string} address @param {string} quote */
function sentenceAddress(address, quote) {
  if (!/^https?:/iu.test(address)) return address;
  const words = quote.slice(0, 4000).trim().split(/\s+/u);
  /** @param {string[]} some */
  const encoded = (some) => encodeURIComponent(some.join(" ").slice(0, 200).toWellFormed?.() ?? "").replaceAll("-", "%2D");
  const wanted = words.length > 12 ? `${encoded(words.slice(0, 5))},${encoded(words.slice(-5))}` : encoded(words);
  return `${address}${address.includes("#") ? "" : "#"}:~:text=${wanted}`;
}

/** The sentence with both ends and the words that express the relation marked. @param {Statement} statement @returns {(string | Node)[]} */
function marked({ quote, head, tail, cue }) {
  const characters = Array.from(quote);
  const spans = [{ span: head, kind: "head" }, { span: tail, kind: "tail" }, { span: cue, kind: "cue" }];
  const kinds = new Array(characters.length).fill("");
  for (const { span, kind } of spans) {
    for (let at = span?.[0] ?? 0; span && at < Math.min(span[1], characters.length); at += 1) kinds[at] ||= kind;
  }
  /** @type {(string | Node)[]} */
  const parts = [];
  for (let start = 0, end = 0; start < characters.length; start = end) {
    while (end < characters.length && kinds[end] === kinds[start]) end += 1;
    const text = characters.slice(start, end).join("");
    parts.push(kinds[start] ? element("mark", { class: kinds[start] }, text) : text);
  }
  return parts;
}
