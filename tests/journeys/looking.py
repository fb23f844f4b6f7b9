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
