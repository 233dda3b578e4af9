// What doesn't find room on the page: to be scrolled sideways, cut off, or lying over something else. One line for each.
const limit = document.documentElement.clientWidth;
// Behind an open dialog nothing can be used.
const root = document.querySelector("dialog[open]") ?? document.body;
const called = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
const floats = (element) => {
  for (let it = element; it && it !== root; it = it.parentElement) {
    if (["fixed", "sticky"].includes(getComputedStyle(it).position)) return true;
  }
  return false;
};
// Said to those who listen, or to nobody.
const unseen = (element) => {
  for (let it = element; it && it !== root; it = it.parentElement) {
    const { clipPath, width } = getComputedStyle(it);
    if (clipPath !== "none" || parseFloat(width) <= 1) return true;
  }
  return false;
};
// A table needs two dimensions; where its rows are cards it is none.
const tabled = (element) => element.closest("table") && getComputedStyle(element.closest("table")).display === "table";
const found = [];

// What fills the whole width may reach below the bar at the side, which no text does.
const bar = 16;
if (document.scrollingElement.scrollWidth > limit + bar) {
  const wide = [...root.querySelectorAll("*")].filter(
    (it) => it.getBoundingClientRect().right > limit + 1 && it.checkVisibility() && !tabled(it) && !unseen(it),
  );
  const innermost = wide.filter((it) => !wide.some((other) => other !== it && it.contains(other)));
  found.push(...innermost.map((it) => `has to be scrolled to sideways: ${called(it)}`));
}

// Brought into sight by scrolling a part of the page, which is no fault.
const scrolledAway = (element, rect) => {
  for (let it = element.parentElement; it && it !== root; it = it.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(it);
    if (![overflowX, overflowY].some((way) => ["auto", "scroll"].includes(way))) continue;
    const box = it.getBoundingClientRect();
    if (rect.bottom <= box.top || rect.top >= box.bottom || rect.right <= box.left || rect.left >= box.right) return true;
  }
  return false;
};

// Every line of text with the element it belongs to.
const texts = [];
const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode;
  const element = node.parentElement;
  if (!node.data.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
  if (element.closest("svg, .skip-link, option, select, textarea") || unseen(element)) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  const fixed = floats(element);
  for (const rect of range.getClientRects()) {
    // Lines stand closer than their letters could be tall.
    if (rect.width > 1 && !scrolledAway(element, rect)) texts.push({ element, fixed, rect: middle(rect) });
  }
}

function middle({ left, right, top, bottom }) {
  const margin = (bottom - top) * 0.22;
  return { left, right, top: top + margin, bottom: bottom - margin };
}

for (const { element, rect } of texts) {
  for (let it = element; it && it !== root; it = it.parentElement) {
    const { overflowX, overflowY, display } = getComputedStyle(it);
    if (display === "inline" || display === "contents") continue;
    const box = it.getBoundingClientRect();
    const beside = overflowX !== "visible" && (rect.left < box.left - 1 || rect.right > box.right + 1);
    const below = overflowY !== "visible" && (rect.top < box.top - 1 || rect.bottom > box.bottom + 1);
    // What scrolls by itself can be brought into sight.
    const scrolls = [overflowX, overflowY].some((way) => ["auto", "scroll"].includes(way));
    if ((beside || below) && !scrolls) found.push(`is cut off: ${called(element)}`);
    if (scrolls) break;
  }
  if (rect.left < -1 && !tabled(element)) found.push(`begins outside the screen: ${called(element)}`);
}

const meet = (one, other) =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > 3 &&
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3;
for (let one = 0; one < texts.length; one++) {
  for (let other = one + 1; other < texts.length; other++) {
    const [a, b] = [texts[one], texts[other]];
    if (a.element !== b.element && !a.fixed && !b.fixed && meet(a.rect, b.rect)) {
      found.push(`lies over each other: ${called(a.element)} and ${called(b.element)}`);
    }
  }
}

const controls = [...root.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(
  (it) => it.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !it.closest(".skip-link") && !floats(it) && !unseen(it),
);
for (const control of controls) {
  const box = control.getBoundingClientRect();
  if (scrolledAway(control, box)) continue;
  if (box.right > limit + 1 && !tabled(control)) found.push(`reaches outside the screen: ${called(control)}`);
  for (const { element, fixed, rect } of texts) {
    if (!fixed && !control.contains(element) && !element.contains(control) && meet(rect, middle(box))) {
      found.push(`a control lies over a text: ${called(control)} and ${called(element)}`);
    }
  }
}
return [...new Set(found)];
