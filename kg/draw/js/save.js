// Files to carry away: the drawing as a picture, the facts shown as a table or linked data.

const MOST_DOTS = 12_000; // on a side; larger canvases stay empty in some browsers

function download(blob, name) {
  const anchor = el("a", { href: URL.createObjectURL(blob), download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}

function fileName(ending) {
  const name = document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return `${name || "graph"}.${ending}`;
}

function svgBlob() {
  const { root, width, height } = picture();
  const text = new XMLSerializer().serializeToString(root);
  return { blob: new Blob([text], { type: "image/svg+xml;charset=utf-8" }), width, height };
}

function savePicture() {
  download(svgBlob().blob, fileName("svg"));
}

// The same picture in dots, two for each pixel, as far as browsers can.
function saveDots() {
  const { blob, width, height } = svgBlob();
  const address = URL.createObjectURL(blob);
  const image = new Image();
  image.addEventListener("load", () => {
    const ratio = Math.min(2, MOST_DOTS / Math.max(width, height));
    const canvas = el("canvas", { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((dots) => download(dots, fileName("png")), "image/png");
  });
  image.src = address;
}

function saveTurtle() {
  download(new Blob([turtle()], { type: "text/turtle;charset=utf-8" }), fileName("ttl"));
}

function saveJson() {
  const text = JSON.stringify(linkedData(), null, 1);
  download(new Blob([text, "\n"], { type: "application/ld+json" }), fileName("jsonld"));
}

function startSaving() {
  const ways = { png: saveDots, svg: savePicture, csv: saveTable, ttl: saveTurtle, jsonld: saveJson };
  const menu = $("save");
  const close = () => {
    menu.open = false;
    menu.querySelector("summary").focus();
  };
  for (const [id, way] of Object.entries(ways)) {
    $(id).addEventListener("click", () => {
      way();
      close();
    });
  }
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    close();
  });
  addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
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
