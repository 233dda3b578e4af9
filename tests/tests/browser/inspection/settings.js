// Controls that can't be seen, or not told apart, where only the colours of the reader are shown. One line for each.
const called = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
const seen = (css) => [...document.querySelectorAll(css)].filter((it) => it.checkVisibility({ visibilityProperty: true }));
const style = (element) => getComputedStyle(element);
const framed = (element) => {
  const { borderStyle, borderWidth, outlineStyle, appearance, textDecorationLine } = style(element);
  const border = borderStyle.split(" ").some((line) => !["none", "hidden"].includes(line)) && parseFloat(borderWidth) > 0;
  return border || outlineStyle !== "none" || textDecorationLine.includes("underline") || !["none", "button"].includes(appearance);
};
const found = [];

// A button is a frame or an underlined text; a link among others is known by its colour, which the reader has chosen.
for (const it of seen("button, .button, input, select, textarea, .choice-body")) {
  const inside = it.closest("label, .lang-switch, .sort, th");
  if (!framed(it) && !inside) found.push(`can't be seen: ${called(it)}`);
}

// What is chosen differs from its neighbours by more than a colour that is gone.
const looks = (element) =>
  [null, "::before", "::after"].map((part) => {
    const it = getComputedStyle(element, part);
    return [
      it.borderStyle, it.borderWidth, it.borderColor, it.outlineStyle, it.outlineWidth, it.backgroundColor, it.color,
      it.textDecorationLine, it.textDecorationThickness, it.textDecorationColor, it.content, it.fontWeight, it.clipPath,
    ].join();
  }).join("; ");
const chosen = "[aria-pressed=true], [aria-selected=true], [aria-current]:not([aria-current=false])";
for (const it of seen(chosen)) {
  const others = [...(it.closest("[role=group], [role=tablist], ul, nav, .call-buttons")?.querySelectorAll(it.tagName) ?? [])];
  const plain = others.find((other) => other.className === it.className && !other.matches(chosen) && other.checkVisibility());
  if (plain && looks(plain) === looks(it)) found.push(`looks as if it were not chosen: ${called(it)}`);
}
for (const it of seen("input[type=radio], input[type=checkbox]")) {
  if (style(it).appearance === "none") found.push(`shows no mark: ${called(it)}`);
}
for (const it of seen("[aria-invalid=true]")) {
  const plain = seen(`${it.tagName}:not([aria-invalid=true])`).find((other) => other.className === it.className);
  const marked = document.getElementById(it.getAttribute("aria-describedby")?.split(" ").at(-1) ?? "") ?? it.closest(".field--error, fieldset");
  if (!marked && (!plain || looks(plain) === looks(it))) found.push(`doesn't show that it is wrong: ${called(it)}`);
}
return found;
