// Files to carry away: the drawing as a picture, the facts shown as a table.

function download(blob, name) {
  const anchor = el("a", { href: URL.createObjectURL(blob), download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}

function fileName(ending) {
  const name = document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return `${name || "graph"}.${ending}`;
}

function savePicture() {
  const drawing = $("canvas").querySelector("canvas");
  const ratio = drawing.width / drawing.clientWidth;
  const [top, bottom] = [44 * ratio, 40 * ratio];
  const picture = el("canvas", { width: drawing.width, height: drawing.height + top + bottom });
  const ctx = picture.getContext("2d");
  ctx.fillStyle = colours.ground;
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.drawImage(drawing, 0, top);
  ctx.scale(ratio, ratio);
  ctx.textBaseline = "middle";
  ctx.fillStyle = colours.ink;
  ctx.font = `650 17px ${FONT}`;
  ctx.fillText(document.title, 16, 24, drawing.clientWidth - 32);
  drawLegend(ctx, 16, 44 + drawing.clientHeight + 18);
  picture.toBlob((blob) => download(blob, fileName("png")), "image/png");
}

function drawLegend(ctx, left, y) {
  let x = left;
  ctx.font = `13px ${FONT}`;
  const met = new Set(nodeView.getIds().map((id) => entities[id].kind));
  for (const kind of kinds.filter((k) => met.has(k))) {
    trace(ctx, kind.shape, x + 6, y, 5.5);
    ctx.fillStyle = colour(kind);
    ctx.fill();
    ctx.fillStyle = colours.muted;
    ctx.fillText(kind.label, x + 17, y);
    x += 17 + ctx.measureText(kind.label).width + 18;
  }
}

// A spreadsheet runs what begins like a formula; an apostrophe makes it text.
function cell(value) {
  const text = String(value);
  const safe = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function saveTable() {
  const titles = ["subject", "relation", "object", "modality", "sure", "sentence", "source", "publisher", "date", "link"];
  const lines = [titles.map((name) => say(name))];
  for (const fact of shownFacts()) {
    for (const claim of claimsOf(fact)) {
      const { title, publisher, date, url } = claim.article;
      lines.push([
        entities[fact.subject].label,
        relations[fact.relation].label,
        objectText(fact),
        modalities[claim.modality].label,
        claim.score,
        claim.text,
        title,
        publisher,
        date,
        url,
      ]);
    }
  }
  const text = lines.map((line) => line.map(cell).join(",")).join("\r\n");
  download(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" }), fileName("csv"));
}
