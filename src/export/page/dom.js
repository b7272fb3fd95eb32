// Elements from text. Nothing here or elsewhere reads markup: what an article says stays text.

/** @typedef {string | Node | null | undefined | false} Child */

/**
 * The element of the template with this id.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
function part(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${id}`);
  return found;
}

/**
 * A new element; children that are strings become text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string>} attributes
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const child of children) if (child) made.append(child);
  return made;
}

/** @param {Child} label @param {() => void} act @param {Record<string, string>} attributes */
function button(label, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

/** A name in a direction of its own, so that it cannot turn round what stands beside it. @param {string} text */
function named(text) {
  return element("bdi", {}, text || "(no name)");
}

/** A link that leads out, or the address as text where following it could do harm. @param {string} address @param {string} label */
function link(address, label = address) {
  if (!/^https?:\/\/[^\s]+$/iu.test(address)) return element("span", { class: "address" }, label);
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** A sample of how a relation is drawn. @param {Manner} manner */
function sample(manner) {
  return element("span", { class: `line ${manner}`, "aria-hidden": "true" }, element("i"));
}

/** A sample of how a class is drawn. @param {number} number */
function badge(number) {
  return element("span", { class: `class class${number}`, "aria-hidden": "true" });
}

/** @param {GraphNode} node @param {() => void} act */
function nodeButton(node, act) {
  return button(named(node.name), act, { class: "text" });
}

/**
 * A list that shows its first items, and more on request.
 * @template T
 * @param {HTMLElement} into
 * @param {T[]} items
 * @param {number} step
 * @param {(item: T) => Node} make
 */
function fillInSteps(into, items, step, make) {
  let written = 0;
  const more = button("", () => {
    const before = into.lastElementChild;
    write();
    const next = before?.nextElementSibling?.querySelector("button");
    if (next instanceof HTMLElement) next.focus();
  }, { class: "more" });
  const write = () => {
    into.append(...items.slice(written, written + step).map(make));
    written = Math.min(written + step, items.length);
    more.textContent = `Show ${Math.min(step, items.length - written)} more of ${items.length}`;
    more.hidden = written >= items.length;
  };
  write();
  return more;
}

/** Says something to who cannot see the picture. @param {string} text */
function tell(text) {
  part("told", HTMLElement).textContent = text;
}
