// Lists that float beside what they belong to, above everything and never off the screen.
const GAP = 4;

export function lay(list, anchor, { wide = false } = {}) {
  const box = anchor.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - GAP * 2;
  const above = box.top - GAP * 2;
  list.style.maxHeight = "";
  if (wide) list.style.width = `${box.width}px`;
  const height = Math.min(list.scrollHeight + 2, 320);
  const up = below < height && above > below;
  list.style.maxHeight = `${Math.min(height, up ? above : below)}px`;
  list.style.top = up ? "" : `${box.bottom + GAP}px`;
  list.style.bottom = up ? `${window.innerHeight - box.top + GAP}px` : "";
  const width = list.getBoundingClientRect().width;
  const left = wide || box.left + width < window.innerWidth - GAP ? box.left : box.right - width;
  list.style.left = `${Math.max(GAP, left)}px`;
}
