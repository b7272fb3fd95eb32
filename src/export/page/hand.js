// Pointer, wheel, fingers and keys on the picture.

/** Fingers and mouse buttons that are down, by the number of the pointer. @type {Map<number, {x: number, y: number}>} */
const pointers = new Map();

/** How far the pointer has gone since it went down: a click goes nowhere. */
let wandered = 0;
let settled = 0;

/** Calls the picture moving, and draws it whole again once it rests. */
function move() {
  isMoving = true;
  isWhole = false;
  clearTimeout(settled);
  settled = setTimeout(() => {
    isMoving = false;
    redraw();
  }, 140);
  redraw();
}

/** Goes to a camera, in a fifth of a second unless less motion is wanted. @param {{x: number, y: number, zoom: number}} goal @param {boolean} showsAll */
function flyTo(goal, showsAll = false) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    Object.assign(camera, goal);
    isWhole = showsAll;
    redraw();
    return;
  }
  const start = { ...camera };
  const begin = performance.now();
  const step = () => {
    const t = Math.min((performance.now() - begin) / 220, 1);
    const eased = 1 - (1 - t) ** 3;
    camera.x = start.x + (goal.x - start.x) * eased;
    camera.y = start.y + (goal.y - start.y) * eased;
    camera.zoom = start.zoom * (goal.zoom / start.zoom) ** eased;
    move();
    if (t < 1) requestAnimationFrame(step);
    else isWhole = showsAll;
  };
  step();
}

function showAll() {
  flyTo(cameraFor(shown.nodes), true);
}

/** Brings a node into the window where it is outside, or hidden at its border. @param {GraphNode} node */
function bringIntoView(node) {
  const [x, y] = onScreen(node.x, node.y);
  const [roomX, roomY] = [Math.min(120, size.wide / 4), Math.min(90, size.high / 4)];
  if (x < roomX || y < roomY || x > size.wide - roomX || y > size.high - roomY) {
    flyTo({ x: node.x, y: node.y, zoom: Math.max(camera.zoom, 0.5) });
  } else {
    redraw();
  }
}

/** @param {PointerEvent | MouseEvent} event @returns {[number, number]} */
function pointOf(event) {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

/** @param {PointerEvent} event */
function pressed(event) {
  const [x, y] = pointOf(event);
  canvas.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, { x, y });
  if (pointers.size === 1) wandered = 0;
}

/** @param {PointerEvent} event */
function moved(event) {
  const [x, y] = pointOf(event);
  const before = pointers.get(event.pointerId);
  if (!before) {
    point(x, y);
    return;
  }
  const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
  wandered += Math.hypot(x - before.x, y - before.y);
  pointers.set(event.pointerId, { x, y });
  if (wandered < 5 && !other) return;
  if (other) {
    const [was, is] = [Math.hypot(before.x - other.x, before.y - other.y), Math.hypot(x - other.x, y - other.y)];
    zoomTo((camera.zoom * is) / Math.max(was, 1), (x + other.x) / 2, (y + other.y) / 2);
  }
  const share = other ? 2 : 1;
  camera.x -= (x - before.x) / camera.zoom / share;
  camera.y -= (y - before.y) / camera.zoom / share;
  canvas.classList.add("moving");
  move();
}

/** @param {PointerEvent} event */
function released(event) {
  const wasDown = pointers.delete(event.pointerId);
  canvas.classList.remove("moving");
  if (!wasDown || pointers.size > 0 || wandered >= 5 || event.type === "pointercancel") return;
  const [x, y] = pointOf(event);
  const reachOut = event.pointerType === "mouse" ? 4 : 16;
  const node = nodeAt(x, y, reachOut);
  const edge = node ? null : edgeAt(x, y, reachOut + 3);
  if (node) openNode(node, false);
  else if (edge) openEdge(edge, false);
  else closePanel();
}

/** @param {number} x @param {number} y */
function point(x, y) {
  const node = nodeAt(x, y, 4);
  const edge = node ? null : edgeAt(x, y, 7);
  if (node === hover.node && edge === hover.edge) return;
  [hover.node, hover.edge] = [node, edge];
  canvas.classList.toggle("pointing", Boolean(node ?? edge));
  canvas.title = edge ? `${edge.from.short} ${edge.label} ${edge.to.short}` : node && node.short !== node.name ? shortened(node.name, 200) : "";
  redraw();
}

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {KeyboardEvent} event */
function typed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = ARROWS[event.key];
  const current = hover.node ?? state.node;
  if (arrow && event.shiftKey) {
    camera.x += (arrow[0] * 60) / camera.zoom;
    camera.y += (arrow[1] * 60) / camera.zoom;
    move();
  } else if (arrow) {
    const next = current?.shown ? nodeTowards(current, ...arrow) : shown.nodes[0];
    if (next) pointAtNode(next);
    else tell("Nothing further in that direction");
  } else if (event.key === "Enter" || event.key === " ") {
    if (hover.edge) openEdge(hover.edge, true);
    else if (current) openNode(current, true);
    else if (shown.nodes.length > 0) pointAtNode(shown.nodes[0]);
  } else if (event.key === "." || event.key === ",") {
    nextEdge(event.key === "." ? 1 : -1);
  } else if (event.key === "+" || event.key === "=" || event.key === "-") {
    zoomTo(camera.zoom * (event.key === "-" ? 0.8 : 1.25));
    move();
  } else if (event.key === "0") {
    showAll();
  } else {
    return;
  }
  event.preventDefault();
}

/** @param {GraphNode} node */
function pointAtNode(node) {
  [hover.node, hover.edge, round] = [node, null, null];
  bringIntoView(node);
  const relations = node.edges.filter((edge) => edge.shown).length;
  tell(`${shortened(node.name, 120)}, ${node.kind}, ${counted(relations, "relation")}`);
}

/** The node round whose relations the keyboard goes. @type {?GraphNode} */
let round = null;

/** @param {number} step */
function nextEdge(step) {
  round = round ?? hover.node ?? state.node;
  const around = round?.edges.filter((edge) => edge.shown) ?? [];
  if (!round || around.length === 0) {
    tell("No relations here");
    return;
  }
  const at = hover.edge ? around.indexOf(hover.edge) + step : step > 0 ? 0 : -1;
  const edge = around[(at + around.length) % around.length];
  [hover.node, hover.edge] = [null, edge];
  redraw();
  tell(`${shortened(edge.from.name, 80)} ${edge.label} ${shortened(edge.to.name, 80)}, ${edge.manner}, ${counted(edge.current.length, "statement")}`);
}

function listenToHand() {
  canvas.addEventListener("pointerdown", pressed);
  canvas.addEventListener("pointermove", moved);
  canvas.addEventListener("pointerup", released);
  canvas.addEventListener("pointercancel", released);
  canvas.addEventListener("pointerleave", () => {
    if (pointers.size === 0) point(-1e6, -1e6);
  });
  canvas.addEventListener("dblclick", (event) => {
    const node = nodeAt(...pointOf(event), 5);
    if (node) lookAround(node, state.depth);
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomTo(camera.zoom * Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), ...pointOf(event));
    move();
  }, { passive: false });
  canvas.addEventListener("keydown", typed);
  canvas.addEventListener("blur", () => {
    [hover.node, hover.edge, round] = [null, null, null];
    redraw();
  });
  part("closer", HTMLElement).addEventListener("click", () => { zoomTo(camera.zoom * 1.4); move(); });
  part("farther", HTMLElement).addEventListener("click", () => { zoomTo(camera.zoom / 1.4); move(); });
  part("fit", HTMLElement).addEventListener("click", showAll);
  new ResizeObserver(resize).observe(canvas);
}
