// The legend: what shapes and lines mean, how many there are, and switches for each.

const rows = []; // { row, box, tally, filter, members }

function startFilters() {
  const ofKind = kinds.map((_, k) => classes.map((_, c) => c).filter((c) => classes[c].kind === k));
  const kindRows = kinds.flatMap((kind, k) => {
    const row = filterRow("classes", ofKind[k], icon(kind), kind.label);
    if (ofKind[k].length < 2) return [row];
    const finer = ofKind[k].map((c) => filterRow("classes", [c], null, classes[c].label));
    return unfolding(row, el("div", { className: "finer", id: `finer-${k}`, hidden: true }, ...finer));
  });
  const often = relations.map(() => 0);
  facts.forEach((fact) => (often[fact.relation] += 1));
  const order = relations.map((_, r) => r).sort((a, b) => often[b] - often[a] || a - b);
  const relationRows = order.map((r) => filterRow("relations", [r], null, relations[r].label));
  const used = modalities.map((_, m) => m).filter((m) => facts.some((fact) => fact.modality === m));
  const modalityRows = used.map((m) => {
    const picture = data.lineless.includes(m) ? null : dashIcon(modalities[m].dash);
    const row = filterRow("modalities", [m], picture, modalities[m].label);
    row.classList.toggle("no", m === data.denied);
    return row;
  });
  $("filters").append(
    group("classes", kindRows, classes.length),
    group("modalities", modalityRows, modalities.length),
    group("relations", relationRows, relations.length),
  );
}

function unfolding(row, finer) {
  const title = say("finer");
  const button = el("button", { className: "unfold", title, "aria-label": title, "aria-expanded": "false", "aria-controls": finer.id }, "›");
  button.addEventListener("click", () => {
    finer.hidden = !finer.hidden;
    button.setAttribute("aria-expanded", String(!finer.hidden));
  });
  row.classList.remove("leaf");
  row.append(button);
  return [row, finer];
}

function group(filter, children, size) {
  const every = el("button", { type: "button", className: "all" }, say("none"));
  every.addEventListener("click", () => {
    const off = state.off[filter].size === 0 ? Array.from({ length: size }, (_, i) => i) : [];
    choose({ off: { ...state.off, [filter]: new Set(off) } });
  });
  listeners.push(() => (every.textContent = say(state.off[filter].size ? "all" : "none")));
  const title = say(filter === "modalities" ? "modality" : filter);
  return el("fieldset", { id: filter }, el("legend", {}, title, every), ...children);
}

function filterRow(filter, members, picture, name) {
  const box = el("input", { type: "checkbox", checked: true });
  box.addEventListener("change", () => {
    const off = new Set(state.off[filter]);
    members.forEach((member) => (box.checked ? off.delete(member) : off.add(member)));
    choose({ off: { ...state.off, [filter]: off } });
  });
  const number = el("span", { className: "tally" });
  const label = el("label", {}, box, picture, el("span", { className: "name cap" }, name), number);
  const row = el("div", { className: "row leaf" }, label);
  rows.push({ row, box, number, filter, members });
  return row;
}

function showFilters() {
  for (const { row, box, number, filter, members } of rows) {
    const off = members.filter((member) => state.off[filter].has(member)).length;
    box.checked = off < members.length;
    box.indeterminate = off > 0 && off < members.length;
    row.classList.toggle("off", off === members.length);
    const sum = members.reduce((total, member) => total + survey.counts[filter][member], 0);
    number.textContent = sum.toLocaleString(lang);
  }
}
