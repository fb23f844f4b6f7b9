"""What is looked at in a page as it is drawn, in the browser's own language."""

# Where the focus is, whether it can be seen, and whether it went back in the page.
IN_FOCUS = """() => {
  const e = document.activeElement, before = window.before, style = getComputedStyle(e);
  // The button that opens a calendar is the browser's, within a field that then has no focus.
  const theirs = e.type === 'date' && !e.matches(':focus');
  const marked = theirs || [e, e.nextElementSibling, e.parentElement].some((one) => one && (
    parseFloat(getComputedStyle(one).outlineWidth) >= 2
      && getComputedStyle(one).outlineStyle !== 'none'
    || getComputedStyle(one).boxShadow !== 'none'
    || getComputedStyle(one, '::before').boxShadow !== 'none'));
  const back = before && before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING;
  window.before = e;
  return { name: e.textContent.trim() || e.name || e.tagName, end: e === document.body,
           marked, back: Boolean(back) && e !== document.body };
}"""
# What reaches past either edge; what scrolls within its own box may, and what only is heard.
OUTSIDE = """() => [...document.querySelectorAll("body *")].filter(one => {
  const at = one.getBoundingClientRect();
  if (at.width <= 1 || at.height <= 1) return false;
  if (at.left >= -1 && at.right <= innerWidth + 1) return false;
  if (!one.checkVisibility({checkVisibilityCSS: true})) return false;
  for (let box = one; box; box = box.parentElement) {
    if (/auto|scroll|hidden|clip/.test(getComputedStyle(box).overflowX)) return false;
    if (box.matches(".skip, svg, .visually-hidden")) return false;
  }
  return true;
}).map(one => one.outerHTML.slice(0, 120))"""
# Of a worker's targets those under 24 by 24 points (WCAG 2.5.8), but for those within running text
# and those with so much room around that no other is meant; what is hidden from sight is no target.
UNDER_24 = """() => {
  const letters = /\\p{L}/u;
  const kinds = 'a[href], button, summary, select, input, textarea';
  const all = [...document.querySelectorAll(kinds)].filter((e) => e.type !== 'hidden'
    && e.checkVisibility() && !e.closest('.visually-hidden, .skip')
    && ![...document.querySelectorAll('thead')].some(
      (head) => head.contains(e) && getComputedStyle(head).clipPath !== 'none'));
  const boxes = all.map((e) => (e.matches('[type=checkbox], [type=radio]') && e.labels[0] || e)
    .getBoundingClientRect());
  const near = (one, other) => {
    const x = one.x + one.width / 2, y = one.y + one.height / 2;
    return Math.hypot(Math.max(other.x - x, 0, x - other.right),
                      Math.max(other.y - y, 0, y - other.bottom)) < 12;
  };
  return all.filter((e, i) => {
    const { width, height } = boxes[i];
    if (!width || width >= 23.5 && height >= 23.5) return false;
    const around = [...e.parentElement.childNodes].filter((node) => node !== e);
    const in_text = getComputedStyle(e).display === 'inline' && around.some(
      (node) => letters.test(node.textContent) && !node.matches?.('a, button, form, details, ul'));
    return !in_text && all.some((other, j) => j !== i && boxes[j].width
      && !other.contains(e) && !e.contains(other) && near(boxes[i], boxes[j]));
  }).map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 30) || e.name}`);
}"""
