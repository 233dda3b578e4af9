// Whether the focus is on an element like this, and the element that has it, if that can't be seen.
const it = document.activeElement ?? document.body;
const there = it.matches(arguments[0]);
// Headings and messages take the focus to be read out; nobody comes to them by key.
if (it === document.body || it.tabIndex < 0) return [there, null];
const ringed = (element) => {
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/^rgba\(.*, 0\)$/.test(outlineColor);
};
// Of a card that can be chosen the whole card has the ring.
const card = it.closest("label") ?? it;
const marked = [it, ...card.querySelectorAll(".choice-body")].some(ringed);
const { left, right, top, bottom } = card.getBoundingClientRect();
const among = (from, to) => [0.1, 0.5, 0.9].map((part) => from + (to - from) * part);
const hit = among(left, right).some((x) => among(top, bottom).some((y) => card.contains(document.elementFromPoint(x, y))));
const why = [marked || "no ring", hit || "hidden"].filter((fault) => fault !== true).join(", ");
return [there, why ? `${why}: ${it.outerHTML.replace(/\s+/g, " ").slice(0, 160)}` : null];
