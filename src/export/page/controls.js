// Search, filters, time, and how the graph is shown.

const searchBox = part("search", HTMLInputElement);
const foundList = part("found", HTMLElement);

/** @type {GraphNode[]} */
let found = [];
let pointed = -1;

/** Works out and shows anew what the filters let through. */
function apply() {
  [hover.node, hover.edge] = [null, null];
  refilter();
  const hidden = nodes.length - shown.nodes.length;
  const more = hidden > 0 ? `, ${hidden.toLocaleString("en")} not shown` : "";
  part("counts", HTMLElement).textContent = `${counted(shown.nodes.length, "name")}${more} · ${counted(shown.edges.length, "relation")} of ${edges.length.toLocaleString("en")}`;
  part("nothing", HTMLElement).hidden = shown.nodes.length > 0;
  const around = part("around", HTMLElement);
  around.hidden = !state.around;
  around.querySelector("span")?.replaceChildren("Around ", element("b", {}, named(shortened(state.around?.name ?? "", 60))));
  if (isDated) {
    for (const [id, at] of /** @type {const} */ ([["since", state.since], ["until", state.until]])) {
      part(`${id}-day`, HTMLElement).textContent = days[at];
      const slider = part(id, HTMLInputElement);
      slider.value = String(at);
      slider.setAttribute("aria-valuetext", days[at]);
    }
  }
  if (state.view === "table") fillTables();
  redraw();
}

/** @param {GraphNode} node @param {number} depth */
function lookAround(node, depth) {
  state.around = node;
  state.depth = depth;
  part("depth", HTMLSelectElement).value = String(depth);
  apply();
  tell(`Only what is within ${counted(depth, "step")} of ${shortened(node.name, 80)}: ${counted(shown.nodes.length, "name")}`);
  setView("picture");
  showAll();
}

/** @param {GraphNode} node */
function showInPicture(node) {
  setView("picture");
  flyTo({ x: node.x, y: node.y, zoom: Math.max(camera.zoom, 1) });
}

/** @param {string} view */
function setView(view) {
  state.view = view;
  const isTable = view === "table";
  part("picture", HTMLElement).hidden = isTable;
  tables.hidden = !isTable;
  part("as-picture", HTMLElement).setAttribute("aria-pressed", String(!isTable));
  part("as-table", HTMLElement).setAttribute("aria-pressed", String(isTable));
  if (isTable) fillTables();
  else resize();
}

/** @param {HTMLElement} into @param {Child[]} label @param {boolean} isOn @param {(isOn: boolean) => void} set */
function check(into, label, isOn, set) {
  const box = element("input", { type: "checkbox" });
  box.checked = isOn;
  box.addEventListener("change", () => {
    set(box.checked);
    apply();
  });
  into.append(element("label", { class: "check" }, box, element("span", {}, ...label)));
}

/** @template T @param {Set<T>} set @param {T} value @returns {(isOn: boolean) => void} */
function member(set, value) {
  return (isOn) => void (isOn ? set.add(value) : set.delete(value));
}

function fillFilters() {
  const manners = part("manners", HTMLElement);
  const classes = part("classes", HTMLElement);
  const relations = part("relations", HTMLElement);
  for (const box of [manners, classes, relations]) box.replaceChildren();
  for (const { key, label, hint } of MANNERS) {
    const count = edges.filter((edge) => mannerOf(edge.statements) === key).length;
    check(manners, [sample(key), label, number(count)], state.manners.has(key), member(state.manners, key));
    manners.lastElementChild?.setAttribute("title", hint);
  }
  data.classes.forEach((label, at) => {
    const count = nodes.filter((node) => node.class === at).length;
    if (count > 0) check(classes, [badge(at), label, number(count)], state.classes.has(at), member(state.classes, at));
  });
  for (const relation of relationsFound) {
    const count = edges.filter((edge) => edge.relation === relation).length;
    check(relations, [data.relations[relation].label, number(count)], state.relations.has(relation), member(state.relations, relation));
  }
  part("undated", HTMLInputElement).checked = state.undated;
  part("lonely", HTMLInputElement).checked = state.lonely;
}

/** @param {number} count */
function number(count) {
  return element("small", {}, count.toLocaleString("en"));
}

function listenToTime() {
  part("when", HTMLElement).hidden = !isDated;
  part("undated-row", HTMLElement).hidden = !hasUndated;
  for (const id of /** @type {const} */ (["since", "until"])) {
    const slider = part(id, HTMLInputElement);
    slider.max = String(Math.max(days.length - 1, 0));
    slider.addEventListener("input", () => {
      state[id] = Number(slider.value);
      // Neither end passes the other.
      if (id === "since") state.until = Math.max(state.until, state.since);
      else state.since = Math.min(state.since, state.until);
      apply();
    });
  }
}

function suggest() {
  found = search(searchBox.value, 12);
  pointed = -1;
  foundList.replaceChildren(
    ...found.map((node, at) => {
      const option = element("li", { role: "option", id: `found-${at}`, "aria-selected": "false" }, badge(node.class), named(shortened(node.name, 90)), element("small", {}, node.kind));
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        choose(node);
      });
      return option;
    }),
  );
  if (found.length === 0 && searchBox.value.trim()) foundList.append(element("li", { class: "none" }, "No name holds that"));
  setOpen(searchBox.value.trim() !== "");
}

/** @param {boolean} isOpen */
function setOpen(isOpen) {
  foundList.hidden = !isOpen;
  searchBox.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) searchBox.removeAttribute("aria-activedescendant");
}

/** @param {GraphNode} node */
function choose(node) {
  setOpen(false);
  searchBox.value = "";
  openNode(node, true);
  if (state.view === "picture") flyTo({ x: node.x, y: node.y, zoom: Math.max(camera.zoom, 0.9) });
}

/** @param {KeyboardEvent} event */
function searchKey(event) {
  if (event.key === "Enter" && found.length > 0) {
    choose(found[Math.max(pointed, 0)]);
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length > 0) {
    pointed = (pointed + (event.key === "ArrowDown" ? 1 : pointed < 0 ? 0 : -1) + found.length) % found.length;
    [...foundList.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === pointed)));
    searchBox.setAttribute("aria-activedescendant", `found-${pointed}`);
  } else if (event.key === "Escape" && !foundList.hidden) {
    setOpen(false);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Light, dark, or what the system says until one is chosen. */
function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function repaint() {
  part("theme", HTMLElement).textContent = isDark() ? "Light" : "Dark";
  readColours();
  redraw();
}
