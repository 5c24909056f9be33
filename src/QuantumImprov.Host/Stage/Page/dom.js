// Short ways to the page's elements.

/** @param {string} id @returns {any} the element; there is one */
export const byId = id => document.getElementById(id);

/** Writes only what changed, so that a screen reader hears no repeats. @param {string | Element} to an element or its id @param {string} text */
export function say(to, text) {
  const element = typeof to === 'string' ? byId(to) : to;
  if (element.textContent !== text) element.textContent = text;
}

/**
 * A new element with attributes and children; null and undefined are left out.
 * @param {string} name @param {Record<string, any>} [attributes] @param {(Node | string | null | undefined)[]} children
 * @returns {any}
 */
export function make(name, attributes = {}, ...children) {
  return build(document.createElement(name), attributes, children);
}

/** The same in SVG. @param {string} name @param {Record<string, any>} [attributes] @param {(Node | string | null | undefined)[]} children @returns {any} */
export function draw(name, attributes = {}, ...children) {
  return build(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

/** @param {Element} element @param {Record<string, any>} attributes @param {(Node | string | null | undefined)[]} children */
function build(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(key, value === true ? '' : `${value}`);
  }
  element.append(.../** @type {(Node | string)[]} */ (children.filter(child => child != null)));
  return element;
}
