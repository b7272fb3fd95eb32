// Draws what is shown on the canvas. The layout is the program's; here it is only drawn.

const canvas = part("canvas", HTMLCanvasElement);
const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

/** Beyond so many relations in the window, lines are drawn plainly while the picture moves. */
const MANY = 1500;

/** Beyond so many relations in the window their names would hide the graph. */
const NAMED = 90;

/** No more names than can be told apart. */
const MOST_LABELS = 220;

/** Colours of the style sheet, by name without the dashes. @type {Record<string, string>} */
let colours = {};

/** What the pointer or the keyboard is on. @type {{node: ?GraphNode, edge: ?GraphEdge}} */
const hover = { node: null, edge: null };

let isMoving = false;

/** Whether all is in the window because nobody has moved it since, so that it stays so in any window. */
let isWhole = true;
let isAsked = false;

/** Time that the last drawing took, in milliseconds; tests read it from the element. */
let spent = 0;

/** Draws before the next frame, however often it is asked for. */
function redraw() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    const start = performance.now();
    draw();
    spent = performance.now() - start;
    canvas.dataset.spent = spent.toFixed(1);
  });
}

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "ink", "soft", "faint", "line", "stated", "reported", "planned", "alleged", "disputed", "denied", "accent", "class0", "class1", "class2", "class3"];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

function resize() {
  const box = canvas.getBoundingClientRect();
  const ratio = window.devicePixelRatio || 1;
  [size.wide, size.high] = [Math.max(box.width, 1), Math.max(box.height, 1)];
  if (isWhole) Object.assign(camera, cameraFor(shown.nodes));
  canvas.width = Math.round(size.wide * ratio);
  canvas.height = Math.round(size.high * ratio);
  redraw();
}

function draw() {
  const ratio = window.devicePixelRatio || 1;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, size.wide, size.high);
  const emphasis = emphasised();
  const inWindow = shown.edges.filter(isEdgeInWindow);
  const isPlain = isMoving && inWindow.length > MANY;
  pen.globalAlpha = emphasis ? 0.22 : 1;
  drawEdges(inWindow, isPlain, inWindow.length > MANY);
  if (emphasis) {
    pen.globalAlpha = 1;
    drawEdges([...emphasis.edges].filter((edge) => edge.shown), false, false);
  }
  const visible = shown.nodes.filter(isNodeInWindow);
  const isCrowd = isMoving && visible.length > MANY;
  if (isCrowd) {
    drawCrowd(visible);
  } else {
    for (let at = visible.length - 1; at >= 0; at -= 1) {
      pen.globalAlpha = emphasis && !emphasis.nodes.has(visible[at]) ? 0.3 : 1;
      drawNode(visible[at]);
    }
  }
  pen.globalAlpha = 1;
  drawLabels(visible, emphasis, inWindow, isCrowd || isPlain ? MOST_LABELS / 4 : MOST_LABELS);
}

/** What stands out, with all that belongs to it; nothing when all is equal. */
function emphasised() {
  const node = hover.node ?? (hover.edge ? null : state.node);
  const edge = hover.edge ?? (hover.node ? null : state.edge);
  if (node) {
    const near = node.edges.filter((one) => one.shown);
    return { nodes: new Set([node, ...near.flatMap((one) => [one.from, one.to])]), edges: new Set(near) };
  }
  if (edge) return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge]) };
  return null;
}

/** @param {GraphNode} node */
function isNodeInWindow(node) {
  const [x, y] = onScreen(node.x, node.y);
  const radius = radiusOf(node) + 4;
  return x > -radius && y > -radius && x < size.wide + radius && y < size.high + radius;
}

/** @param {GraphEdge} edge */
function isEdgeInWindow({ from, to }) {
  const [ax, ay] = onScreen(from.x, from.y);
  const [bx, by] = onScreen(to.x, to.y);
  const room = 60;
  return Math.max(ax, bx) > -room && Math.max(ay, by) > -room && Math.min(ax, bx) < size.wide + room && Math.min(ay, by) < size.high + room;
}

/** @param {GraphEdge[]} wanted @param {boolean} isPlain @param {boolean} areMany */
function drawEdges(wanted, isPlain, areMany) {
  if (isPlain) {
    pen.beginPath();
    for (const { from, to } of wanted) {
      pen.moveTo(...onScreen(from.x, from.y));
      pen.lineTo(...onScreen(to.x, to.y));
    }
    pen.strokeStyle = colours.faint;
    pen.lineWidth = 1;
    pen.stroke();
    return;
  }
  for (const { key } of MANNERS) {
    const same = wanted.filter((edge) => edge.manner === key);
    if (same.length === 0) continue;
    const curves = same.map(curveOf);
    pen.beginPath();
    for (const { ax, ay, cx, cy, bx, by } of curves) {
      pen.moveTo(ax, ay);
      pen.quadraticCurveTo(cx, cy, bx, by);
    }
    strokeAs(key, areMany);
    pen.fillStyle = pen.strokeStyle = colours[key];
    pen.lineWidth = 1.8;
    same.forEach((edge, at) => {
      const curve = curves[at];
      if (areMany && Math.hypot(curve.bx - curve.ax, curve.by - curve.ay) < 14) return;
      if (!data.relations[edge.relation].symmetric) drawArrow(curve);
      if (key === "denied" || key === "disputed") drawBar(curve, key === "denied");
    });
  }
}

/** Strokes the path in the way of a manner. @param {Manner} manner @param {boolean} areMany */
function strokeAs(manner, areMany) {
  pen.strokeStyle = colours[manner];
  pen.lineCap = "butt";
  pen.lineWidth = areMany ? 1 : 1.5;
  if (manner === "reported" && !areMany) {
    // Hollow: a broad line with one of the colour of the paper upon it.
    const alpha = pen.globalAlpha;
    pen.lineWidth = 4.4;
    pen.stroke();
    pen.globalAlpha = 1;
    pen.strokeStyle = colours.paper;
    pen.lineWidth = 2;
    pen.stroke();
    pen.globalAlpha = alpha;
    return;
  }
  if (manner === "planned") pen.setLineDash([8, 5]);
  if (manner === "alleged") {
    pen.lineCap = "round";
    pen.lineWidth = areMany ? 1.2 : 2.2;
    pen.setLineDash([0.1, 5]);
  }
  pen.stroke();
  pen.setLineDash([]);
  pen.lineCap = "butt";
}

/** @param {Curve} curve */
function drawArrow({ cx, cy, bx, by }) {
  const [backX, backY] = towards(bx, by, cx, cy, 9);
  const [acrossX, acrossY] = [(by - backY) * 0.42, (backX - bx) * 0.42];
  pen.beginPath();
  pen.moveTo(bx, by);
  pen.lineTo(backX + acrossX, backY + acrossY);
  pen.lineTo(backX - acrossX, backY - acrossY);
  pen.fill();
}

/** A bar through the middle; a cross where all deny. @param {Curve} curve @param {boolean} isCross */
function drawBar(curve, isCross) {
  const [x, y] = pointOn(curve, 0.5);
  const [aheadX, aheadY] = pointOn(curve, 0.55);
  const turn = Math.atan2(aheadY - y, aheadX - x);
  pen.beginPath();
  for (const tilt of isCross ? [0.8, -0.8] : [1.2]) {
    const [dx, dy] = [Math.cos(turn + tilt) * 6.5, Math.sin(turn + tilt) * 6.5];
    pen.moveTo(x - dx, y - dy);
    pen.lineTo(x + dx, y + dy);
  }
  pen.stroke();
}

/** A shape for each class, so that colour is not all that tells them apart. @param {number} number @param {number} x @param {number} y @param {number} radius */
function shape(number, x, y, radius) {
  if (number === 0) {
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
  } else if (number === 1) {
    const half = radius * 0.88;
    pen.roundRect(x - half, y - half, 2 * half, 2 * half, radius * 0.22);
  } else {
    const corners = number === 2 ? 4 : 6;
    for (let corner = 0; corner < corners; corner += 1) {
      const turn = (corner * 2 * Math.PI) / corners;
      const out = radius * (number === 2 ? 1.2 : 1.06);
      const [cornerX, cornerY] = [x + Math.cos(turn) * out, y + Math.sin(turn) * out];
      if (corner === 0) pen.moveTo(cornerX, cornerY);
      else pen.lineTo(cornerX, cornerY);
    }
    pen.closePath();
  }
}

/** All of a class at once, without outlines: many times as fast. @param {GraphNode[]} visible */
function drawCrowd(visible) {
  for (const number of data.classes.keys()) {
    pen.beginPath();
    for (const node of visible) {
      if (node.class !== number) continue;
      const [x, y] = onScreen(node.x, node.y);
      const radius = radiusOf(node);
      if (radius < 6) pen.rect(x - radius * 0.88, y - radius * 0.88, radius * 1.76, radius * 1.76);
      else shape(number, x, y, radius);
    }
    pen.fillStyle = colours[`class${number}`];
    pen.fill();
  }
}

/** @param {GraphNode} node */
function drawNode(node) {
  const [x, y] = onScreen(node.x, node.y);
  const radius = radiusOf(node);
  pen.beginPath();
  shape(node.class, x, y, radius);
  pen.fillStyle = colours[`class${node.class}`];
  pen.fill();
  if (radius > 3) {
    pen.strokeStyle = colours.paper;
    pen.lineWidth = 1.5;
    pen.stroke();
  }
  if (node !== state.node && node !== hover.node) return;
  pen.beginPath();
  shape(node.class, x, y, radius + 4);
  pen.strokeStyle = node === state.node ? colours.accent : colours.soft;
  pen.lineWidth = 2.5;
  pen.stroke();
}

/**
 * Names, those that matter most first, where no other stands; then names of relations.
 * @param {GraphNode[]} visible
 * @param {?{nodes: Set<GraphNode>, edges: Set<GraphEdge>}} emphasis
 * @param {GraphEdge[]} inWindow
 * @param {number} most
 */
function drawLabels(visible, emphasis, inWindow, most) {
  const taken = new Taken();
  for (const node of visible.slice(0, 2 * most)) {
    const [x, y] = onScreen(node.x, node.y);
    const radius = radiusOf(node);
    taken.add(x - radius, y - radius, x + radius, y + radius);
  }
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  const first = emphasis ? visible.filter((node) => emphasis.nodes.has(node)) : [];
  const rest = emphasis ? visible.filter((node) => !emphasis.nodes.has(node)) : visible;
  let written = 0;
  // For most of a large graph there is no room, which need not be found out for each.
  for (const node of [...first, ...rest.slice(0, 5 * most)]) {
    if (written >= most) break;
    if (drawName(node, taken, emphasis ? (emphasis.nodes.has(node) ? 1 : 0.4) : 1, node === hover.node || node === state.node)) written += 1;
  }
  const named = emphasis && emphasis.edges.size <= NAMED ? [...emphasis.edges].filter((edge) => edge.shown) : inWindow.length <= NAMED ? inWindow : [];
  pen.textAlign = "center";
  pen.font = `italic 11.5px ${FONT}`;
  for (const edge of named) drawRelation(edge, taken);
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif';

/** @param {GraphNode} node @param {Taken} taken @param {number} alpha @param {boolean} isForced */
function drawName(node, taken, alpha, isForced) {
  const [x, y] = onScreen(node.x, node.y);
  const radius = radiusOf(node);
  const large = Math.min(12 + Math.sqrt(node.edges.length), 16);
  pen.font = `${node.edges.length > 3 || isForced ? 600 : 400} ${large}px ${FONT}`;
  if (!node.wide || isForced) node.wide = pen.measureText(node.short).width;
  const [wide, high] = [node.wide, large * 1.25];
  const [aside, above] = [radius + 5 + wide / 2, radius + 3 + high / 2];
  const middles = [[0, above], [aside, 0], [-aside, 0], [0, -above], [aside, above * 0.7], [-aside, above * 0.7], [aside, -above * 0.7], [-aside, -above * 0.7]];
  const free = middles.find(([dx, dy]) => taken.isFree(x + dx - wide / 2, y + dy - high / 2, x + dx + wide / 2, y + dy + high / 2));
  const middle = free ?? (isForced ? middles[0] : null);
  if (!middle) return false;
  const [left, top] = [x + middle[0] - wide / 2, y + middle[1] - high / 2];
  taken.add(left - 2, top, left + wide + 2, top + high);
  pen.globalAlpha = alpha;
  pen.textAlign = "center";
  write(node.short, x + middle[0], y + middle[1], colours.ink);
  pen.globalAlpha = 1;
  return true;
}

/** Where the name of a relation may stand: how far along it, and how far above. */
const LABEL_PLACES = [0, 13, -13].flatMap((above) => [0.5, 0.4, 0.6, 0.3, 0.7].map((along) => [along, above]));

/** @param {GraphEdge} edge @param {Taken} taken */
function drawRelation(edge, taken) {
  const curve = curveOf(edge);
  const wide = pen.measureText(edge.label).width;
  if (Math.hypot(curve.bx - curve.ax, curve.by - curve.ay) < 0.6 * wide && edge.from !== edge.to) return;
  const isBarred = edge.manner === "denied" || edge.manner === "disputed";
  for (const [along, above] of LABEL_PLACES) {
    const [x, onLine] = pointOn(curve, along);
    const y = onLine - above;
    const isMarked = along === 0.5 && isBarred;
    if (isMarked || !taken.isFree(x - wide / 2, y - 8, x + wide / 2, y + 8)) continue;
    taken.add(x - wide / 2, y - 8, x + wide / 2, y + 8);
    write(edge.label, x, y, isBarred ? colours[edge.manner] : colours.soft);
    return;
  }
}

/** @param {string} text @param {number} x @param {number} y @param {string} colour */
function write(text, x, y, colour) {
  pen.strokeStyle = colours.paper;
  pen.lineWidth = 3.5;
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/** Areas that are taken, in cells, so that a few have to be compared and not all. */
class Taken {
  /** @type {Map<number, number[][]>} */
  #cells = new Map();

  /** @param {number} left @param {number} top @param {number} right @param {number} bottom */
  *#keys(left, top, right, bottom) {
    for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x += 1) {
      for (let y = Math.floor(top / 64); y <= Math.floor(bottom / 64); y += 1) yield x * 100003 + y;
    }
  }

  /** @param {number} left @param {number} top @param {number} right @param {number} bottom */
  add(left, top, right, bottom) {
    for (const key of this.#keys(left, top, right, bottom)) {
      const cell = this.#cells.get(key);
      if (cell) cell.push([left, top, right, bottom]);
      else this.#cells.set(key, [[left, top, right, bottom]]);
    }
  }

  /** @param {number} left @param {number} top @param {number} right @param {number} bottom */
  isFree(left, top, right, bottom) {
    if (left < 2 || right > size.wide - 2 || top < 2 || bottom > size.high - 2) return false;
    for (const key of this.#keys(left, top, right, bottom)) {
      for (const [l, t, r, b] of this.#cells.get(key) ?? []) {
        if (left < r && right > l && top < b && bottom > t) return false;
      }
    }
    return true;
  }
}
