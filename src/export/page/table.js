// The same graph as two tables, for those who read it, and for those to whom it is read.

const tables = part("tables", HTMLElement);

const STEP = 100;

/**
 * @template T
 * @typedef {{title: string, value: (item: T) => string | number, cell: (item: T) => Child}} Column
 */

/** @type {Column<GraphNode>[]} */
const nodeColumns = [
  { title: "Name", value: (node) => fold(node.name), cell: (node) => nodeButton(node, () => openNode(node, true)) },
  { title: "Kind", value: (node) => node.kind, cell: (node) => element("span", {}, badge(node.class), node.kind) },
  { title: "Also called", value: (node) => fold(node.aliases.join(", ")), cell: (node) => named(shortened(node.aliases.join(", "), 120) || "–") },
  { title: "Relations", value: (node) => -shownEdges(node), cell: (node) => String(shownEdges(node)) },
  { title: "Named", value: (node) => -node.mentions, cell: (node) => String(node.mentions) },
];

/** @type {Column<GraphEdge>[]} */
const edgeColumns = [
  { title: "From", value: (edge) => fold(edge.from.name), cell: (edge) => nodeButton(edge.from, () => openNode(edge.from, true)) },
  { title: "Relation", value: (edge) => edge.label, cell: (edge) => button(edge.label, () => openEdge(edge, true), { class: "text" }) },
  { title: "To", value: (edge) => fold(edge.to.name), cell: (edge) => nodeButton(edge.to, () => openNode(edge.to, true)) },
  { title: "How it is said", value: (edge) => MANNERS.findIndex(({ key }) => key === edge.manner), cell: (edge) => element("span", {}, sample(edge.manner), mannerLabel(edge.manner)) },
  { title: "Statements", value: (edge) => -edge.current.length, cell: (edge) => String(edge.current.length) },
  { title: "Dates", value: (edge) => edge.current.find(({ days }) => days)?.days?.[0] ?? "~", cell: (edge) => datesOf(edge) },
];

/** By which column each table is sorted, and whether backwards. */
const sorting = { names: { column: -1, isBack: false }, relations: { column: -1, isBack: false } };

/** @param {GraphNode} node */
function shownEdges(node) {
  return node.edges.filter((edge) => edge.shown).length;
}

/** @param {GraphEdge} edge */
function datesOf(edge) {
  const dates = edge.current.map((statement) => statement.date ?? data.documents[statement.document].published);
  const distinct = [...new Set(dates.filter((date) => date !== null))].sort();
  return distinct.length > 3 ? `${distinct[0]} … ${distinct.at(-1)}` : distinct.join(", ") || "–";
}

function fillTables() {
  tables.replaceChildren(
    ...table("relations", `Relations (${shown.edges.length})`, edgeColumns, shown.edges),
    ...table("names", `Names (${shown.nodes.length})`, nodeColumns, shown.nodes),
  );
}

/**
 * @template T
 * @param {"names" | "relations"} id
 * @param {string} caption
 * @param {Column<T>[]} columns
 * @param {T[]} items
 */
function table(id, caption, columns, items) {
  const { column, isBack } = sorting[id];
  const sorted = column < 0 ? items : sortedBy(items, columns[column].value, isBack);
  const heads = columns.map(({ title }, number) => {
    const sort = button(title, () => {
      sorting[id] = { column: number, isBack: column === number && !isBack };
      fillTables();
      tables.querySelectorAll(`#${id}-table thead button`).forEach((head, at) => {
        if (at === number && head instanceof HTMLElement) head.focus();
      });
    });
    const order = column !== number ? "none" : isBack ? "descending" : "ascending";
    return element("th", { scope: "col", "aria-sort": order }, sort);
  });
  const body = element("tbody");
  const more = fillInSteps(body, sorted, STEP, (item) => {
    const cells = columns.map(({ cell }, at) => (at === 0 ? element("th", { scope: "row" }, cell(item)) : element("td", {}, cell(item))));
    return element("tr", {}, ...cells);
  });
  const made = element("table", { id: `${id}-table` }, element("caption", {}, caption), element("thead", {}, element("tr", {}, ...heads)), body);
  return [element("div", { class: "scroll" }, made), more];
}

/** @template T @param {T[]} items @param {(item: T) => string | number} value @param {boolean} isBack */
function sortedBy(items, value, isBack) {
  const keyed = items.map((item) => ({ item, key: value(item) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  if (isBack) keyed.reverse();
  return keyed.map(({ item }) => item);
}
