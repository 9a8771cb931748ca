// What is asked of a document in one way of looking at it. Each function runs in the page and gives the faults, so it
// stands alone. `checkVisibility` leaves out what a closed `details` hides.

/** What runs off the side, where something does. */
export function sideways() {
  const over = document.documentElement.scrollWidth - window.innerWidth;
  if (over <= 0) return null;
  const wide = [...document.querySelectorAll("body *")].filter((one) => !one.closest(".scroll") && !one.closest(".vh")
    && (one.getBoundingClientRect().right > window.innerWidth + 1 || one.getBoundingClientRect().left < -1));
  return `${over} px run off the side: ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(" | ")}`;
}

/** What can be read from the document and its boxes. */
export function plain(language) {
  const faults = [];
  const root = document.documentElement;
  if (root.lang !== language) faults.push(`lang is ${root.lang}`);
  if (root.dir !== (language === "ar" ? "rtl" : "ltr")) faults.push(`dir is ${root.dir}`);
  const heads = [...document.querySelectorAll("main h1, main h2, main h3, main h4, main h5, main h6")];
  const levels = heads.map((head) => Number(head.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) faults.push(`${levels.filter((level) => level === 1).length} h1`);
  levels.forEach((level, at) => {
    if (at > 0 && level > levels[at - 1] + 1) faults.push(`h${level} after h${levels[at - 1]}: ${heads[at].textContent}`);
  });
  if (document.querySelector("[style], style, script:not([src])")) faults.push("inline style or script");
  const acting = [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some((name) => name.name.startsWith("on")));
  if (acting.length) faults.push(`on…= in ${acting[0].outerHTML.slice(0, 120)}`);
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.textContent.trim();
    // The id of a message, or a code without a name.
    if (/^[a-z]+(-[a-z0-9]+)+$/.test(text) && !words.currentNode.parentElement.closest("code, pre, bdi, script, style, textarea, [lang]:not(html)")) {
      faults.push(`"${text}" looks like an id`);
    }
  }
  const twice = [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, at, all) => all.indexOf(id) !== at);
  if (twice.length) faults.push(`id twice: ${twice[0]}`);
  return faults;
}

/** The rules of axe: all, or those whose answer depends on width and colours. The stricter rule of contrast (7:1) finds
 *  what the other one finds. */
export async function rules({ isFirst, hasMenu }) {
  const ofTheWay = ["color-contrast-enhanced", "link-in-text-block", "scrollable-region-focusable", "target-size"];
  const all = {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "color-contrast-enhanced": { enabled: true }, "color-contrast": { enabled: false }, "target-size": { enabled: !hasMenu } },
  };
  const some = { runOnly: { type: "rule", values: ofTheWay.filter((rule) => !hasMenu || rule !== "target-size") } };
  const found = await window.axe.run(document, { ...(isFirst ? all : some), resultTypes: ["violations"], preload: false });
  return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 4).map((node) => `${node.html.slice(0, 200)} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ""}`) }));
}

/** Colours are the reader's: what has a state, an edge or a mark must still be told apart. */
export function forced() {
  const faults = [];
  const told = (one, what) => faults.push(`${what}: ${one.outerHTML.slice(0, 160)}`);
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const edge = (one) => ["Top", "Right", "Bottom", "Left"].map((side) => {
    const style = getComputedStyle(one);
    return style[`border${side}Style`] === "none" ? "0" : style[`border${side}Width`];
  }).join(" ");
  for (const one of seen(".btn, .note, .tags a, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio])")) {
    if (/^[0 ]+$/.test(edge(one).replaceAll("px", ""))) told(one, "no edge");
  }
  const look = (one) => {
    const [style, mark] = [getComputedStyle(one), getComputedStyle(one, "::before")];
    const before = mark.content === "none" ? [] : [mark.backgroundColor, mark.borderTopWidth, mark.borderTopStyle];
    return [edge(one), style.fontWeight, style.textDecorationLine, one.querySelector("a") !== null, ...before].join();
  };
  for (const one of seen("[aria-current], .speak b, .times > .now")) {
    const like = [...(one.closest("ul, ol, .speak")?.querySelectorAll("a, b, li") ?? [])];
    const other = like.find((it) => !it.matches("[aria-current], b, .now") && (it.tagName === one.tagName || one.matches("b")) && !it.querySelector("[aria-current]"));
    if (other && look(other) === look(one)) told(one, "the present one is like the others");
  }
  const ground = getComputedStyle(document.body).backgroundColor;
  const canvas = /, 0\)$/.test(ground) ? getComputedStyle(document.documentElement).backgroundColor : ground;
  for (const one of seen(".lvl, .cap, .bars svg, .chart, .map a")) {
    if (getComputedStyle(one).color === canvas) told(one, "drawn in the colour of the ground");
  }
  for (const one of seen(".lvl, .cap")) {
    const words = one.closest(".fresh, .seal, .caps, .pulse, td, li, dd, p, figure, legend, h3, div")?.textContent.trim();
    if (!words) told(one, "a mark without words");
  }
  return faults;
}

/** Letters are twice as large (as a reader sets them in the browser): nothing runs off, nothing is cut, nothing lies on
 *  something else. */
export function large() {
  const faults = [];
  const size = getComputedStyle(document.documentElement).fontSize;
  if (size !== "32px") faults.push(`letters are ${size}`);
  const over = document.documentElement.scrollWidth - window.innerWidth;
  if (over > 0) faults.push(`${over} px run off the side`);
  for (const one of document.querySelectorAll("body *")) {
    if (one.closest(".vh, svg, option") || one.matches("input, select, textarea") || !one.checkVisibility()) continue;
    const { overflowX, overflowY } = getComputedStyle(one);
    const isCut = (how, whole, room) => ["hidden", "clip"].includes(how) && whole > room + 1;
    if (isCut(overflowX, one.scrollWidth, one.clientWidth) || isCut(overflowY, one.scrollHeight, one.clientHeight)) {
      faults.push(`cut: ${one.outerHTML.slice(0, 160)}`);
    }
  }
  const pieces = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const here = words.currentNode.parentElement;
    // The bar of an editor and an open menu lie over the page on purpose; the way past the head is out of sight.
    if (!words.currentNode.textContent.trim() || here.closest(".vh, .dock, .look, .skip, svg, option, textarea, script") || !here.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    // The middle of each line: a font's own height is more than that of the line, so that lines always touch.
    for (const { top, left, width, height } of range.getClientRects()) pieces.push({ box: new DOMRect(left, top + height / 4, width, height / 2), here });
  }
  pieces.sort((one, other) => one.box.top - other.box.top);
  pieces.forEach(({ box, here }, at) => {
    for (let next = at + 1; next < pieces.length && pieces[next].box.top < box.bottom; next += 1) {
      const other = pieces[next];
      const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const high = Math.min(box.bottom, other.box.bottom) - other.box.top;
      if (here !== other.here && wide > 4 && high > 1) {
        faults.push(`one lies on the other: ${here.outerHTML.slice(0, 120)} | ${other.here.outerHTML.slice(0, 120)}`);
      }
    }
  });
  return faults.slice(0, 5);
}

/** On paper: what is to be pressed or filled in is left out, words are dark on white even where the screen is dark, and
 *  the addresses of sources are written out. */
export function printed() {
  const faults = [];
  const told = (one, what) => faults.push(`${what}: ${one.outerHTML.slice(0, 160)}`);
  const root = document.documentElement;
  const chosen = root.dataset.theme;
  root.dataset.theme = "dark";
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
  for (const one of document.querySelectorAll("nav, form, input, select, textarea, button, .skip, .look, .facets, .dock")) {
    if (seen(one)) told(one, "cannot be used on paper");
  }
  const parts = (color) => color.match(/[\d.]+/g).map(Number);
  const paper = parts(getComputedStyle(root).backgroundColor);
  if (paper.slice(0, 3).some((part) => part !== 255)) faults.push(`the paper is ${paper}`);
  const light = (color) => {
    const [r, g, b] = parts(color).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const looked = new Set();
  while (words.nextNode()) {
    const one = words.currentNode.parentElement;
    if (!words.currentNode.textContent.trim() || looked.has(one) || one.closest(".vh, svg, script, option") || !seen(one)) continue;
    looked.add(one);
    const style = getComputedStyle(one);
    // Grounds are not printed, so the contrast is that to white; figures say that theirs are.
    const isKept = [one, one.parentElement].some((it) => getComputedStyle(it).printColorAdjust === "exact");
    if (!isKept && 1.05 / (light(style.color) + 0.05) < 7) told(one, `${style.color} on white`);
  }
  for (const one of document.querySelectorAll("main a[href^=http]")) {
    if (seen(one) && !getComputedStyle(one, "::after").content.includes(one.getAttribute("href"))) told(one, "its address is not written");
  }
  if (chosen) root.dataset.theme = chosen;
  else delete root.dataset.theme;
  return faults.slice(0, 5);
}
