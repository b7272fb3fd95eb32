// Where things are: the camera, curves of relations, and what lies under a point.

/** The middle of the window in the graph, and how many pixels one of its units has. */
const camera = { x: 0, y: 0, zoom: 1 };

/** The window in pixels of the page. */
const size = { wide: 1, high: 1 };

const [SMALLEST_ZOOM, LARGEST_ZOOM] = [0.01, 12];

/** @param {number} x @param {number} y @returns {[number, number]} */
function onScreen(x, y) {
  return [(x - camera.x) * camera.zoom + size.wide / 2, (y - camera.y) * camera.zoom + size.high / 2];
}

/** Nodes grow less than what lies between them, so that zooming in parts them. @param {GraphNode} node */
function radiusOf(node) {
  return Math.max(node.radius * Math.sqrt(Math.min(camera.zoom, 3)), 1.5);
}

/** @param {number} zoom @param {number} x @param {number} y A point of the window that stays where it is. */
function zoomTo(zoom, x = size.wide / 2, y = size.high / 2) {
  const [dx, dy] = [x - size.wide / 2, y - size.high / 2];
  const [before, after] = [camera.zoom, Math.min(Math.max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)];
  camera.x += dx / before - dx / after;
  camera.y += dy / before - dy / after;
  camera.zoom = after;
}

/** The camera that shows these nodes whole. @param {GraphNode[]} wanted */
function cameraFor(wanted) {
  if (wanted.length === 0) return { x: 0, y: 0, zoom: 1 };
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const node of wanted) {
    left = Math.min(left, node.x);
    right = Math.max(right, node.x);
    top = Math.min(top, node.y);
    bottom = Math.max(bottom, node.y);
  }
  const margin = Math.min(90, size.wide / 5, size.high / 5);
  const zoom = Math.min(
    (size.wide - 2 * margin) / Math.max(right - left, 1),
    (size.high - 2 * margin) / Math.max(bottom - top, 1),
    1.8,
  );
  return { x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.max(zoom, SMALLEST_ZOOM) };
}

/**
 * A relation as a curve on the screen: start, control, end, each on the edge of its node.
 * @typedef {{ax: number, ay: number, cx: number, cy: number, bx: number, by: number}} Curve
 * @param {GraphEdge} edge
 * @returns {Curve}
 */
function curveOf(edge) {
  const [ax, ay] = onScreen(edge.from.x, edge.from.y);
  const [bx, by] = onScreen(edge.to.x, edge.to.y);
  if (edge.from === edge.to) {
    const radius = radiusOf(edge.from);
    const out = radius + 26 + 14 * edge.bend;
    return { ax: ax - radius * 0.7, ay: ay - radius * 0.7, cx: ax, cy: ay - 2 * out, bx: ax + radius * 0.7, by: ay - radius * 0.7 };
  }
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const bend = (edge.bend * Math.min(length, 240)) / 4;
  const [cx, cy] = [(ax + bx) / 2 - (bend * (by - ay)) / length, (ay + by) / 2 + (bend * (bx - ax)) / length];
  const [startX, startY] = towards(ax, ay, cx, cy, radiusOf(edge.from) + 1);
  const [endX, endY] = towards(bx, by, cx, cy, radiusOf(edge.to) + 2);
  return { ax: startX, ay: startY, cx, cy, bx: endX, by: endY };
}

/** @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} distance @returns {[number, number]} */
function towards(ax, ay, bx, by, distance) {
  const length = Math.hypot(bx - ax, by - ay) || 1;
  return [ax + ((bx - ax) / length) * distance, ay + ((by - ay) / length) * distance];
}

/** @param {Curve} curve @param {number} t @returns {[number, number]} */
function pointOn({ ax, ay, cx, cy, bx, by }, t) {
  const s = 1 - t;
  return [s * s * ax + 2 * s * t * cx + t * t * bx, s * s * ay + 2 * s * t * cy + t * t * by];
}

/** The node under a point of the window, the uppermost first. @param {number} x @param {number} y @param {number} reachOut */
function nodeAt(x, y, reachOut) {
  /** @type {?GraphNode} */
  let nearest = null;
  let least = Infinity;
  for (const node of shown.nodes) {
    const [nodeX, nodeY] = onScreen(node.x, node.y);
    const distance = Math.hypot(nodeX - x, nodeY - y) - radiusOf(node);
    if (distance < Math.min(least, reachOut)) [nearest, least] = [node, distance];
  }
  return nearest;
}

/** The relation under a point of the window. @param {number} x @param {number} y @param {number} reachOut */
function edgeAt(x, y, reachOut) {
  /** @type {?GraphEdge} */
  let nearest = null;
  let least = reachOut;
  for (const edge of shown.edges) {
    const curve = curveOf(edge);
    const { ax, ay, cx, cy, bx, by } = curve;
    if (x < Math.min(ax, bx, cx) - reachOut || x > Math.max(ax, bx, cx) + reachOut) continue;
    if (y < Math.min(ay, by, cy) - reachOut || y > Math.max(ay, by, cy) + reachOut) continue;
    let [fromX, fromY] = [ax, ay];
    for (let step = 1; step <= 12; step += 1) {
      const [toX, toY] = pointOn(curve, step / 12);
      const distance = distanceTo(x, y, fromX, fromY, toX, toY);
      if (distance < least) [nearest, least] = [edge, distance];
      [fromX, fromY] = [toX, toY];
    }
  }
  return nearest;
}

/** From a point to a line. @param {number} x @param {number} y @param {number} ax @param {number} ay @param {number} bx @param {number} by */
function distanceTo(x, y, ax, ay, bx, by) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1), 0), 1);
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** The nearest node in a direction, those straight ahead first. @param {GraphNode} from @param {number} dx @param {number} dy */
function nodeTowards(from, dx, dy) {
  /** @type {?GraphNode} */
  let best = null;
  let least = Infinity;
  for (const node of shown.nodes) {
    const [x, y] = [node.x - from.x, node.y - from.y];
    const [ahead, aside] = [x * dx + y * dy, Math.abs(x * dy - y * dx)];
    if (node === from || ahead <= 0 || aside > 2 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}
