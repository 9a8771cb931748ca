// Through a page by the keyboard, from the first stop to the last: header, main and footer. Every stop has a ring that
// stands out, can be seen, and lies under nothing; everything that can be used is a stop.

/** Presses at once: the page keeps the order, the way to the browser is made once. */
const TOGETHER = 20;
const MOST = 1500;

export async function stops(page) {
  await page.evaluate(begin);
  for (let pressed = 0; pressed < MOST; pressed += TOGETHER) {
    await Promise.all(Array.from({ length: TOGETHER }, () => page.keyboard.down("Tab")));
    await page.keyboard.up("Tab");
    const faults = await page.evaluate(() => window.stopsOfTheKeyboard.end());
    if (faults) return faults;
  }
  return [`more than ${MOST} stops`];
}

/** Runs in the page: what is asked of a stop when the focus comes, and before it goes on. */
function begin() {
  const faults = [];
  const reached = new Set();
  let hasEnded = false;
  const told = (one, what) => faults.push(`${what}: ${one.outerHTML.slice(0, 160)}`);
  const light = (color) => {
    const [r, g, b] = color.match(/[\d.]+/g).map(Number).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    const color = getComputedStyle(one).backgroundColor;
    return one.parentElement && /, 0\)$/.test(color) ? ground(one.parentElement) : color;
  };
  const arrive = ({ target }) => {
    if (hasEnded) return;
    reached.add(target);
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(target);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return told(target, "no ring");
    const [one, other] = [light(outlineColor), light(ground(target.parentElement))].sort((a, b) => b - a);
    if ((one + 0.05) / (other + 0.05) < 3) told(target, `ring ${outlineColor} on ${ground(target.parentElement)}`);
  };
  // Before the key takes the focus on: the page has been scrolled to where it is.
  const look = () => {
    const here = document.activeElement;
    if (hasEnded || here === document.body) return;
    const box = [...here.getClientRects()].find((it) => it.width >= 1 && it.height >= 1);
    if (!box) return told(here, "cannot be seen");
    if (box.bottom < 1 || box.top > window.innerHeight - 1) return told(here, "out of sight");
    // Where its first line begins: a high field may go on below the bar of an editor. The open menu of the display is
    // closed by who opened it.
    const over = document.elementFromPoint((box.left + box.right) / 2, Math.max(box.top, 0) + Math.min(12, box.height / 2));
    if (over && !over.closest(".look") && !here.contains(over) && !over.contains(here)) told(here, `lies under ${over.outerHTML.slice(0, 80)}`);
  };
  const leave = ({ relatedTarget }) => {
    hasEnded ||= relatedTarget === null;
  };
  // The way begins at the start, wherever an earlier one has ended.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  document.addEventListener("keydown", look, true);
  document.addEventListener("focusin", arrive);
  document.addEventListener("focusout", leave);
  window.stopsOfTheKeyboard = {
    end() {
      if (!hasEnded) return null;
      document.removeEventListener("keydown", look, true);
      document.removeEventListener("focusin", arrive);
      document.removeEventListener("focusout", leave);
      document.activeElement?.blur();
      for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")) {
        if (one.tabIndex < 0 || reached.has(one) || !one.checkVisibility({ visibilityProperty: true })) continue;
        // One of several that exclude each other is the stop of all.
        const isOfGroup = one.type === "radio" && [...reached].some((it) => it.type === "radio" && it.name === one.name && it.form === one.form);
        if (!isOfGroup) told(one, "is no stop");
      }
      return faults.slice(0, 5);
    },
  };
}
