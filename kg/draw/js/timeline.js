// When it was said: the claims of the facts shown, by the month of their articles.

function months() {
  const counts = new Map();
  for (const fact of facts) {
    if (!factShown(fact)) continue;
    for (const { article } of claimsOf(fact)) {
      const month = article.date.slice(0, 7);
      if (!counts.has(month)) counts.set(month, { sure: 0, other: 0 });
      counts.get(month)[fact.modality === 0 ? "sure" : "other"] += 1;
    }
  }
  return counts;
}

function showTimeline() {
  if (state.view !== "timeline") return;
  const counts = months();
  const undated = counts.get("");
  counts.delete("");
  const dated = [...counts.keys()].sort();
  const most = Math.max(1, ...[...counts.values()].map((c) => c.sure + c.other));
  const bars = dated.length ? everyMonth(dated[0], dated.at(-1)).map((m, i) => monthBar(m, counts.get(m), most, !i)) : [];
  const parts = [el("ol", { className: "months" }, ...bars)];
  if (!bars.length) parts.push(el("p", {}, say("no_dates")));
  else parts.unshift(timelineLegend());
  if (undated) parts.push(el("p", {}, say("undated", { sources: tally("source", undated.sure + undated.other) })));
  $("timeline-view").replaceChildren(...parts);
}

function timelineLegend() {
  const item = (kind, text) => el("span", {}, el("i", { className: kind }), text);
  return el("p", { className: "key" }, item("sure", modalities[0].label), item("other", say("otherwise")));
}

function monthBar(month, counts, most, first) {
  const mark = el("span", { className: "year" }, first || month.endsWith("-01") ? month.slice(0, 4) : "");
  if (!counts) return el("li", { className: "none" }, mark);
  const all = counts.sure + counts.other;
  const label = `${monthText(month)}: ${tally("source", all)}`;
  const parts = ["other", "sure"].map((kind) => {
    const part = el("i", { className: kind });
    part.style.height = `${(100 * counts[kind]) / most}%`;
    return part;
  });
  const button = el("button", { title: label, "aria-label": label }, el("b", {}, all.toLocaleString(lang)), ...parts);
  button.setAttribute("aria-pressed", String(state.month === month));
  button.addEventListener("click", () => selectBundle({ month }));
  return el("li", {}, button, el("span", { className: "month" }, month.slice(5)), mark);
}
