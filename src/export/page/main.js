// Puts the page together once it is read.

/** @param {string} id @param {() => void} act */
function onClick(id, act) {
  part(id, HTMLElement).addEventListener("click", act);
}

function listen() {
  listenToHand();
  listenToTime();
  searchBox.addEventListener("input", suggest);
  searchBox.addEventListener("keydown", searchKey);
  searchBox.addEventListener("blur", () => setOpen(false));
  onClick("as-picture", () => setView("picture"));
  onClick("as-table", () => setView("table"));
  onClick("skip", () => setView("table"));
  onClick("show-filters", () => setFilters(!document.body.classList.contains("filters")));
  onClick("theme", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    repaint();
  });
  onClick("reset", () => {
    resetFilters();
    fillFilters();
    apply();
    showAll();
  });
  onClick("all-relations", () => setRelations(relationsFound));
  onClick("no-relations", () => setRelations([]));
  onClick("whole", () => {
    state.around = null;
    apply();
    showAll();
    canvas.focus();
  });
  part("depth", HTMLSelectElement).addEventListener("change", (event) => {
    if (state.around && event.target instanceof HTMLSelectElement) lookAround(state.around, Number(event.target.value));
  });
  for (const id of /** @type {const} */ (["undated", "lonely"])) {
    part(id, HTMLInputElement).addEventListener("change", (event) => {
      state[id] = event.target instanceof HTMLInputElement && event.target.checked;
      apply();
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  document.addEventListener("keydown", (event) => {
    const isWriting = event.target instanceof HTMLInputElement && event.target.type === "search";
    if (event.key === "Escape") {
      if (!panel.hidden) closePanel();
      else if (state.around) part("whole", HTMLElement).click();
      else setFilters(false);
    } else if (event.key === "/" && !isWriting && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      searchBox.focus();
    }
  });
}

/** @param {number[]} relations */
function setRelations(relations) {
  state.relations = new Set(relations);
  fillFilters();
  apply();
}

/** On small screens filters lie over the picture, until they are put away. @param {boolean} isOpen */
function setFilters(isOpen) {
  document.body.classList.toggle("filters", isOpen);
  part("show-filters", HTMLElement).setAttribute("aria-expanded", String(isOpen));
}

resetFilters();
part("title", HTMLElement).append(named(data.title));
canvas.setAttribute("aria-label", `Graph of ${counted(nodes.length, "name")} and ${counted(edges.length, "relation")}`);
listen();
fillFilters();
readColours();
apply();
resize();
Object.assign(camera, cameraFor(shown.nodes));
repaint();
